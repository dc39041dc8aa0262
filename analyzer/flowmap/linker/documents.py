"""API documents as part of a program: a module that names one by its file loads the modules in which its handlers are, and a client
that is made from one sends the requests that it describes."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeAlias

from flowmap.linker.terms import Parsed, Value
from flowmap.linker.units import Units
from flowmap.linker.urls import template
from flowmap.model.interaction import Endpoint
from flowmap.model.project import Document, Project

Naming: TypeAlias = Mapping[str, tuple[Document, ...]]
"""The documents that each file names."""


def naming(project: Project) -> Naming:
    """The documents whose file names stand in the files of a project."""
    names = {d: posixpath.basename(d.path).encode() for d in project.documents}
    found = {f.path: tuple(d for d, name in names.items() if name in f.content) for f in project.files} if names else {}
    return {path: documents for path, documents in found.items() if documents}


def named_by(files: Collection[str], named: Naming) -> tuple[Document, ...]:
    """The documents that some of these files name."""
    return tuple(dict.fromkeys(d for path in sorted(named) if path in files for d in named[path]))


def loaded_by(units: Units, path: str, named: Naming) -> Iterator[str]:
    """The modules that a file loads by the documents that it names."""
    for dotted in dict.fromkeys(o.target for d in named.get(path, ()) for o in d.operations if o.target):
        pieces = dotted.split(".")
        places = (units.search(path, ".".join(pieces[:n])) for n in range(len(pieces) - 1, 0, -1))
        yield from next((p[:1] for p in places if p and not p[0].endswith("/")), ())


def requests_of(documents: Iterable[Document], read: Value, identity: str) -> tuple[Endpoint, ...]:
    """The requests that documents describe under the id of an operation. `read` is what the client was made from; a document that
    names no host speaks of whoever has its title."""
    files = {t.file for t in read if isinstance(t, Parsed) and not t.keys}
    found = ((d, o) for d in documents if d.path in files for o in d.operations if identity and o.handler == identity)
    return tuple(
        Endpoint(
            f"{o.method} {template(d.base + o.path)}",
            d.hosts[0].host if d.hosts else None,
            d.hosts[0].port if d.hosts else None,
            None,
            d.title or None,
        )
        for d, o in found
    )
