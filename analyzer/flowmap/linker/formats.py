"""Values as formats write them: f-strings, `str.format`, `%`, `str()`, with conversions, widths and members of enumerations."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from flowmap.linker import enums
from flowmap.linker.classes import class_attribute
from flowmap.linker.terms import Elements, EnumMember, Function, Instance, Literal, Term, Unknown, Value, Written
from flowmap.linker.texts import bounded, concatenate
from flowmap.linker.waiting import depends

if TYPE_CHECKING:
    from flowmap.linker.view import View

WIDEST = 200
"""Letters that a width or a precision may ask for."""

CONVERSIONS: Mapping[str, Callable[[object], str]] = {"r": repr, "a": ascii, "s": str}
Write = Callable[[Value, str, str], Value]


def write(view: View, value: Value, conversion: str = "", spec: str = "") -> Value:
    """The value as a text. `conversion` is "", "s", "r", "a", or "%" for the old formats; `spec` what follows the colon (or
    the whole `%...` field)."""
    return bounded(t for term in value for t in _write(view, term, conversion, spec))


def _write(view: View, term: Term, conversion: str, spec: str) -> Value:
    plain = conversion in {"", "s"} and spec in {"", "s", "d"}
    if depends(term):
        return (term if plain else Written(term, conversion, spec),)
    if conversion in {"", "s", "%"}:
        text = _own_text(view, term, "s" if conversion == "%" else conversion)
    else:
        text = (term,) if isinstance(term, Literal) else (Unknown("a formatted value"),)
    return text if plain else bounded(_laid_out(t, conversion, spec) for t in text)


def _own_text(view: View, term: Term, conversion: str) -> Value:
    if isinstance(term, EnumMember):
        return enums.text(view, term, conversion)
    if isinstance(term, Instance):
        methods = [t for t in class_attribute(view, term.scope, "__str__", term) if isinstance(t, Function)]
        return bounded(t for m in methods for t in view.returned(m, ())) or view.texts((term,))
    return view.texts((term,))


def _laid_out(term: Term, conversion: str, spec: str) -> Term:
    if not isinstance(term, Literal) or term.value is None:
        return term if isinstance(term, Unknown) else Unknown("a formatted value")
    if any(int(n) > WIDEST for n in re.findall(r"\d+", spec)):
        return Unknown("a formatted value")
    try:
        if conversion == "%":
            return Literal(spec % term.value)
        converted = CONVERSIONS[conversion](term.value) if conversion else term.value
        return Literal(format(converted, spec))
    except (TypeError, ValueError):
        return Unknown("a formatted value")


_FIELD = re.compile(r"\{\{|\}\}|\{([^{}!:.\[]*)([^{}!:]*)(?:!([rsa]))?(?::([^{}]*))?\}")


def format_fields(pattern: str, lookup: Callable[[str], Value], write: Write) -> Value:
    """`str.format`: `lookup` gives the value of a field name (numbers for positional ones), `write` its text."""
    pieces: list[Value] = []
    end = number = 0
    for match in _FIELD.finditer(pattern):
        pieces.append((Literal(pattern[end : match.start()]),))
        end = match.end()
        if match.group() in ("{{", "}}"):
            pieces.append((Literal(match.group()[0]),))
            continue
        name = match.group(1)
        if not name:
            name, number = str(number), number + 1
        value = (Unknown("a field of a formatted value"),) if match.group(2) else lookup(name)
        pieces.append(write(value, match.group(3) or "", match.group(4) or ""))
    pieces.append((Literal(pattern[end:]),))
    return concatenate(pieces)


_PERCENT = re.compile(r"%(?:\((\w+)\))?([-+ #0]*[\d*]*(?:\.\d+)?[sdifrxge])|%%")


def format_percent(pattern: str, positional: Sequence[Value], named: Callable[[str], Value], write: Write) -> Value:
    """`pattern % values`."""
    pieces: list[Value] = []
    end = number = 0
    for match in _PERCENT.finditer(pattern):
        pieces.append((Literal(pattern[end : match.start()]),))
        end = match.end()
        if match.group() == "%%":
            pieces.append((Literal("%"),))
            continue
        value = named(match.group(1)) if match.group(1) else (Unknown("a missing format argument"),)
        if not match.group(1):
            value = positional[number] if number < len(positional) else value
            number += 1
        field = match.group(2)
        pieces.append(write(value, "s", "") if field == "s" else write(value, "%", f"%{field}"))
    pieces.append((Literal(pattern[end:]),))
    return concatenate(pieces)


def fields_of(pattern: str) -> int:
    """How many positional values a `%` format takes."""
    return sum(1 for m in _PERCENT.finditer(pattern) if m.group() != "%%" and not m.group(1))


def percent_arguments(view: View, pattern: str, right: Value) -> list[Value]:
    """The values on the right of `%`, where these are no tuple as written: a name may stand for one."""
    wanted = fields_of(pattern)
    for term in right if len(right) == 1 else ():
        if isinstance(term, Elements) and wanted > 1 and len(term.items) == wanted and not term.open:
            return [view.force(i) for i in term.items]
    return [tuple(Unknown("a collection") if isinstance(t, Elements) else t for t in right)]
