"""Type variables as `TypeVar` makes them, and what they are bound to."""

from __future__ import annotations

from flowmap.linker.making import given_to
from flowmap.linker.terms import Deferred, Made, Symbol, Term

MAKERS = {"typing.TypeVar", "typing_extensions.TypeVar"}


def is_variable(term: Term) -> bool:
    """Whether the term is a type variable."""
    return isinstance(term, Made) and isinstance(term.callee, Symbol) and term.callee.name in MAKERS


def bounds(term: Term) -> tuple[Deferred, ...]:
    """The bound of a type variable, or the types between which it chooses; empty for anything else."""
    if not isinstance(term, Made) or term.creation is None or not is_variable(term):
        return ()
    given = given_to(term.creation)
    bound = tuple(a.value for a in given if a.keyword == "bound")
    return bound or tuple(a.value for a in given[1:] if a.keyword is None)
