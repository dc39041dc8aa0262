"""Kubernetes manifests: plain ones, OpenShift templates, and what kustomize generates literally.

Templates of a Helm chart are left to the reader of charts; other templates are not read, unless they happen to be valid YAML.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DescriptorReader, Diagnostic
from flowmap.project.paths import join, parent
from flowmap.project.readers.kubernetes_resources import is_silent, stated_by
from flowmap.project.yaml_nodes import YamlError, documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile
    from flowmap.project.yaml_nodes import Node

_MANIFEST = re.compile(rb"^[ \t]*(?:-[ \t]+)?[\"']?kind[\"']?[ \t]*:", re.MULTILINE)
_BETWEEN = re.compile(rb"^---(?:[ \t].*)?\r?$\n?", re.MULTILINE)
_TEMPLATE = re.compile(rb"\{[{%]|<%")


def _matches(path: str) -> bool:
    return path.endswith((".yml", ".yaml"))


def _read(file: DescriptorFile) -> Declarations:
    if b"kind" not in file.content or not _MANIFEST.search(file.content) or _of_a_chart(file):
        return Declarations()
    roots: list[Node] = []
    faults: list[Diagnostic] = []
    for first, content in _documents(file.content):
        if is_silent(content):
            continue
        try:
            roots += documents(content, range(first, first + content.count(b"\n") + 2))
        except YamlError as error:
            # Most that cannot be read are templates of tools that nobody names.
            if b"apiVersion" in content and not _TEMPLATE.search(content):
                faults.append(Diagnostic(f"manifest cannot be read ({error})", file.at(first)))
    stated = stated_by(file, roots)
    return replace(stated, diagnostics=(*faults, *stated.diagnostics))


def _documents(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The documents of a file, each with the number of its first line."""
    line = at = 0
    for match in _BETWEEN.finditer(content):
        yield line + 1, content[at : match.start()]
        line += content.count(b"\n", at, match.end())
        at = match.end()
    yield line + 1, content[at:]


def _of_a_chart(file: DescriptorFile) -> bool:
    folder, found, _ = f"/{file.path}".rpartition("/templates/")
    chart = join(parent(folder.removeprefix("/") + "/x"), "Chart.yaml")
    return bool(found) and chart is not None and file.look(chart) is not None


READER = DescriptorReader("kubernetes", _matches, _read, facts=True)
