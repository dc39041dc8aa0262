"""What the expressions of a template can be worth, and how a value is written as text, truth or YAML."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

from flowmap.project.yaml_nodes import Items, Table, Text

if TYPE_CHECKING:
    from flowmap.project.yaml_nodes import Node

# Numbers are texts: nothing here is calculated with.
Value: TypeAlias = "str | bool | dict[str, Value] | list[Value] | None"

_LARGEST = 500_000
"""Characters of one text."""


def plain(node: Node, done: dict[int, Value] | None = None) -> Value:
    """The value of a YAML node; what aliases share stays shared."""
    known = {} if done is None else done
    if id(node) not in known:
        match node:
            case Text(null=True):
                known[id(node)] = None
            case Text(text="true" | "false" as word):
                known[id(node)] = word == "true"
            case Text(text=word):
                known[id(node)] = word
            case Items(items=items):
                known[id(node)] = [plain(n, known) for n in items]
            case Table(entries=entries):
                known[id(node)] = {k: plain(n, known) for k, n in entries.items()}
    return known[id(node)]


def shown(value: Value) -> str:
    """The text that stands where the value does."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case str():
            return value
        case _:
            return as_json(value)


def true(value: Value) -> bool:
    """Whether a condition holds that has the value."""
    return value not in (None, False, "", "0", {}, [])


def within(size: int) -> None:
    """Raises ValueError if a text of that size is too large to be made."""
    if size > _LARGEST:
        raise ValueError("too much text")


def as_json(value: Value) -> str:
    return as_yaml(value, flow=True)


def as_yaml(value: Value, *, flow: bool = False) -> str:
    """The value as YAML, in lines or, with `flow`, in one. Raises ValueError if it is too large to be written."""
    budget = [_LARGEST]
    return _flow(value, budget) if flow else "\n".join(_lines(value, budget))


def _spend(text: str, budget: list[int]) -> str:
    budget[0] -= len(text) + 1
    within(_LARGEST - budget[0])
    return text


def _scalar(value: str | bool | None, budget: list[int]) -> str:
    word = "null" if value is None else str(value).lower() if isinstance(value, bool) else json.dumps(value, ensure_ascii=False)
    return _spend(word, budget)


def _flow(value: Value, budget: list[int]) -> str:
    match value:
        case dict():
            _spend("{}", budget)
            return "{" + ", ".join(f"{_scalar(k, budget)}: {_flow(v, budget)}" for k, v in value.items()) + "}"
        case list():
            _spend("[]", budget)
            return "[" + ", ".join(_flow(v, budget) for v in value) + "]"
        case _:
            return _scalar(value, budget)


def _lines(value: Value, budget: list[int]) -> list[str]:
    found: list[str] = []
    match value:
        case dict() if value:
            for key, inner in value.items():
                head = _scalar(key, budget)
                found += (
                    [f"{head}:", *(f"  {line}" for line in _lines(inner, budget))]
                    if _nested(inner)
                    else [f"{head}: {_flow(inner, budget)}"]
                )
        case list() if value:
            for inner in value:
                first, *rest = _lines(inner, budget)
                found += [f"- {first}", *(f"  {line}" for line in rest)]
        case _:
            found.append(_flow(value, budget))
    return found


def _nested(value: Value) -> bool:
    return isinstance(value, dict | list) and bool(value)


def merged(strong: Value, weak: Value, done: dict[tuple[int, int], Value] | None = None) -> Value:
    """The one with what only the other says; mappings are merged at all levels, anything else is taken as it is. What is shared is
    merged once, and `done` afterwards."""
    if not isinstance(strong, dict) or not isinstance(weak, dict):
        return strong
    known = {} if done is None else done
    pair = id(strong), id(weak)
    if pair not in known:
        both = {key: merged(value, weak[key], known) if key in weak else value for key, value in strong.items()}
        known[pair] = {**{k: v for k, v in weak.items() if k not in strong}, **both}
    return known[pair]


def text_of(value: Value) -> str:
    """The text; empty if the value is none."""
    return value if isinstance(value, str) else ""


def entry(value: Value, key: str) -> Value:
    """The entry of a mapping or, by its number, of a list; None if there is none."""
    if isinstance(value, dict):
        return value.get(key)
    if isinstance(value, list) and key.isdecimal() and int(key) < len(value):
        return value[int(key)]
    return None


def table_of(value: Value) -> dict[str, Value]:
    return value if isinstance(value, dict) else {}


def list_of(value: Value) -> list[Value]:
    return value if isinstance(value, list) else []
