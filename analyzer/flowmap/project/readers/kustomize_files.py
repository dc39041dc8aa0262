"""The files that a kustomization is made of: what it lists as resources, bases and components, each read once.

What it lists of other repositories is not in the scan.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from flowmap.project.paths import base, join, parent
from flowmap.project.yaml_nodes import Text, YamlError, documents, table, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile
    from flowmap.project.yaml_nodes import Node, Table

_NAMES = ("kustomization.yaml", "kustomization.yml", "Kustomization")
_MOST_FILES = 1_000


def is_kustomization(path: str) -> bool:
    return base(path) in _NAMES


def other_file(file: DescriptorFile, name: str) -> DescriptorFile | None:
    """The file that a kustomization calls `name`, None if the scan has none."""
    path = join(parent(file.path), name)
    content = file.look(path) if path is not None else None
    return replace(file, path=path, content=content) if path is not None and content is not None else None


def parts_of(file: DescriptorFile, root: Table) -> Iterator[tuple[DescriptorFile, Table]]:
    """A kustomization and the components that it takes in, whose transformations are its own."""
    yield file, root
    for name in texts(root.get("components"))[:_MOST_FILES]:
        inner = _kustomization(file, name)
        if inner is not None:
            yield inner, root_of(inner)


def resources(file: DescriptorFile, root: Table) -> Iterator[DescriptorFile]:
    """The files that a kustomization lists, and those that the ones that it lists do, each once; the kustomizations among them
    come along."""
    waiting, seen, looked = [(file, root)], {file.path}, 0
    while waiting:
        around, listing = waiting.pop(0)
        for name in (*texts(listing.get("resources")), *texts(listing.get("bases"))):
            looked += 1
            inner = _kustomization(around, name)
            other = inner or other_file(around, name)
            if looked > _MOST_FILES:
                return
            if other is None or other.path in seen:
                continue
            seen.add(other.path)
            yield other
            if inner is not None:
                waiting.append((inner, root_of(inner)))


def _kustomization(file: DescriptorFile, name: str) -> DescriptorFile | None:
    """The kustomization of a folder that another one lists."""
    return next((o for n in _NAMES if (o := other_file(file, f"{name.rstrip('/')}/{n}")) is not None), None)


def root_of(file: DescriptorFile) -> Table:
    return table(next(iter(documents_of(file.content)), Text("", 1)))


@lru_cache(maxsize=128)
def documents_of(content: bytes) -> tuple[Node, ...]:
    """The documents of a file, which the kustomizations of several environments list one after the other; none of one that cannot
    be read."""
    try:
        return tuple(documents(content))
    except YamlError:
        return ()
