"""The configuration described: its JSON Schema, with the rules and thresholds that there are, and its keys as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias, cast

from flowmap.config import Config
from flowmap.json_schema import published
from flowmap.rule_api import Rule
from flowmap.thresholds import AnyThreshold

_Node: TypeAlias = dict[str, object]
CODES = "the code of a rule, the beginning of codes, or a slug"


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a table: `table` as it is written in TOML (empty at the top), its type and default in words, and what it means."""

    table: str
    name: str
    kind: str
    default: str
    what: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its keys."""

    name: str
    what: str
    keys: tuple[Key, ...]


def config_schema_text(rules: Iterable[Rule]) -> str:
    """The JSON Schema of flowmap.toml, and of `[tool.flowmap]`."""
    known = list(rules)
    schema = _schema()
    thresholds = _thresholds(known)
    properties = _properties(schema)
    properties["rules"] = {
        "type": "object",
        "description": "thresholds of rules",
        "additionalProperties": False,
        "properties": {name: _threshold(t) for name, t in sorted(thresholds.items())},
    }
    names = [spelling for rule in known for spelling in (rule.code, rule.slug)]
    properties["select"] = {**_node(properties["select"]), "items": {"type": "string", "examples": names, "description": CODES}}
    return published(schema, "flowmap.toml")


def tables(rules: Iterable[Rule]) -> tuple[Table, ...]:
    """Everything that can be configured, table by table."""
    schema = _schema()
    definitions = _node(schema["$defs"])
    found = [_table("", schema, definitions)]
    for name, node in _properties(schema).items():
        for shape in _shapes(_node(node), definitions):
            tag = _node(_properties(shape).get("type", {})).get("const")
            title = f"[[{name}]]" if _node(node).get("type") == "array" else f"[{name}]"
            found.append(_table(f"{title} of type {tag}" if tag else title, shape, definitions))
    thresholds = [
        Key("[rules]", t.name, _kind(_threshold(t), {}), _default(_threshold(t).get("default")), t.what)
        for _, t in sorted(_thresholds(rules).items())
    ]
    return (*found, Table("[rules]", "Thresholds of rules; `flowmap explain CODE` says which rule reads which.", tuple(thresholds)))


def _schema() -> _Node:
    return cast("_Node", Config.model_json_schema(by_alias=True))


def _node(value: object) -> _Node:
    return cast("_Node", value) if isinstance(value, dict) else {}


def _properties(node: Mapping[str, object]) -> _Node:
    return _node(node.get("properties", {}))


def _table(name: str, node: _Node, definitions: _Node) -> Table:
    required = cast("list[str]", node.get("required", []))
    keys = tuple(
        Key(
            name,
            key,
            _kind(_node(value), definitions),
            "needed" if key in required else _default(_node(value).get("default")),
            str(_node(value).get("description", "")),
        )
        for key, value in _properties(node).items()
        if not (key == "type" and "const" in _node(value))
    )
    return Table(name, " ".join(str(node.get("description", "")).split()), keys)


def _shapes(node: _Node, definitions: _Node) -> Iterator[_Node]:
    """The tables that a key takes, itself or as the items of a list."""
    for one in (node, _node(node.get("items", {}))):
        for choice in (one, *(_node(c) for c in cast("list[object]", one.get("oneOf", one.get("anyOf", []))))):
            if "$ref" in choice:
                shape = _node(definitions[str(choice["$ref"]).rpartition("/")[2]])
                if "properties" in shape:
                    yield shape


_KINDS = {
    "object": "table", "null": "", "string": "text", "boolean": "`true` or `false`", "integer": "whole number", "number": "number",
}  # fmt: skip


def _kind(node: _Node, definitions: _Node) -> str:
    """A type in the words of a TOML file; empty for what only says that there is nothing."""
    if "$ref" in node:
        return _kind(_node(definitions[str(node["$ref"]).rpartition("/")[2]]), definitions)
    if "enum" in node:
        return " or ".join(f"`{v}`" for v in cast("list[object]", node["enum"]))
    if choices := cast("list[object]", node.get("anyOf", node.get("oneOf", []))):
        return " or ".join(dict.fromkeys(k for c in choices if (k := _kind(_node(c), definitions))))
    if node.get("type") == "array":
        return f"list of {_kind(_node(node.get('items', {})), definitions)}"
    if isinstance(node.get("type"), list):
        return "place of a value"
    return _KINDS.get(str(node.get("type")), "value")


def _default(value: object) -> str:
    """A default as it would be written, empty for one that says nothing."""
    if value is None or value in ([], {}, "") or isinstance(value, dict):
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value).lower() if isinstance(value, bool) else str(value)


def _thresholds(rules: Iterable[Rule]) -> dict[str, AnyThreshold]:
    return {t.name: t for rule in rules for t in rule.thresholds}


def _threshold(threshold: AnyThreshold) -> _Node:
    default = threshold.default
    if isinstance(default, frozenset):
        return {"type": "array", "items": {"type": "string"}, "default": sorted(default), "description": threshold.what}
    kind = "integer" if isinstance(default, int) else "number"
    found: _Node = {"type": kind, "default": default, "description": threshold.what, "minimum": threshold.least}
    return found if threshold.most == float("inf") else {**found, "maximum": threshold.most}
