"""skaffold.yaml: which folder an image of a manifest is built from. Profiles and deployment are not looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.descriptor_api import Build, Declarations, DeclaredImage, DescriptorReader
from flowmap.project.paths import base, join, parent
from flowmap.project.yaml_nodes import Table, Text, YamlError, documents, table, tables, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile


def _matches(path: str) -> bool:
    return base(path).startswith("skaffold") and path.endswith((".yml", ".yaml"))


def _read(file: DescriptorFile) -> Declarations:
    try:
        roots = documents(file.content)
    except YamlError:
        return Declarations()
    return Declarations(images=tuple(i for root in roots for i in _images(file, table(root))))


def _images(file: DescriptorFile, root: Table) -> Iterator[DeclaredImage]:
    for artifact in tables(root.get("build", "artifacts")):
        image = text(artifact.get("image"))
        context = join(parent(file.path), text(artifact.get("context")) or ".")
        if not image or context is None:
            continue
        dockerfile = text(artifact.get("docker", "dockerfile"))
        arguments = table(artifact.get("docker", "buildArgs"))
        args = tuple((name, value.text) for name, value in arguments.entries.items() if isinstance(value, Text))
        path = join(context, dockerfile) if dockerfile else None
        yield DeclaredImage(image, Build(context, path, args), file.at(artifact.at("image")))


READER = DescriptorReader("skaffold", _matches, _read)
