"""Functions by the dotted paths under which task queues know them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker.terms import Class, Function, Literal, Symbol, Term

if TYPE_CHECKING:
    from flowmap.linker.view import View


def path_of(view: View, term: Term, separator: str = ".") -> Term:
    """The module and name of a function or class; anything else is itself."""
    match term:
        case Function(scope=scope) | Class(scope=scope):
            return Literal(f"{view.modules.name(scope.path)}{separator}{view.scope(scope).qualname}")
        case Symbol(name=name):
            return Literal(name)
        case _:
            return term


def function_at(view: View, term: Term) -> Function | Class | None:
    """The function or class that a term is, or whose path it is; None if there is no such thing in the scan."""
    if isinstance(term, Function | Class):
        return term
    if not (isinstance(term, Literal) and isinstance(term.value, str)):
        return None
    module, _, name = term.value.rpartition(".")
    path = view.modules.path(module) if module else None
    found = view.member(path, name) if path is not None else ()
    return next((t for t in found if isinstance(t, Function | Class)), None)
