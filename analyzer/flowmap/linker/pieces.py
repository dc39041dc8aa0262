"""Names that are a part of a text, or that stand in a setting which a text names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.linker.terms import Literal, Term, Unset, Value
from flowmap.linker.texts import assemble, bounded, name_of, parts_of, tail

if TYPE_CHECKING:
    from flowmap.linker.view import View

_LABEL = re.compile(r"[./:]")


def tails(view: View, value: Value, separators: str) -> Value:
    """What follows the last separator of each text."""
    found: list[Term] = []
    for term in view.texts(value):
        if isinstance(term, Literal) and isinstance(term.value, str):
            text = term.value.rstrip(separators)
            found.append(Literal(min((text.rpartition(s)[2] for s in separators), key=len)))
        else:
            found.append(tail(term, separators))
    return bounded(found)


def host_labels(view: View, value: Value) -> Value:
    """The first label of the host of each address."""
    return bounded(_host_label(t) for t in view.texts(value))


def first_label(address: str) -> str:
    """The first label of the host of an address."""
    return _LABEL.split(_behind_scheme(address), maxsplit=1)[0]


def _behind_scheme(address: str) -> str:
    return address.partition("://")[2] if "://" in address else address


def _host_label(term: Term) -> Term:
    if isinstance(term, Literal) and isinstance(term.value, str):
        return Literal(first_label(term.value), term.name)
    parts = list(parts_of(term))
    if isinstance(parts[0], str):
        parts[0] = _behind_scheme(parts[0])
    for number, part in enumerate(parts):
        if isinstance(part, str) and _LABEL.search(part):
            return assemble((*parts[:number], _LABEL.split(part, maxsplit=1)[0]), name_of(term))
    return assemble(parts, name_of(term))


def configured(view: View, value: Value, mark: str) -> Value:
    """The settings that texts name: by the whole of them, or between two marks; a text with neither stays itself."""
    return bounded(_setting(view, t, mark) for t in view.texts(value))


def _setting(view: View, term: Term, mark: str) -> Term:
    if not isinstance(term, Literal) or not isinstance(term.value, str):
        return term
    pieces = re.split(f"{mark}([\\w:.-]+){mark}", term.value) if mark else ["", term.value, ""]
    parts = [_worth(view, piece) if number % 2 else piece for number, piece in enumerate(pieces) if piece]
    alone = parts[0] if len(parts) == 1 else None
    if isinstance(alone, Literal | Unset):
        return alone
    return assemble(str(p.value) if isinstance(p, Literal) else p for p in parts)


def _worth(view: View, name: str) -> Literal | Unset:
    value = view.environment.get(name)
    return Literal(value, name) if value is not None else Unset(name)
