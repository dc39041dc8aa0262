"""Modules and classes as collections of what they define: `dir(settings)`, `vars(settings)`, `inspect.getmembers(settings)`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from flowmap.linker.collections import from_texts, pairs
from flowmap.linker.making import deferred, ready
from flowmap.linker.subjects import given
from flowmap.linker.terms import Class, Elements, Entries, Link, Literal, Module, Term, Value
from flowmap.linker.texts import bounded
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir
from flowmap.model.summary import Import

if TYPE_CHECKING:
    from flowmap.linker.view import View

MAX_STARS = 6
"""Modules that take over all names of another one, one after the other."""


def namespace(view: View, term: Term) -> Entries | None:
    """What a scanned module or class defines, by its names; None for anything else."""
    match term:
        case Module(path=path) if view.units.get(path) is not None:
            names = dict.fromkeys(_names(view, path, 0))
            return view.guarded(("namespace", term), lambda: _entries(view, ScopeRef(path, 0), list(names)), None)
        case Class(scope=scope):
            return view.guarded(("namespace", term), lambda: _entries(view, scope, list(_bound(view, scope))), None)
        case _:
            return None


def _entries(view: View, ref: ScopeRef, names: list[str]) -> Entries:
    place = view.symbolic_place(ref)
    return Entries(tuple((ready((Literal(name),)), deferred(ir.Name(name), place)) for name in names))


def _names(view: View, path: str, depth: int) -> Iterator[str]:
    """The names that the body of a module binds, those of star imports with them."""
    for binding in view.unit(path).table(0).names.get("*", ()) if depth < MAX_STARS else ():
        if isinstance(binding.statement, Import):
            for module in view.units.imported_modules(view.unit(path), binding.statement)[:1]:
                if view.units.get(module) is not None:
                    yield from (n for n in _names(view, module, depth + 1) if not n.startswith("_"))
    yield from _bound(view, ScopeRef(path, 0))


def _bound(view: View, ref: ScopeRef) -> Iterator[str]:
    return (name for name in view.unit(ref.path).table(ref.index).names if name != "*")


def _dir(view: View, link: Link) -> Value | None:
    known = [_sorted(entries) for t in given(view, link, 0) if (entries := namespace(view, t)) is not None]
    return bounded(known) or None


def _sorted(entries: Entries) -> Elements:
    names = (k.value[0].value for k, _ in entries.items if k is not None and isinstance(k.value[0], Literal))
    return from_texts(sorted(n for n in names if isinstance(n, str)))


def _vars(view: View, link: Link) -> Value | None:
    return bounded(e for t in given(view, link, 0) if (e := namespace(view, t)) is not None) or None


def _members(view: View, link: Link) -> Value | None:
    plain = len(link.arguments) == 1  # a predicate leaves out who knows what
    return bounded(pairs(e) for t in given(view, link, 0) if (e := namespace(view, t)) is not None and plain) or None


def kept(view: View, term: Term, name: str) -> Value:
    """`module.__dict__`; empty for any other attribute."""
    found = namespace(view, term) if name == "__dict__" else None
    return (found,) if found is not None else ()


FUNCTIONS: Mapping[str, Callable[[View, Link], Value | None]] = {
    "builtins.dir": _dir,
    "builtins.vars": _vars,
    "inspect.getmembers": _members,
}
