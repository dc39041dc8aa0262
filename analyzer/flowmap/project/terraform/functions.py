"""The built-in functions of Terraform that make names, settings and texts. Of any other one the result is not known."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from itertools import chain
from typing import TYPE_CHECKING

from flowmap.project.paths import base, parent
from flowmap.project.terraform.files import file_text, filled_template
from flowmap.project.terraform.values import LONGEST, UNKNOWN, Unknown, Value, elements, entries, filled, joined, text

if TYPE_CHECKING:
    from flowmap.project.terraform.modules import Module

_MOST = 500


def called(name: str, arguments: list[Value], module: Module) -> Value:
    """What a call gives."""
    if name in {"file", "templatefile"}:
        return _read(name, arguments, module)
    function = _FUNCTIONS.get(name.rpartition("::")[2])
    try:
        return function(*arguments) if function is not None else UNKNOWN
    except (TypeError, ValueError, IndexError, RecursionError):
        return UNKNOWN


def _read(name: str, arguments: list[Value], module: Module) -> Value:
    path = text(arguments[0]) if arguments else None
    content = file_text(module, path) if path else None
    if content is None or name == "file":
        return UNKNOWN if content is None else content
    return filled_template(content, path or "", entries(arguments[1]) if len(arguments) > 1 else {})


def _format(form: Value, *arguments: Value) -> Value:
    if not isinstance(form, str):
        return UNKNOWN
    first, *pieces = form.replace("%%", "\0").split("%")
    left = iter(arguments)
    put = ((filled(next(left, UNKNOWN)), piece.lstrip("0123456789.+-#")[1:]) for piece in pieces)
    done = joined(chain((first,), chain.from_iterable(put)))
    return done.replace("\0", "%") if isinstance(done, str) else done


def _join(separator: Value, *lists: Value) -> Value:
    if any(isinstance(given, Unknown) for given in lists):
        return UNKNOWN
    return joined((filled(v) for given in lists for v in elements(given)), filled(separator))


def _replace(of: Value, old: Value, new: Value) -> Value:
    source, sought, by = text(of), text(old), text(new)
    if source is None or sought is None or by is None:
        return UNKNOWN
    if sought[:1] == "/" == sought[-1:] and len(sought) > 1:
        return source
    return source.replace(sought, by) if len(source) + source.count(sought) * len(by) <= LONGEST else UNKNOWN


def _merge(*given: Value) -> Value:
    found: dict[str, Value] = {}
    for value in given:
        found.update(entries(value))
    return found


def _concat(*given: Value) -> Value:
    return tuple(v for value in given for v in elements(value))[:_MOST]


def _flatten(given: Value) -> Value:
    return _concat(*(v if isinstance(v, tuple) else (v,) for v in elements(given)))


def _first(*given: Value) -> Value:
    """`coalesce`, `try`: the first that is known and not empty."""
    return next((v for v in given if v not in (None, "") and not isinstance(v, Unknown)), UNKNOWN)


def _lookup(of: Value, key: Value, default: Value = UNKNOWN) -> Value:
    known = text(key)
    if not isinstance(of, Mapping) or known is None:
        return UNKNOWN
    return of.get(known, default)


def _element(of: Value, index: Value) -> Value:
    found = elements(of)
    return found[index % len(found)] if found and isinstance(index, int) else UNKNOWN


def _keys(of: Value) -> Value:
    return tuple(of) if isinstance(of, Mapping) else UNKNOWN


def _values(of: Value) -> Value:
    return tuple(of.values()) if isinstance(of, Mapping) else UNKNOWN


def _toset(of: Value) -> Value:
    return tuple(dict.fromkeys(elements(of))) if isinstance(of, tuple) and all(isinstance(v, str) for v in of) else of


def _same(of: Value, *_: Value) -> Value:
    return of


def _split(separator: Value, of: Value) -> Value:
    mark, whole = text(separator), text(of)
    return tuple(whole.split(mark)[:_MOST]) if mark and whole is not None else UNKNOWN


def _decoded(of: Value) -> Value:
    """`jsondecode`: of what `jsonencode` gave, itself."""
    return plain(json.loads(of)) if isinstance(of, str) else of


def plain(data: object) -> Value:
    """Data of a JSON text as a value."""
    match data:
        case dict():
            return {str(k): plain(v) for k, v in data.items()}
        case list():
            return tuple(plain(v) for v in data[:_MOST])
        case str() | bool() | int() | float() | None:
            return data
        case _:
            return UNKNOWN


def _on_text(function: Callable[..., str]) -> Callable[..., Value]:
    """A function of texts; of one that is not known, the result is not known."""

    def asked(*arguments: Value) -> Value:
        found = [text(a) for a in arguments]
        return UNKNOWN if None in found else function(*found)

    return asked


_FUNCTIONS: dict[str, Callable[..., Value]] = {
    "abspath": _same,
    "base64encode": _same,
    "base64gzip": _same,
    "basename": _on_text(base),
    "coalesce": _first,
    "concat": _concat,
    "dirname": _on_text(parent),
    "element": _element,
    "flatten": _flatten,
    "format": _format,
    "join": _join,
    "jsondecode": _decoded,
    "jsonencode": _same,
    "keys": _keys,
    "lookup": _lookup,
    "lower": _on_text(str.lower),
    "merge": _merge,
    "nonsensitive": _same,
    "one": lambda of: elements(of)[0],
    "replace": _replace,
    "sensitive": _same,
    "split": _split,
    "title": _on_text(str.title),
    "tolist": _same,
    "tomap": _same,
    "toset": _toset,
    "tostring": _same,
    "trim": _on_text(str.strip),
    "trimprefix": _on_text(str.removeprefix),
    "trimspace": _on_text(str.strip),
    "trimsuffix": _on_text(str.removesuffix),
    "try": _first,
    "upper": _on_text(str.upper),
    "values": _values,
    "yamlencode": _same,
}
