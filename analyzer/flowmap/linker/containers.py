"""Containers of dependency injection that are made of other ones: what those around them put in the places that they leave open.

`outbox = providers.Dependency()` is what `providers.Container(Inner, outbox=kafka.outbox)`, `Inner(outbox=...)` and
`inner.outbox.override(...)` give for it, else its default.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from flowmap.linker.terms import Class, Creation, Instance, Link, Made, Member, Partial, Place, Supplier, Symbol, Term, Value
from flowmap.linker.texts import bounded
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir

if TYPE_CHECKING:
    from flowmap.linker.view import View

CONTAINER = "dependency_injector.providers.Container"
CONTAINERS = {f"dependency_injector.containers.{name}" for name in ("DeclarativeContainer", "DynamicContainer")}
OVERRIDING = "override"
MAX_GIVEN = 40
"""Calls of one name that give a container something."""
Given: TypeAlias = tuple[ScopeRef, str, ir.Expression, Place]
"""A container's class, what it calls what it is given, and that."""


def is_container(view: View, term: Term) -> bool:
    """Whether a term is a class of containers or an object of one."""
    if not isinstance(term, Class | Instance):
        return False
    return any(isinstance(b, Symbol) and b.name in CONTAINERS for b in view.external_bases(term.scope))


def dependency(view: View, name: str, made_by: Link, creation: Creation | None) -> Value:
    """What stands in a place that a container leaves open: what is given for it, else its default."""
    left_open = Made(Symbol(name), creation)
    if creation is None:
        return (left_open,)
    owner = creation.place.scope
    names = [n for n, bindings in _names(view, owner) if any(b is creation.call for b in bindings)]
    nothing: Value = ()
    found = view.guarded(("dependency", owner, tuple(names)), lambda: _given_for(view, owner, names), nothing)
    default = (a.value for a in made_by.arguments if a.keyword == "default")
    return found or bounded(_provider(view, t) for d in default for t in view.force(d)) or (left_open,)


def named(view: View, dotted: str) -> Value:
    """The providers that containers of the program keep under a name: `Provide["gateways.outbox"]`."""
    first, *rest = dotted.split(".")
    holding = (r for r in _containers(view) if first in view.unit(r.path).table(r.index).names)
    found = bounded(t for ref in holding for t in view.attribute(Class(ref), first))
    for name in rest:
        found = bounded(t for owner in found for t in view.attribute(owner, name))
    return found


def given_by_others(view: View) -> tuple[Given, ...]:
    """What containers give those inside them."""
    return view.aside(("containers",), lambda: tuple(_given_by_others(view)), ())


def _given_by_others(view: View) -> Iterator[Given]:
    for ref, site in view.callers.named(CONTAINER.rpartition(".")[2])[:MAX_GIVEN]:
        place = Place(view.symbolic_place(ref).frame, ref, site.position)
        if not site.call.arguments or Symbol(CONTAINER) not in view.values(site.call.callee, place):
            continue
        for inner in view.values(site.call.arguments[0].value, place):
            if isinstance(inner, Class):
                yield from ((inner.scope, a.keyword, a.value, place) for a in site.call.arguments[1:] if a.keyword is not None)


def _containers(view: View) -> tuple[ScopeRef, ...]:
    refs = (r for r in view.scopes if view.scope(r).kind == "class")
    return view.guarded(("all containers",), lambda: tuple(r for r in refs if is_container(view, Class(r))), ())


def _names(view: View, owner: ScopeRef) -> list[tuple[str, list[ir.Expression]]]:
    names = view.unit(owner.path).table(owner.index).names
    return [(n, [b.value for b in bindings if b.value is not None]) for n, bindings in names.items()]


def _given_for(view: View, owner: ScopeRef, names: list[str]) -> Value:
    family = {owner, *view.subclasses(owner)}
    found: list[Term] = []
    for name in names:
        for scope, keyword, node, place in (*given_by_others(view), *_constructed(view, family), *_overridden(view, name)):
            if keyword == name and scope in family:
                found += (_provider(view, t) for t in view.values(node, place))
    return bounded(found)


def _constructed(view: View, family: set[ScopeRef]) -> Iterator[Given]:
    """What containers are constructed with."""
    for made in family:
        for ref, site in view.callers.named(view.scope(made).name)[:MAX_GIVEN]:
            place = Place(view.symbolic_place(ref).frame, ref, site.position)
            if any(isinstance(t, Class) and t.scope == made for t in view.values(site.call.callee, place)):
                yield from ((made, a.keyword, a.value, place) for a in site.call.arguments if a.keyword is not None)


def _overridden(view: View, name: str) -> Iterator[Given]:
    """What is put in the place of a provider of a container."""
    for ref, site in view.callers.named(OVERRIDING)[:MAX_GIVEN]:
        match site.call.callee:
            case ir.Attribute(value=ir.Attribute(value=owner, attr=attr)) if attr == name and site.call.arguments:
                place = Place(view.symbolic_place(ref).frame, ref, site.position)
                for term in view.values(owner, place):
                    if isinstance(term, Class | Instance):
                        yield term.scope, name, site.call.arguments[0].value, place


def _provider(view: View, term: Term) -> Term:
    """What is given as a provider: itself where it is one, else one that gives it."""
    known = isinstance(term, Partial | Supplier | Made | Member | Symbol) or is_container(view, term)
    return term if known else Supplier((term,))
