"""Values of one repository as parts of a system of several: their paths below its folder, their services by names that are theirs
alone."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from flowmap.model.interaction import Handler
from flowmap.model.location import Location
from flowmap.model.project import GIVEN, INSTALLED, DataFile, Document, LeftOut, Service, Setting, SourceFile, Wire

T = TypeVar("T")
_PATHS: Mapping[type, tuple[str, ...]] = {
    Location: ("path",),
    Handler: ("key",),
    SourceFile: ("path",),
    DataFile: ("path",),
    Document: ("path",),
    LeftOut: ("example",),
    Service: ("root", "entry"),
    Setting: ("within",),
    Wire: ("handler",),
}
"""Where a type has paths, or texts that begin with one."""
_LEAVES = (str, bytes, int, float, type(None))


def below(home: str, value: T) -> T:
    """The value, a tuple or dataclass of `model`, with every path in it below the folder `home`."""
    return _each(value, lambda part: _moved(home, part))


def _each(value: T, change: Callable[[object], object]) -> T:
    """The value with all that it is made of changed, from the inside out."""
    found: object = value
    if isinstance(value, _LEAVES):
        return value
    if isinstance(value, tuple):
        found = tuple(_each(part, change) for part in value)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type) and not isinstance(value, DataFile):
        parts = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
        changed = {name: _each(part, change) for name, part in parts.items() if not isinstance(part, _LEAVES)}
        found = dataclasses.replace(value, **changed) if changed else value
    return change(found)  # type: ignore[return-value]


def _moved(home: str, part: object) -> object:
    names = _PATHS.get(type(part), ())
    paths = {name: path for name in names if isinstance(path := getattr(part, name), str) and _is_path(path)}
    moved = {name: home if path == "." else f"{home}/{path}" for name, path in paths.items()}
    return dataclasses.replace(part, **moved) if moved and dataclasses.is_dataclass(part) and not isinstance(part, type) else part


def _is_path(text: str) -> bool:
    """Whether a text is a path of the scan: there is one, and it is not that of an installed library or a given document."""
    return text != "" and not text.startswith((f"{INSTALLED}/", f"{GIVEN}/"))


def plain(name: str) -> str:
    """A service's name without what people write differently in different files."""
    return re.sub(r"[\s\-_.]+", "", name).lower()


def told_apart(parts: Sequence[tuple[str, Sequence[str]]]) -> list[dict[str, str]]:
    """For each repository, by its name and the names of its services, what these are called in the system: the same, or behind the
    repository's name where others have that name too."""
    taken = [{plain(name) for name in names} for _, names in parts]
    found: list[dict[str, str]] = []
    for number, (home, names) in enumerate(parts):
        others = {name for n, theirs in enumerate(taken) if n != number for name in theirs}
        found.append({name: f"{home}-{name}" if plain(name) in others and plain(name) != plain(home) else name for name in names})
    return found
