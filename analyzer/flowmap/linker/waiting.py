"""What a term waits for: parameters that callers give, attributes that objects decide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flowmap.linker.terms import (
    Computed,
    Element,
    File,
    Made,
    Member,
    Parameter,
    Partial,
    Pending,
    Promised,
    Selection,
    Symbol,
    Template,
    Term,
    Unknown,
    Unset,
    Value,
    Written,
)


def depends(term: Term) -> bool:
    """Whether the term still waits for a caller or an object to be fixed."""
    match term:
        case Parameter() | Pending() | Computed():
            return True
        case Template(parts=parts):
            return any(not isinstance(p, str) and depends(p) for p in parts)
        case (
            Made(callee=inner)
            | Member(owner=inner)
            | Element(owner=inner)
            | Written(owner=inner)
            | File(path=inner)
            | Partial(callee=inner)
            | Promised(of=inner)
        ):
            return depends(inner)
        case Selection(owner=inner, key=key):
            return depends(inner) or depends(key)
        case _:
            return False


def filled(value: Value) -> Value:
    """A value beside which there is another one, for where callers give nothing that says anything."""
    return tuple(_filled(t) for t in value)


def _filled(term: Term) -> Term:
    match term:
        case Parameter():
            return replace(term, filled=True)
        case Promised(of=inner):
            return replace(term, of=_filled(inner))
        case _:
            return term


def is_elsewhere(term: Term) -> bool:
    """Whether nothing is known of a value but that a running platform has it: what is looked up in an object of a library, or in an
    environment without it; a text of nothing but such. The constant of a branch for local runs says more."""
    match term:
        case Unknown() | Unset():
            return True
        case Element(owner=owner):
            return _is_of_library(owner)
        case Member(owner=owner):
            return is_elsewhere(owner)
        case Template(parts=parts):
            said = "".join(p for p in parts if isinstance(p, str)).partition("://")
            return not any(c.isalpha() for c in said[2] or said[0]) and all(
                is_elsewhere(p) for p in parts if not isinstance(p, str)
            )
        case _:
            return False


def _is_of_library(term: Term) -> bool:
    """Whether a value is an object of a library, or something in one."""
    while isinstance(term, Member | Element):
        term = term.owner
    return isinstance(term, Symbol)


def awaited(term: Term) -> Iterator[Parameter | Pending]:
    """The parameters and attributes that a term waits for."""
    match term:
        case Parameter() | Pending():
            yield term
        case Template(parts=parts):
            for part in parts:
                if not isinstance(part, str):
                    yield from awaited(part)
        case Computed(on=on):
            for part in on:
                yield from awaited(part)
        case (
            Made(callee=inner)
            | Member(owner=inner)
            | Element(owner=inner)
            | Written(owner=inner)
            | File(path=inner)
            | Partial(callee=inner)
            | Promised(of=inner)
        ):
            yield from awaited(inner)
        case Selection(owner=inner, key=key):
            yield from awaited(inner)
            yield from awaited(key)
        case _:
            return
