"""The files that a kustomization is made of: what it lists as resources, bases and components, each read once.

What it lists of other repositories is not in the scan.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from flowmap.project.bounds import cut
from flowmap.project.paths import base, join, parent
from flowmap.project.yaml_nodes import Text, YamlError, documents, table, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile, Diagnostic
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


class Listed:
    """What a kustomization takes in, read when it is first asked for; `faults` say what was left out."""

    def __init__(self, file: DescriptorFile, root: Table) -> None:
        self._file, self._root = file, root
        self.faults: list[Diagnostic] = []

    def parts(self) -> Iterator[tuple[DescriptorFile, Table]]:
        """The kustomization and the components that it takes in, whose transformations are its own."""
        yield self._file, self._root
        names = texts(self._root.get("components"))
        if len(names) > _MOST_FILES:
            self.faults.append(cut(_MOST_FILES, "components", self._file.at(self._root.at("components"))))
        for name in names[:_MOST_FILES]:
            inner = _kustomization(self._file, name)
            if inner is not None:
                yield inner, root_of(inner)

    @cached_property
    def resources(self) -> tuple[DescriptorFile, ...]:
        """The files that it lists, and those that these list, each once; the kustomizations among them come along."""
        waiting, seen, left = [(self._file, self._root)], {self._file.path}, _MOST_FILES
        found: list[DescriptorFile] = []
        while waiting:
            around, listing = waiting.pop(0)
            for key, name in ((k, name) for k in ("resources", "bases") for name in texts(listing.get(k))):
                if left == 0:
                    self.faults.append(cut(_MOST_FILES, "resources of one kustomization", around.at(listing.at(key))))
                    return tuple(found)
                left -= 1
                inner = _kustomization(around, name)
                other = inner or other_file(around, name)
                if other is None or other.path in seen:
                    continue
                seen.add(other.path)
                found.append(other)
                if inner is not None:
                    waiting.append((inner, root_of(inner)))
        return tuple(found)


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
