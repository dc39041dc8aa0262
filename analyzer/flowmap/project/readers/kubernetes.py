"""Kubernetes manifests: plain ones, OpenShift templates, and what kustomize generates literally.

Templates of a Helm chart are left to the reader of charts; other templates are not read, unless they happen to be valid YAML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DescriptorReader
from flowmap.project.paths import join, parent
from flowmap.project.readers.kubernetes_resources import stated_by
from flowmap.project.yaml_nodes import YamlError, documents

if TYPE_CHECKING:
    from flowmap.descriptor_api import DescriptorFile

_MANIFEST = re.compile(rb"^\s*-?\s*[\"']?kind[\"']?\s*:", re.MULTILINE)


def _matches(path: str) -> bool:
    return path.endswith((".yml", ".yaml"))


def _read(file: DescriptorFile) -> Declarations:
    if not _MANIFEST.search(file.content) or _of_a_chart(file):
        return Declarations()
    try:
        return stated_by(file, documents(file.content))
    except YamlError:
        # Mostly a template; a broken manifest is for kubectl to complain about.
        return Declarations()


def _of_a_chart(file: DescriptorFile) -> bool:
    folder, found, _ = f"/{file.path}".rpartition("/templates/")
    chart = join(parent(folder.removeprefix("/") + "/x"), "Chart.yaml")
    return bool(found) and chart is not None and file.look(chart) is not None


READER = DescriptorReader("kubernetes", _matches, _read)
