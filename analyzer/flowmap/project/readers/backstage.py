"""Backstage's catalogue (`catalog-info.yaml`): the owner of a component, the system that it is part of, and the domain of that.

APIs and resources, and who depends on whom, are not looked at.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.descriptor_api import CatalogEntry, Declarations, DescriptorReader
from flowmap.project.paths import base, join, parent
from flowmap.project.yaml_nodes import YamlError, documents, table, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile
    from flowmap.project.yaml_nodes import Node, Table

_NAME = re.compile(r"catalog[-_.]info.*\.ya?ml", re.IGNORECASE)
_REFERENCE = re.compile(r"^(?:\w+:)?(?:default/)?")
_NAMES = ("backstage.io/kubernetes-id", "backstage.io/kubernetes-label-selector")


def _matches(path: str) -> bool:
    return bool(_NAME.fullmatch(base(path)))


def _read(file: DescriptorFile) -> Declarations:
    try:
        roots = [table(root) for root in documents(file.content)]
    except YamlError:
        return Declarations()
    return Declarations(catalog=tuple(e for root in roots for e in _entries(file, root)))


def _entries(file: DescriptorFile, root: Table) -> Iterator[CatalogEntry]:
    kind, metadata, spec = text(root.get("kind")), table(root.get("metadata")), table(root.get("spec"))
    name = text(metadata.get("name"))
    if not text(root.get("apiVersion")).startswith("backstage.io/") or kind not in ("Component", "System") or not name:
        return
    notes = table(metadata.get("annotations"))
    where = text(notes.get("backstage.io/source-location"))
    folder = join(parent(file.path), where.removeprefix("dir:")) if where.startswith("dir:") else None
    yield CatalogEntry(
        kind=kind,
        name=name,
        folder=folder or parent(file.path),
        location=file.at(metadata.at("name")),
        owner=_named(spec.get("owner")),
        system=_named(spec.get("system")),
        domain=_named(spec.get("domain")),
        names=tuple(n for key in _NAMES if (n := text(notes.get(key)).partition("=")[2] or text(notes.get(key)))),
    )


def _named(node: Node) -> str:
    """What a reference (`group:default/team-a`) names."""
    return _REFERENCE.sub("", text(node))


READER = DescriptorReader("backstage", _matches, _read)
