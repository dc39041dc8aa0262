"""Who reads from a consumer that is built in one place and read in another: the function with the loop or the poll."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flowmap.linker.contexts import frame_scope
from flowmap.linker.terms import Entries, Function, Instance, Made, Member, Place, Term
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


def reader_of(view: View, call: ir.Call, place: Place) -> ScopeRef | None:
    """The function that reads what this call has set up; None if that is the function around the call, or is not found."""
    own = frame_scope(view, place.scope)
    consumers = {_origin(t) for t in view.values(call, place)}
    if isinstance(call.callee, ir.Attribute):
        consumers |= {_origin(t) for t in view.values(call.callee.value, place)}
    consumers = {c for c in consumers if c is not None}
    readers = [r for ref, origin in _reads(view) if origin in consumers for r in _loops(view, ref)]
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


def _origin(term: Term) -> object | None:
    """The call that made a library object, wherever it is seen from."""
    while isinstance(term, Member):
        term = term.owner
    return id(term.creation.call) if isinstance(term, Made) and term.creation is not None else None


def _reads(view: View) -> tuple[tuple[ScopeRef, object], ...]:
    return view.aside(("reads",), lambda: tuple(_all_reads(view)), ())


def _all_reads(view: View) -> Iterator[tuple[ScopeRef, object]]:
    """Every loop over, and poll of, a library object: the function and the call that made the object."""
    for name in POLLS:
        for ref, site in view.callers.named(name):
            if isinstance(site.call.callee, ir.Attribute):
                place = Place(view.symbolic_place(ref).frame, ref, site.position)
                for term in view.close(view.values(site.call.callee.value, place)):
                    yield from _read(view, frame_scope(view, ref), term)
    for ref, term in _iterated(view):
        yield from _read(view, ref, term)


def _read(view: View, ref: ScopeRef, term: Term) -> Iterator[tuple[ScopeRef, object]]:
    origin = _origin(term)
    if origin is not None and view.is_known(term):
        yield ref, origin
