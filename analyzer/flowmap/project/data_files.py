"""Files of configuration that the code reads at run time: those whose names stand in the Python of the scan, as plain values.

Nothing in them is followed, included or interpolated; what is too large, too deep or malformed is left out.
"""

from __future__ import annotations

import configparser
import json
import re
import tomllib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from flowmap.model.project import Data, DataFile, DataList, DataMap
from flowmap.project import yaml_nodes
from flowmap.project.paths import base

if TYPE_CHECKING:
    from flowmap.project.index import Index

LARGEST = 200_000
"""Bytes of one file."""
LARGEST_UNNAMED = 40_000
"""Bytes of one that no code names; people write no larger ones."""
MOST_FILES = 300
MOST_VALUES = 20_000
DEEPEST = 24

_CALLED = re.compile(r"(?:.*[._-])?(?:config|settings)(?:[.-]\w+)?\.(?:json|ya?ml|toml)|pyproject\.toml|setup\.cfg")
"""Files that are called what they are, which a variable of the environment may name instead of the code; metadata of packages."""
_NAMED = re.compile(rb"(?<![\w.-])[\w.-]+\.(?:json|ya?ml|toml|ini|cfg|conf)\b")


class _TooMuchError(ValueError):
    """More values, or deeper ones, than a file of configuration has."""


def data_files(index: Index) -> tuple[DataFile, ...]:
    """The files in order of their paths."""
    named = {name.decode("utf-8", "replace") for content in index.contents.values() for name in set(_NAMED.findall(content))}
    found: list[DataFile] = []
    called = [p for p in index.others if base(p) not in named and _CALLED.fullmatch(base(p))]
    chosen = [*sorted(p for p in index.others if base(p) in named), *sorted(called)][:MOST_FILES]
    for path in sorted(chosen):
        content = index.look(path)
        most = LARGEST if base(path) in named else LARGEST_UNNAMED
        read = read_data(path, content) if content is not None and len(content) <= most else None
        found += (read,) if read is not None else ()
    return tuple(found)


def read_data(path: str, content: bytes) -> DataFile | None:
    """One file, by the ending of its name; None if it cannot be read as what it says it is."""
    reader = _READERS.get(path.rpartition(".")[2])
    if reader is None or len(content) > LARGEST:
        return None
    try:
        return DataFile(path, _Values().plain(reader(content), 0))
    except (ValueError, RecursionError, configparser.Error):
        return None


def _yaml(content: bytes) -> object:
    found = yaml_nodes.documents(content)
    return found[0] if len(found) == 1 else None


def _ini(content: bytes) -> object:
    parser = configparser.RawConfigParser()
    parser.read_string(content.decode())
    return {name: dict(section) for name, section in parser.items() if section or name != parser.default_section}


_READERS: Mapping[str, Callable[[bytes], object]] = {
    "json": json.loads,
    "yaml": _yaml,
    "yml": _yaml,
    "toml": lambda content: tomllib.loads(content.decode()),
    "ini": _ini,
    "cfg": _ini,
    "conf": _ini,
}


class _Values:
    """Parsed values as `Data`, counted: aliases of YAML may stand for more than any file holds."""

    def __init__(self) -> None:
        self.left = MOST_VALUES

    def plain(self, value: object, depth: int) -> Data:
        self.left -= 1
        if self.left < 0 or depth > DEEPEST:
            raise _TooMuchError
        match value:
            case dict():
                return DataMap(tuple((str(k), self.plain(v, depth + 1)) for k, v in value.items()))
            case yaml_nodes.Table(entries=entries):
                return DataMap(tuple((k, self.plain(v, depth + 1)) for k, v in entries.items()))
            case list():
                return DataList(tuple(self.plain(v, depth + 1) for v in value))
            case yaml_nodes.Items(items=items):
                return DataList(tuple(self.plain(v, depth + 1) for v in items))
            case yaml_nodes.Text(text=text, null=null):
                return None if null else text
            case str() | int() | float() | None:
                return value
            case _:
                return str(value)
