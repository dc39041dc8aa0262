"""The qualified name under which plugins know a value: `kafka.KafkaProducer` for an object of it, and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker import slots, subjects
from flowmap.linker.terms import (
    Class,
    Element,
    Function,
    Instance,
    Made,
    Member,
    Parameter,
    Pending,
    Selection,
    Symbol,
    Term,
)
from flowmap.linker.units import ScopeRef

if TYPE_CHECKING:
    from flowmap.linker.view import View

MAX_CHAIN = 24
"""Members and calls that a name may be built from."""


def names_of(view: View, term: Term, *, closing: bool, depth: int = 0) -> tuple[str, ...]:
    """All names of the term, most specific first; empty for what no plugin could know. With `closing`, a parameter has
    the names of what its callers pass."""
    if depth > MAX_CHAIN:
        return ()
    match term:
        case Symbol(name=name):
            return (name,)
        case Made(callee=callee):
            inner = names_of(view, callee, closing=closing, depth=depth + 1)
            suffix = ".__call__" if isinstance(callee, Made | Instance) else ""
            return tuple(_made(view, term, n + suffix) for n in inner)
        case Member(owner=owner, name=name):
            return tuple(
                view.knowledge.type_of(f"{n}.{name}") or f"{n}.{name}"
                for n in names_of(view, owner, closing=closing, depth=depth + 1)
            )
        case Element(owner=owner):
            return tuple(
                view.knowledge.type_of(f"{n}[]") or f"{n}[]" for n in names_of(view, owner, closing=closing, depth=depth + 1)
            )
        case Instance(scope=scope) | Class(scope=scope):
            return _of_class(view, scope, closing, depth)
        case Function(scope=scope):
            return tuple(kind for kind, _ in view.decorated(scope))
        case Parameter() | Pending() | Selection() if closing:
            passed = (t for t in view.close((term,)) if t != term)
            return tuple(dict.fromkeys(n for t in passed for n in names_of(view, t, closing=True, depth=depth + 1)))
        case _:
            return ()


def _made(view: View, term: Made, name: str) -> str:
    """The type of what calling something of this name gives."""
    key = f"{name}()"
    known = view.knowledge.type_of(key)
    if known is not None:
        return _discriminated(view, term, key, known) if "{}" in known else known
    last = name.rpartition(".")[2].lstrip("_")
    return name if last[:1].isupper() else key


def _discriminated(view: View, term: Made, key: str, known: str) -> str:
    ref = view.knowledge.discriminated.get(key)
    subject = subjects.of_creation(view, term)
    value = slots.ask(view, ref, subject) if subject is not None else ()
    text = view.text(value)
    return known.replace("{}", text) if text is not None else known.replace("{}", "?")


def _of_class(view: View, scope: ScopeRef, closing: bool, depth: int) -> tuple[str, ...]:
    names = [n for t in view.external_bases(scope) for n in names_of(view, t, closing=closing, depth=depth + 1)]
    return tuple(dict.fromkeys([*names, *(kind for kind, _ in view.decorated(scope))]))


def decorated(view: View, scope: ScopeRef) -> tuple[tuple[str, Term], ...]:
    """The types that decorators make of a function or class, each with the decorator's term."""
    found: list[tuple[str, Term]] = []
    for term in view.decorators(scope):
        for name in names_of(view, term, closing=False):
            kind = view.knowledge.type_of(f"{name.removesuffix('()')}@")
            if kind is not None:
                found.append((kind, term))
    return tuple(found)
