"""Terraform's JSON form (`*.tf.json`) as the syntax tree of its own language, whose expressions stand in the texts.

Whether a mapping is a block or a value, only a provider's schema tells: it counts as both, and each reader asks for what it means.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.project.terraform.expressions import Assigned, Block, Body, Constant, Item, Mapping, Sequence
from flowmap.project.terraform.parsing import parsed_template
from flowmap.project.terraform.scanning import HclError
from flowmap.project.yaml_nodes import Items, Table, Text, YamlError, documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.project.terraform.expressions import Expression
    from flowmap.project.yaml_nodes import Node

_LABELS = {"resource": 2, "data": 2, "variable": 1, "output": 1, "module": 1, "provider": 1}
"""How many names stand between the kind of a block at the top and what is in it."""
_WORDS: dict[str, bool | None] = {"true": True, "false": False}


def parsed_json(content: bytes, path: str) -> Body:
    """The body of a file. Raises HclError."""
    try:
        roots = documents(content)
    except YamlError as error:
        raise HclError(str(error), 1) from error
    root = roots[0] if len(roots) == 1 else None
    if not isinstance(root, Table):
        raise HclError("a mapping is expected", 1)
    blocks: list[Block] = []
    for kind, node in root.entries.items():
        blocks += _blocks(kind, node, _LABELS.get(kind, 0), (), path)
    return Body({}, tuple(blocks))


def _blocks(kind: str, node: Node, labels: int, found: tuple[str, ...], path: str) -> Iterator[Block]:
    """The blocks of a kind: one for each list of labels, several where what is in it is a sequence."""
    for inner in node.items if isinstance(node, Items) else (node,):
        if isinstance(inner, Table) and labels:
            for label, behind in inner.entries.items():
                yield from _blocks(kind, behind, labels - 1, (*found, label), path)
        elif isinstance(inner, Table):
            yield Block(kind, found, _body(inner, path), path, inner.line, inner.line)


def _body(node: Table, path: str) -> Body:
    attributes: dict[str, Assigned] = {}
    blocks: list[Block] = []
    for name, value in node.entries.items():
        if name == "//":
            continue
        attributes[name] = Assigned(_value(value, path), node.at(name), node.at(name))
        # The name of what is made stands before its content.
        blocks += _blocks(name, value, 1 if name == "dynamic" else 0, (), path)
    return Body(attributes, tuple(blocks))


def _value(node: Node, path: str) -> Expression:
    if isinstance(node, Items):
        return Sequence(tuple(_value(item, path) for item in node.items))
    if isinstance(node, Table):
        return Mapping(tuple(Item(Constant(k), _value(v, path), node.at(k)) for k, v in node.entries.items()))
    return _text(node, path)


def _text(node: Text, path: str) -> Expression:
    if node.null:
        return Constant(None)
    if node.text in _WORDS:
        return Constant(_WORDS[node.text])
    if node.text.isdecimal() and len(node.text) < 16:
        return Constant(int(node.text))
    if "${" not in node.text and "%{" not in node.text:
        return Constant(node.text)
    try:
        return parsed_template(node.text, path)
    except HclError as error:
        raise HclError(str(error), node.line) from error
