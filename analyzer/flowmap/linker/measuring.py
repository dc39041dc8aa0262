"""How much a value tells, so that the place of a site can be chosen that tells most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker.terms import (
    Column,
    Computed,
    Element,
    Literal,
    Made,
    Member,
    Parameter,
    Pending,
    Promised,
    Selection,
    Template,
    Term,
    Unknown,
    Unset,
    Value,
    Written,
)

if TYPE_CHECKING:
    from flowmap.linker.view import View

WHOLE = 1_000
"""What a value that is known outright counts for, against the letters of a text with holes."""


def measure(view: View, values: tuple[Value, ...]) -> int:
    """How much values tell: outright known ones most, then the fixed text of templates."""
    return sum(max((_known(view, t) for t in value), default=0) for value in values)


def _known(view: View, term: Term) -> int:
    match term:
        case Literal(value=None) | Unknown() | Unset() | Parameter() | Pending() | Selection() | Column():
            return 0
        case Computed() | Written() | Promised():
            return 0
        case Template(parts=parts):
            return sum(len(p) for p in parts if isinstance(p, str))
        case Made() | Member() | Element():
            return WHOLE if view.given(term) else 0
        case _:
            return WHOLE
