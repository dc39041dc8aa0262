"""Methods and functions of Python itself that infrastructure programs make texts, paths and lists with."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from flowmap.project.infrapy.values import HOLE, TOP, UNKNOWN, Library, Value, piece

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_NAME = 1_000
"""Characters of the dotted name of anything in a library."""
_LONGEST = 20_000
_MOST = 500


def bounded(text: str) -> Value:
    """A text; unknown if it is longer than people's are."""
    return text if len(text) <= _LONGEST else UNKNOWN


def method(of: Value, name: str, arguments: list[Value]) -> Value:
    """What a method of a text, list or mapping gives."""
    match of:
        case str():
            return _of_text(of, name, arguments)
        case list():
            return _of_list(of, name, arguments)
        case dict():
            return _of_mapping(of, name, arguments)
        case _:
            return UNKNOWN


def _of_text(of: str, name: str, arguments: list[Value]) -> Value:
    texts = [a for a in arguments if isinstance(a, str)]
    match name, texts:
        case (("lower" | "upper" | "title" | "strip" | "capitalize" | "lstrip" | "rstrip"), []):
            return str(getattr(of, name)())
        case "replace", [old, new]:
            return of.replace(old, new) if len(of) + of.count(old) * len(new) <= _LONGEST else UNKNOWN
        case "split", [separator]:
            return [*of.split(separator)[:_MOST]] if separator else UNKNOWN
        case (("removesuffix" | "removeprefix"), [ending]):
            return of.removesuffix(ending) if name == "removesuffix" else of.removeprefix(ending)
        case "join", []:
            parts = arguments[0] if arguments else UNKNOWN
            return joined(of, parts) if isinstance(parts, list) else UNKNOWN
        case "joinpath", _:
            return path_join([of, *arguments])
        case "format", _:
            return joined("", _filled(of, arguments))
        case (("resolve" | "absolute" | "as_posix"), _):
            return of
    return UNKNOWN


def _filled(of: str, arguments: list[Value]) -> list[Value]:
    pieces = of.split(HOLE)
    values = [*arguments, *([UNKNOWN] * len(pieces))]
    return [t for part, value in zip(pieces, values, strict=False) for t in (part, value)][:-1]


def joined(separator: str, parts: list[Value]) -> Value:
    """The parts of a list as one text; unknown if they are more than people put together."""
    if len(parts) > _MOST:
        return UNKNOWN
    texts = [piece(p) for p in parts]
    return separator.join(texts) if sum(map(len, texts)) + len(separator) * len(texts) <= _LONGEST else UNKNOWN


def _of_list(of: list[Value], name: str, arguments: list[Value]) -> Value:
    if name == "append" and arguments and len(of) < _MOST:
        of.append(arguments[0])
    elif name == "extend" and arguments and isinstance(arguments[0], list):
        of.extend(arguments[0][: max(0, _MOST - len(of))])
    return None


def _of_mapping(of: dict[str, Value], name: str, arguments: list[Value]) -> Value:
    match name, arguments:
        case "get", [str() as key, *default]:
            return of.get(key, default[0] if default else None)
        case "items", _:
            return [[k, v] for k, v in of.items()]
        case "keys", _:
            return [*of]
        case "values", _:
            return [*of.values()]
        case "copy", _:
            return {**of}
        case "update", [dict() as more] if len(of) < _MOST:
            of.update(more)
    return UNKNOWN


def path_join(parts: list[Value]) -> Value:
    """The parts of a path as one."""
    texts = [piece(p) for p in parts[:_MOST]]
    known = texts and len(parts) == len(texts) and sum(map(len, texts)) + len(texts) <= _LONGEST
    return posixpath.normpath(posixpath.join(*texts)) if known else UNKNOWN


def _default(arguments: list[Value]) -> Value:
    """The value of a variable of the machine that deploys: its default, if it has one."""
    return arguments[1] if len(arguments) > 1 else UNKNOWN


_FUNCTIONS: dict[str, Callable[[list[Value]], Value]] = {
    "os.path.join": path_join,
    "os.path.dirname": lambda a: posixpath.dirname(a[0]) if isinstance(a[0], str) else UNKNOWN,
    "os.path.abspath": lambda a: a[0],
    "os.path.realpath": lambda a: a[0],
    "os.path.normpath": lambda a: path_join(a),
    "os.getenv": _default,
    "os.environ.get": _default,
    "os.getcwd": lambda _: ".",
    "json.dumps": lambda a: a[0] if isinstance(a[0], dict | list) else UNKNOWN,
    "pathlib.Path": path_join,
    "pathlib.PurePath": path_join,
    "dict": lambda a: {**a[0]} if a and isinstance(a[0], dict) else {},
    "list": lambda a: [*a[0]] if a and isinstance(a[0], list) else [],
    "str": lambda a: piece(a[0]),
    "enumerate": lambda a: [[n, v] for n, v in enumerate(a[0])] if isinstance(a[0], list) else UNKNOWN,
    "sorted": lambda a: a[0] if isinstance(a[0], list) else UNKNOWN,
    "len": lambda a: len(a[0]) if isinstance(a[0], str | list | dict) else UNKNOWN,
    "pulumi.Output.concat": lambda a: joined("", a),
    "pulumi.Output.format": lambda a: method(a[0], "format", a[1:]),
    "print": lambda _: UNKNOWN,
}


def function(name: str, arguments: list[Value]) -> Value | None:
    """What a function of Python's own gives; None if it is none of those that are known."""
    known = _FUNCTIONS.get(name)
    if known is None:
        return None
    try:
        return known(arguments)
    except IndexError:
        return UNKNOWN


def is_python(name: str) -> bool:
    """Whether a dotted name is one of Python's own modules or functions."""
    return name.partition(".")[0] in {"json", "os", "pathlib"} or name in _FUNCTIONS or name == "open"


def attribute(of: Value, name: str) -> Value:
    """Attributes of paths."""
    match of, name:
        case str(), "parent":
            return posixpath.dirname(of)
        case str(), "name":
            return posixpath.basename(of)
        case str(), "value":
            return of
        case Library(name=outer), _ if len(outer) + len(name) <= LONGEST_NAME:
            return Library(f"{outer}.{name}")
        case _:
            return UNKNOWN


def in_scan(path: str, folder: str) -> str | None:
    """A path of the program as the scan knows it, seen from the folder that it is started in; None if it lies elsewhere."""
    inside = path.startswith(TOP)
    found = posixpath.normpath(path.removeprefix(TOP).lstrip("/") or "." if inside else posixpath.join(folder, path))
    return None if HOLE in path or found.startswith(("../", "/")) or found == ".." else found
