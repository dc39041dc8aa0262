"""Objects that are stored in one place and read back in another (the rows of an outbox): which class they are of, and where
they are made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flowmap.linker.activations import Caller
from flowmap.linker.making import create, passed
from flowmap.linker.queues import put_in, puts, taken
from flowmap.linker.subjects import argument
from flowmap.linker.tables import CallSite
from flowmap.linker.terms import Class, Column, Element, Instance, Literal, Made, Member, Place, Queue, Term, Value
from flowmap.linker.units import ScopeRef

if TYPE_CHECKING:
    from flowmap.linker.view import View

MAX_CHAIN = 24
CREATORS = {"create", "acreate", "get_or_create", "insert"}
"""Methods of a model's manager that make and store an object."""


def columns(view: View, value: Value) -> Value:
    """The value with what is read back from where it is kept marked as such: a field of a stored object, an entry of a message in a
    queue."""
    return tuple(_kept(view, t) or t for t in value)


def _kept(view: View, term: Term) -> Column | None:
    return (_column(view, term.owner, term.name) if isinstance(term, Member) else None) or taken(view, term)


def _column(view: View, owner: Term, name: str) -> Column | None:
    """`owner.name` as a field of a stored object, if the library value `owner` comes out of a query for one scanned class."""
    classes = set(_queried(view, owner, MAX_CHAIN))
    if len(classes) != 1:
        return None
    ref = classes.pop()
    stored = [b for b in view.mro(ref) if isinstance(b, Class) and name in view.unit(b.scope.path).table(b.scope.index).names]
    return Column(ref, (name,)) if stored and view.external_bases(ref) else None


def _queried(view: View, term: Term, left: int) -> Iterator[ScopeRef]:
    """The classes that a chain of library calls is about: `session.scalars(select(Row))`, `Row.objects.filter()`."""
    if left == 0:
        return
    if isinstance(term, Class):
        yield term.scope
    if isinstance(term, Made) and term.creation is not None:
        for argument in passed(term.creation.call.arguments, term.creation.place):
            for given in view.force(argument.value):
                if isinstance(given, Class | Made | Member):
                    yield from _queried(view, given, left - 1)
    if isinstance(term, Made):
        yield from _queried(view, term.callee, left - 1)
    elif isinstance(term, Member | Element):
        yield from _queried(view, term.owner, left - 1)


def constructions(view: View, ref: ScopeRef | Queue) -> list[Caller]:
    """The calls that make an object of the class, directly or through its manager, or that put something into the queue."""
    if isinstance(ref, Queue):
        return puts(view, ref)
    name = view.scope(ref).name
    found = [Caller(at, site) for at, site in view.callers.named(name) if Class(ref) in _callee(view, at, site)]
    for creator in sorted(CREATORS):
        for at, site in view.callers.named(creator):
            terms = _callee(view, at, site)
            if any(isinstance(t, Member) and isinstance(t.owner, Member) and t.owner.owner == Class(ref) for t in terms):
                found.append(Caller(at, site))
    return found


def _callee(view: View, at: ScopeRef, site: CallSite) -> Value:
    return view.values(site.call.callee, Place(view.symbolic_place(at).frame, at, site.position))


def stored(view: View, value: Value, caller: Caller, place: Place) -> Value:
    """The value with the columns replaced by what this construction puts there."""
    assert caller.site is not None
    found: list[Term] = []
    for term in value:
        if isinstance(term, Column) and isinstance(term.source, Queue):
            found += (t for t in put_in(view, term, caller, place) if t != Literal(None))
        elif isinstance(term, Column) and isinstance(term.source, ScopeRef):
            instance, name = Instance(term.source, create(caller.site.call, place)), str(term.path[0])
            given = argument(view, passed(caller.site.call.arguments, place), None, name)
            found += view.field(instance, name) or (view.force(given) if given is not None else view.attribute(instance, name))
        elif not isinstance(term, Literal) or term.value is not None:
            found.append(term)
    return tuple(found)
