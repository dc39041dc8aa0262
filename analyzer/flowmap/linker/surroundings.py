"""What surrounds the process of a service besides its environment: how it was started, and the files that lie beside it.

A path in a text is a guess at a place on another machine. It counts if the service's container is known to have a file there, if it
names a file from where the code stands, from the service's folder or the scan root, or if just one file of the service ends so.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field

from flowmap.linker.making import ready
from flowmap.linker.terms import Deferred, Elements, Entries, Literal, Parsed, Template, Term
from flowmap.model.project import Data, DataList, DataMap, Document, Service

SCAN = "\ue002"
"""The first part of a path that is known from the scan root on: what `__file__` starts with."""


MOST_ENTRIES = 500
"""Entries of one mapping or list in a file that are looked at."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`root` and `entry` of the service, the words that follow its script in the start command (None: not known), all files of
    data by their paths, the values of variables that are not the same for all of its code, the API documents that it names, what
    of the scan stands where in its container, and from where the variables come whose values only whoever deploys knows."""

    root: str = "."
    entry: str | None = None
    arguments: tuple[str, ...] | None = None
    data: Mapping[str, Data] = field(default_factory=dict)
    differing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    documents: tuple[Document, ...] = ()
    places: tuple[tuple[str, str], ...] = ()
    handed: Mapping[str, str] = field(default_factory=dict)


_APPLICATION = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_][\w.]*(\(.*\))?")
"""What a server is given: its words are not the application's."""
ALONE = Surroundings()


def surroundings(service: Service, data: Mapping[str, Data], documents: tuple[Document, ...]) -> Surroundings:
    """The surroundings of a service's process."""
    return Surroundings(
        service.root,
        service.entry,
        _arguments(service),
        data,
        _differing(service),
        documents,
        service.places,
        dict(service.handed),
    )


def _differing(service: Service) -> dict[str, tuple[str, ...]]:
    names = {s.name for s in service.environment if s.within}
    return {n: tuple(dict.fromkeys(s.value for s in service.environment if s.name == n)) for n in names}


def _arguments(service: Service) -> tuple[str, ...] | None:
    """The words behind the script or module that Python is told to run, or behind an installed command."""
    words = service.command
    starts = [n for n, w in enumerate(words[:2]) if posixpath.basename(w).startswith("python")]
    installed = not starts and service.entry is not None and words != () and not words[0].startswith("-")
    if installed and not words[0].endswith(".py"):
        return None if any(_APPLICATION.fullmatch(w) for w in words) else words[1:]
    rest = words[starts[0] + 1 :] if starts else words
    for number, word in enumerate(rest):
        if word == "-m" and starts:
            return rest[number + 2 :]
        if word.endswith(".py"):
            return rest[number + 1 :]
        if not word.startswith("-"):
            return None
    return None


def file_at(around: Surroundings, path: Term) -> str | None:
    """The file of data that a path means; None if none does, or several could."""
    if isinstance(path, Literal) and isinstance(path.value, str):
        return (
            _contained(around, path.value)
            or _exactly(around, path.value)
            or _ending(around, posixpath.normpath(path.value).lstrip("/"), shorter=path.value[:1] == "/")
        )
    last = path.parts[-1] if isinstance(path, Template) else None
    if isinstance(last, str) and last.startswith("/"):
        return _ending(around, posixpath.normpath(last).lstrip("/"), shorter=False)
    return None


def _contained(around: Surroundings, path: str) -> str | None:
    """The file of data that stands at an absolute path in the service's container."""
    return next(iter(places_of(around, path, around.data)), None)


def places_of(around: Surroundings, path: str, files: Container[str]) -> list[str]:
    """The files that can stand at an absolute path in the service's container: those at the place that says most, of which there
    are several where several deployments put one there."""
    wanted = posixpath.normpath(path) if path.startswith("/") else ""
    fitting = [(c, s) for c, s in around.places if wanted and f"{wanted}/".startswith(f"{c.rstrip('/')}/")]
    there = [(c, posixpath.normpath(posixpath.join(source, wanted[len(c) :].lstrip("/")))) for c, source in fitting]
    found = [(c, file) for c, file in there if file in files]
    nearest = max((len(c) for c, _ in found), default=0)
    return [file for c, file in found if len(c) == nearest]


def _exactly(around: Surroundings, path: str) -> str | None:
    if path.startswith(SCAN):
        known = posixpath.normpath(path).removeprefix(f"{SCAN}/")
        return known if known in around.data else None
    folders = [around.root, posixpath.dirname(around.entry) if around.entry else around.root, ""]
    found = (posixpath.normpath(posixpath.join(folder, path)) for folder in folders)
    return next((p for p in found if p in around.data), None)


def _ending(around: Surroundings, path: str, *, shorter: bool) -> str | None:
    """The one file of the service whose path ends so; with `shorter`, the leading folders may be those of another machine."""
    if path.startswith((SCAN, "..")):
        return None
    own = [p for p in around.data if around.root in {".", ""} or p.startswith(f"{around.root}/")]
    while path:
        found = [p for p in own if p == path or p.endswith(f"/{path}")]
        if found or not shorter:
            return found[0] if len(found) == 1 else None
        path = path.partition("/")[2]
    return None


def found_in(data: Data, file: str, keys: tuple[str | int, ...] = ()) -> Term:
    """What is in a file at the end of `keys`: a constant, or the way to a mapping or list. `data` is what stands there."""
    return Parsed(file, keys) if isinstance(data, DataMap | DataList) else Literal(data)


def opened(around: Surroundings, term: Parsed) -> Entries | Elements:
    """One level of a mapping or list in a file."""
    data: Data = around.data[term.file]
    for key in term.keys:
        data = _child(data, key)
    if isinstance(data, DataMap):
        found = tuple((ready((Literal(k),)), _entry(term, k, v)) for k, v in data.items[:MOST_ENTRIES])
        return Entries(found, len(data.items) > MOST_ENTRIES)
    elements = data.items if isinstance(data, DataList) else ()
    return Elements(tuple(_entry(term, n, v) for n, v in enumerate(elements[:MOST_ENTRIES])), len(elements) > MOST_ENTRIES)


def opened_at(around: Surroundings, term: Parsed, key: Term) -> Term | None:
    """What stands under a known key, however many others there are; None if that is not known to be there."""
    if not isinstance(key, Literal) or not isinstance(key.value, str | int) or isinstance(key.value, bool):
        return None
    data: Data = around.data[term.file]
    for step in term.keys:
        data = _child(data, step)
    if not isinstance(data, DataMap) or all(k != key.value for k, _ in data.items):
        return None
    return found_in(_child(data, key.value), term.file, (*term.keys, key.value))


def _child(data: Data, key: str | int) -> Data:
    if isinstance(data, DataMap):
        return next((v for k, v in reversed(data.items) if k == key), None)
    return data.items[key] if isinstance(data, DataList) and isinstance(key, int) else None


def _entry(owner: Parsed, key: str | int, value: Data) -> Deferred:
    return ready((found_in(value, owner.file, (*owner.keys, key)),))
