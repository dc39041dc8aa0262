"""Who reads from a consumer that is built in one place and read in another: the function with the loop or the poll."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from flowmap.linker.contexts import frame_scope
from flowmap.linker.terms import Entries, Frame, Function, Instance, Made, Member, Place, Term
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir
from flowmap.model.summary import Iterate

if TYPE_CHECKING:
    from flowmap.linker.view import View

POLLS = (
    "poll",
    "consume",
    "getone",
    "getmany",
    "listen",
    "get_message",
    "fetch",
    "next_msg",
    "receive",
    "recv",
    "recv_json",
    "recv_multipart",
    "recv_pyobj",
    "recv_string",
    "start_consuming",
    "run_in_thread",
)
"""Methods that take messages from a consumer."""
MAX_WAY = 6
"""Calls above one another by which consumers are told apart."""
Origin: TypeAlias = tuple[int, tuple[int, ...]]


def reader_of(view: View, call: ir.Call, place: Place) -> ScopeRef | None:
    """The function that reads what this call has set up; None if that is the function around the call, or is not found."""
    own = frame_scope(view, place.scope)
    consumers = {_maker(t) for t in view.values(call, place)}
    if isinstance(call.callee, ir.Attribute):
        consumers |= {_maker(t) for t in view.values(call.callee.value, place)}
    made = {c for c in consumers if c is not None}
    reads = [(ref, way) for ref, (call_id, way) in _reads(view) if call_id in made]
    here = _way(place.frame)
    fitting = [ref for ref, way in reads if all(a == b for a, b in zip(way, here, strict=False))]
    readers = [r for ref in fitting or [ref for ref, _ in reads] for r in _loops(view, ref)]
    return None if not readers or own in readers else readers[0]


def _loops(view: View, ref: ScopeRef) -> list[ScopeRef]:
    """The function itself; for a generator, the functions that go through what it yields."""
    if not view.unit(ref.path).table(ref.index).yields:
        return [ref]
    scope = view.scope(ref)
    owner = ScopeRef(ref.path, scope.parent)
    if scope.name in {"__iter__", "__aiter__", "__next__", "__anext__"}:
        return [at for at, term in _iterated(view) if isinstance(term, Instance) and term.scope == owner] or [ref]
    return [frame_scope(view, c.scope) for c in view.callers_of(ref) if c.kind == "call"] or [ref]


def _iterated(view: View) -> tuple[tuple[ScopeRef, Term], ...]:
    """Every loop with what it goes through."""
    return view.aside(("iterated",), lambda: tuple(_all_iterated(view)), ())


def _all_iterated(view: View) -> Iterator[tuple[ScopeRef, Term]]:
    for ref in view.scopes:
        for position, statement in enumerate(view.scope(ref).statements):
            if isinstance(statement, Iterate):
                place = Place(view.symbolic_place(ref).frame, ref, position)
                for term in view.close(view.values(statement.iterable, place)):
                    yield frame_scope(view, ref), term


def dispatched(view: View, reader: ScopeRef, channel: str) -> ScopeRef | None:
    """The function that a table of handlers in the reading function gives this channel: `HANDLERS[topic](message)`."""
    table = view.unit(reader.path).table(reader.index)
    for site in table.calls:
        place = Place(view.symbolic_place(reader).frame, reader, site.position)
        for owner in _tables(view, site.call.callee, place):
            for key, value in owner.items:
                if key is not None and view.text(view.force(key)) == channel:
                    functions = [t.scope for t in view.close(view.force(value)) if isinstance(t, Function)]
                    if len(functions) == 1:
                        return functions[0]
    return None


def _tables(view: View, callee: ir.Expression, place: Place) -> list[Entries]:
    """The mapping out of which a callee is taken, directly or by way of a variable."""
    if isinstance(callee, ir.Name):
        bindings = view.unit(place.scope.path).table(place.scope.index).names.get(callee.id, ())
        return [t for b in bindings if b.kind == "assign" and b.value is not None for t in _tables(view, b.value, place)]
    owner: ir.Expression | None = None
    if isinstance(callee, ir.Subscript):
        owner = callee.value
    elif isinstance(callee, ir.Call) and isinstance(callee.callee, ir.Attribute) and callee.callee.attr == "get":
        owner = callee.callee.value
    return [t for t in view.close(view.values(owner, place)) if isinstance(t, Entries)] if owner is not None else []


def _origin(term: Term) -> Origin | None:
    """The call that made a library object, wherever it is seen from, and the way that led to it."""
    while isinstance(term, Member):
        term = term.owner
    if not isinstance(term, Made) or term.creation is None:
        return None
    return id(term.creation.call), _way(term.creation.place.frame)


def _maker(term: Term) -> int | None:
    origin = _origin(term)
    return origin[0] if origin is not None else None


def _way(frame: Frame) -> tuple[int, ...]:
    """The calls that lead to an activation as far as they are known, the nearest first: a function that makes consumers for others
    makes one for each."""
    found: list[int] = []
    made_by = frame.link
    while made_by is not None and made_by.place is not None and made_by.key and len(found) < MAX_WAY:
        found.append(made_by.key[0])
        made_by = made_by.place.frame.link
    return tuple(found)


def _reads(view: View) -> tuple[tuple[ScopeRef, Origin], ...]:
    return view.aside(("reads",), lambda: tuple(_all_reads(view)), ())


def _all_reads(view: View) -> Iterator[tuple[ScopeRef, Origin]]:
    """Every loop over, and poll of, a library object: the function and the call that made the object."""
    for name in POLLS:
        for ref, site in view.callers.named(name):
            if isinstance(site.call.callee, ir.Attribute):
                place = Place(view.symbolic_place(ref).frame, ref, site.position)
                for term in view.close(view.values(site.call.callee.value, place)):
                    yield from _read(view, frame_scope(view, ref), term)
    for ref, term in _iterated(view):
        yield from _read(view, ref, term)


def _read(view: View, ref: ScopeRef, term: Term) -> Iterator[tuple[ScopeRef, Origin]]:
    origin = _origin(term)
    if origin is not None and view.is_known(term):
        yield ref, origin
