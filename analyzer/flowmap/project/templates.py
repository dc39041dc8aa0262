"""Manifests as they are after `oc process`: an OpenShift Template with its parameters put in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.project.yaml_nodes import Items, Node, Table, Text, tables, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PARAMETER = re.compile(r"\$\{\{(\w+)\}\}|\$\{(\w+)\}")


def manifests(root: Table) -> Iterator[Table]:
    """The manifest, or those in a List or Template. A parameter without a value stays as it is written."""
    match text(root.get("kind")):
        case "List":
            yield from tables(root.get("items"))
        case "Template":
            values = {text(p.get("name")): text(p.get("value")) for p in tables(root.get("parameters")) if "value" in p.entries}
            done: dict[int, Node] = {}
            yield from tables(_filled(root.get("objects"), values, done))
        case _:
            yield root


def _filled(node: Node, values: Mapping[str, str], done: dict[int, Node]) -> Node:
    """The node with parameters put in; what aliases share stays shared."""
    if id(node) not in done:
        done[id(node)] = node
        match node:
            case Text(text=given) if "${" in given:
                done[id(node)] = Text(_PARAMETER.sub(lambda m: values.get(m[1] or m[2], m[0]), given), node.line, node.null)
            case Items(items=items):
                done[id(node)] = Items(tuple(_filled(n, values, done) for n in items), node.line)
            case Table(entries=entries):
                done[id(node)] = Table({k: _filled(n, values, done) for k, n in entries.items()}, node.lines, node.line)
    return done[id(node)]
