"""Values of a program as the nodes of a template of CloudFormation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.project.infrapy.values import Library, Value, piece
from flowmap.project.yaml_nodes import Items, Table, Text

if TYPE_CHECKING:
    from flowmap.project.yaml_nodes import Node

LINE = "\0line"
"""The key of a mapping that holds its line, and is no entry of it."""


def node(value: Value, line: int) -> Node:
    """A value as a node; a text in which names of resources stand is put together when it is read."""
    match value:
        case list():
            return Items(tuple(node(v, line) for v in value), line)
        case dict():
            entries = {k: v for k, v in value.items() if k != LINE}
            lines = {k: own if isinstance(v, dict) and isinstance(own := v.get(LINE), int) else line for k, v in entries.items()}
            return Table({k: node(v, lines[k]) for k, v in entries.items()}, lines, line)
        case bool():
            return Text(str(value).lower(), line)
        case Library(name=name):
            return Text(name.rpartition(".")[2], line)
        case _:
            written = piece(value)
            return Table({"Fn::Sub": Text(written, line)}, {}, line) if "${" in written else Text(written, line)
