"""Values of a program as the nodes of a template of CloudFormation."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from flowmap.project.infrapy.values import HOLE, Library, Value, piece
from flowmap.project.yaml_nodes import Items, Table, Text

if TYPE_CHECKING:
    from flowmap.project.yaml_nodes import Node

LINE = "\0line"
"""The key of a mapping that holds its line, and is no entry of it."""


_DEEPEST = 30
_MOST = 50_000


class Nodes:
    """The nodes of one template, of which there are only so many: what a program puts into itself, or a thousand times into a
    thousand others, has no end."""

    def __init__(self) -> None:
        self._left = _MOST

    def of(self, value: Value, line: int, depth: int = 0) -> Node:
        """A value as a node; a text in which names of resources stand is put together when it is read."""
        self._left -= 1
        if self._left < 0 or depth > _DEEPEST:
            return Text(HOLE, line)
        match value:
            case list():
                return Items(tuple(self.of(v, line, depth + 1) for v in value[: self._left]), line)
            case dict():
                entries = {k: v for k, v in islice(value.items(), self._left) if k != LINE}
                lines = {
                    k: own if isinstance(v, dict) and isinstance(own := v.get(LINE), int) else line for k, v in entries.items()
                }
                return Table({k: self.of(v, lines[k], depth + 1) for k, v in entries.items()}, lines, line)
            case bool():
                return Text(str(value).lower(), line)
            case Library(name=name):
                return Text(name.rpartition(".")[2], line)
            case _:
                written = piece(value)
                return Table({"Fn::Sub": Text(written, line)}, {}, line) if "${" in written else Text(written, line)
