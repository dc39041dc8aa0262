"""The functions of Go, sprig and Helm that decide names, addresses and environments in charts. Others give nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.project.gotemplate_values import Value, as_json, as_yaml, entry, list_of, merged, plain, shown, table_of, true, within
from flowmap.project.yaml_nodes import YamlError, documents

if TYPE_CHECKING:
    from collections.abc import Callable

_WIDEST = 200
_MOST = 1_000


def _number(value: Value) -> int:
    text = shown(value)
    return int(text[:9]) if re.fullmatch(r"-?\d+", text) else 0


def _printf(template: Value, *values: Value) -> Value:
    rest = list(values)

    def put(match: re.Match[str]) -> str:
        if match[0] == "%%":
            return "%"
        value = shown(rest.pop(0)) if rest else ""
        return f'"{value}"' if match[0] == "%q" else value

    return re.sub(r"%%|%[-+0-9.]*[a-zA-Z]", put, shown(template))


def _indent(width: Value, text: Value) -> str:
    space = " " * min(max(_number(width), 0), _WIDEST)
    return "\n".join(space + line for line in shown(text).split("\n"))


def _first_true(*values: Value) -> Value:
    return next((v for v in values if true(v)), values[-1] if values else None)


def _first_false(*values: Value) -> Value:
    return next((v for v in values if not true(v)), values[-1] if values else None)


def _dict(*pairs: Value) -> Value:
    return {shown(k): v for k, v in zip(pairs[::2], pairs[1::2], strict=False)}


def _put(mapping: Value, key: Value, value: Value) -> Value:
    if isinstance(mapping, dict):
        mapping[shown(key)] = value
    return mapping


def _merge(*values: Value, strongest_first: bool) -> Value:
    in_order = values if strongest_first else values[::-1]
    result: Value = {}
    for value in in_order:
        result = merged(result, value)
    return result


def _index(value: Value, *keys: Value) -> Value:
    for key in keys:
        value = entry(value, shown(key))
    return value


def _dig(*arguments: Value) -> Value:
    *keys, otherwise, value = arguments
    found = _index(value, *keys)
    return otherwise if found is None else found


def _from_yaml(text: Value) -> Value:
    try:
        roots = documents(shown(text).encode())
    except YamlError:
        return {}
    return plain(roots[0]) if roots else {}


def _kind(value: Value) -> str:
    match value:
        case bool():
            return "bool"
        case str():
            return "string"
        case dict():
            return "map"
        case list():
            return "slice"
        case _:
            return "invalid"


def _same(one: Value, *others: Value) -> bool:
    """Whether values are written alike: to compare what they hold may take for ever where parts are shared."""
    written = shown(one)
    return any(written == shown(other) for other in others)


def _joined(separator: Value, values: Value) -> str:
    texts = [shown(v) for v in list_of(values)]
    within(sum(map(len, texts)) + len(texts) * len(shown(separator)))
    return shown(separator).join(texts)


def _replaced(old: Value, new: Value, text: Value) -> str:
    given = shown(text)
    within(len(given) + given.count(shown(old)) * len(shown(new)))
    return given.replace(shown(old), shown(new))


def _split(separator: Value, text: Value) -> list[Value]:
    return [*shown(text).split(shown(separator) or " ")]


def _size(value: Value) -> str:
    return str(len(value)) if isinstance(value, str | dict | list) else "0"


def _until(count: Value) -> list[Value]:
    return [str(n) for n in range(min(_number(count), _MOST))]


FUNCTIONS: dict[str, Callable[..., Value]] = {
    "default": lambda otherwise, value=None: value if true(value) else otherwise,
    "coalesce": _first_true,
    "or": _first_true,
    "and": _first_false,
    "not": lambda value: not true(value),
    "empty": lambda value: not true(value),
    "eq": _same,
    "ne": lambda one, other: not _same(one, other),
    "lt": lambda one, other: _number(one) < _number(other),
    "gt": lambda one, other: _number(one) > _number(other),
    "le": lambda one, other: _number(one) <= _number(other),
    "ge": lambda one, other: _number(one) >= _number(other),
    "ternary": lambda yes, no, condition: yes if true(condition) else no,
    "required": lambda _, value=None: value,
    "fail": lambda *_: None,
    "semverCompare": lambda *_: True,
    "quote": lambda *values: " ".join(as_json(shown(v)) for v in values),
    "squote": lambda *values: " ".join("'" + shown(v).replace("'", "''") + "'" for v in values),
    "print": lambda *values: "".join(map(shown, values)),
    "cat": lambda *values: " ".join(map(shown, values)),
    "printf": _printf,
    "toString": shown,
    "toYaml": as_yaml,
    "toJson": as_json,
    "toRawJson": as_json,
    "fromYaml": _from_yaml,
    "fromJson": _from_yaml,
    "indent": _indent,
    "nindent": lambda width, text: "\n" + _indent(width, text),
    "lower": lambda text: shown(text).lower(),
    "upper": lambda text: shown(text).upper(),
    "title": lambda text: shown(text).title(),
    "trim": lambda text: shown(text).strip(),
    "trunc": lambda size, text: shown(text)[: _number(size)] if _number(size) >= 0 else shown(text)[_number(size) :],
    "trimSuffix": lambda end, text: shown(text).removesuffix(shown(end)),
    "trimPrefix": lambda start, text: shown(text).removeprefix(shown(start)),
    "trimAll": lambda letters, text: shown(text).strip(shown(letters)),
    "replace": _replaced,
    "contains": lambda part, text: shown(part) in shown(text),
    "hasPrefix": lambda start, text: shown(text).startswith(shown(start)),
    "hasSuffix": lambda end, text: shown(text).endswith(shown(end)),
    "join": _joined,
    "splitList": _split,
    "split": lambda separator, text: {f"_{n}": part for n, part in enumerate(_split(separator, text))},
    "len": _size,
    "int": lambda value: str(_number(value)),
    "int64": lambda value: str(_number(value)),
    "add": lambda *values: str(sum(map(_number, values))),
    "add1": lambda value: str(_number(value) + 1),
    "sub": lambda one, other: str(_number(one) - _number(other)),
    "until": _until,
    "dict": _dict,
    "list": lambda *values: [*values],
    "tuple": lambda *values: [*values],
    "get": lambda mapping, key: entry(mapping, shown(key)),
    "set": _put,
    "hasKey": lambda mapping, key: shown(key) in table_of(mapping),
    "keys": lambda mapping: [*table_of(mapping)],
    "values": lambda mapping: [*table_of(mapping).values()],
    "pick": lambda mapping, *keys: {k: v for k, v in table_of(mapping).items() if k in map(shown, keys)},
    "omit": lambda mapping, *keys: {k: v for k, v in table_of(mapping).items() if k not in {*map(shown, keys)}},
    "index": _index,
    "dig": _dig,
    "merge": lambda *values: _merge(*values, strongest_first=True),
    "mustMerge": lambda *values: _merge(*values, strongest_first=True),
    "mergeOverwrite": lambda *values: _merge(*values, strongest_first=False),
    "mustMergeOverwrite": lambda *values: _merge(*values, strongest_first=False),
    "deepCopy": lambda value: merged(value, {}),
    "append": lambda values, value: [*list_of(values)[:_MOST], value],
    "concat": lambda *lists: [v for values in lists for v in list_of(values)][:_MOST],
    "first": lambda values: next(iter(list_of(values)), None),
    "last": lambda values: next(iter(list_of(values)[::-1]), None),
    "rest": lambda values: list_of(values)[1:],
    "uniq": lambda values: [*{shown(v): v for v in reversed(list_of(values)[:_MOST])}.values()][::-1],
    "sortAlpha": lambda values: [*sorted(map(shown, list_of(values)))],
    "has": lambda value, values: _same(value, *list_of(values)[:_MOST]),
    "kindOf": _kind,
    "kindIs": lambda kind, value: shown(kind) == _kind(value),
    "typeIs": lambda kind, value: shown(kind) in (_kind(value), {"slice": "[]interface {}"}.get(_kind(value), "")),
}
