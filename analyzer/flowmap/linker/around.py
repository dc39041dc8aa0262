"""What stands around a call: decorators of the functions on the way to it, blocks and loops, and calls that are handed a function
or what the call gives. Whoever else leads there, from further away, says nothing here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias, TypedDict

from flowmap import plugin_api as api
from flowmap.linker.activations import Caller
from flowmap.linker.contexts import Answer, frame_scope
from flowmap.linker.making import passed
from flowmap.linker.patience import breaker_of, retry_of, timeout_of
from flowmap.linker.sites import Site
from flowmap.linker.subjects import Subject, of_creation_made
from flowmap.linker.tables import CallSite, enclosing
from flowmap.linker.terms import Made, Member, Place, Symbol, Term
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir
from flowmap.model.location import Location
from flowmap.model.patience import Breaker, Retry, Source, Timeout
from flowmap.model.summary import Enter, Iterate

if TYPE_CHECKING:
    from flowmap.linker.view import View


Found: TypeAlias = tuple[api.Guards, Subject, Location]
"""A plugin's pattern, what that is asked of, and where it stands."""


class Enduring(TypedDict):
    """The fields of a draft that say how long it waits and how often it is tried."""

    timeout: Timeout | None
    retries: tuple[Retry, ...]
    breakers: tuple[Breaker, ...]


def enduring(view: View, site: Site, answer: Answer[object], subject: Subject) -> Enduring:
    """How long a call waits and how often it is tried in one context: by itself, and by what stands around it."""
    pattern = site.pattern
    assert isinstance(pattern, api.Requests | api.RemoteCalls)
    retries: list[Retry | None] = []
    breakers: list[Breaker | None] = []
    limits = [timeout_of(view, pattern.limit, subject)]
    for guard, given, at in guards(view, (*answer.chain, site.caller)) if view.knowledge.guards else ():
        retries.append(retry_of(view, _library(guard.target), guard.tries, given, at))
        breakers.append(breaker_of(view, _library(guard.target), guard, given, at))
        limit = timeout_of(view, guard.limit, given)
        limits.append(replace(limit, source=Source.AROUND) if limit is not None else None)
    retries.append(retry_of(view, _library(pattern.target), pattern.tries, subject))
    return Enduring(
        timeout=shortest([t for t in limits if t is not None]),
        retries=tuple(dict.fromkeys(r for r in retries if r is not None)),
        breakers=tuple(dict.fromkeys(b for b in breakers if b is not None)),
    )


def _library(target: str) -> str:
    return target.partition(".")[0]


def shortest(limits: list[Timeout]) -> Timeout | None:
    """Who gives up first: of those that are known the shortest, else one that is not known, else the call itself."""
    known = [t for t in limits if t.seconds is not None]
    return min(known, key=lambda t: t.seconds or 0.0) if known else next((t for t in limits if t.unknown), next(iter(limits), None))


def guards(view: View, way: tuple[Caller, ...]) -> Iterator[Found]:
    """What stands around the calls of a way, which lead one to the next, outermost first."""
    seen: set[ScopeRef] = set()
    nothing: list[Found] = []
    for caller in way:
        own = frame_scope(view, caller.decorated or caller.scope)
        if own not in seen:
            yield from view.guarded(("decorating guards", own), partial(_decorating, view, own), nothing)
        seen.add(own)
        if caller.site is not None:
            yield from view.guarded(("guards around", caller), partial(_enclosing, view, caller), nothing)


def _decorating(view: View, ref: ScopeRef) -> list[Found]:
    scope = view.scope(ref)
    place = view.symbolic_place(ScopeRef(ref.path, max(scope.parent, 0)))
    return [f for node in scope.decorators for f in _known(view, node, place, "decorator", scope.head or scope.line)]


def _enclosing(view: View, caller: Caller) -> list[Found]:
    """The blocks around a call, outermost first, then the calls that it is an argument of, or that are handed a function."""
    assert caller.site is not None
    place = Place(view.symbolic_place(caller.scope).frame, caller.scope, caller.site.position)
    return [f for node, line in _standing(view, caller, caller.site) for f in _known(view, node, place, "call", line)]


def _standing(view: View, caller: Caller, site: CallSite) -> Iterator[tuple[ir.Expression, int]]:
    """The expressions of which something may stand around a call, with their lines."""
    scope = view.scope(caller.scope)
    blocks = list(enclosing(scope.blocks, site.block))
    heads = [s for s in scope.statements if isinstance(s, Enter | Iterate)] if blocks else []
    for block in reversed(blocks):
        for head in heads:
            if isinstance(head, Iterate) and head.body == block:
                yield head.iterable, head.line
            elif isinstance(head, Enter) and head.block == block and head.context is not site.call:
                yield head.context, head.line
    for other in view.unit(caller.scope.path).table(caller.scope.index).calls:
        given = [a.value.value if isinstance(a.value, ir.Await) else a.value for a in other.call.arguments]
        if other.position == site.position and any(g is site.call for g in given):
            yield other.call, other.call.span.line
    if caller.kind == "callback":
        yield site.call, site.call.span.line


def _known(view: View, node: ir.Expression, place: Place, form: str, line: int) -> Iterator[Found]:
    """What plugins say of an expression that stands around something."""
    at = view.unit(place.scope.path).location(line, line)
    if isinstance(node, ir.Call):
        at = view.unit(place.scope.path).location(node.span.line, node.span.end_line, node.span.column)
    for subject in _subjects(view, node, place):
        itself = ".__call__" if isinstance(subject.callee, Made) else ""
        for name in view.names_of(subject.callee) if subject.callee is not None else ():
            for guard in view.knowledge.guards.get(name.removesuffix("()") + itself, ()):
                if guard.form == form:
                    yield guard, subject, at


def _subjects(view: View, node: ir.Expression, place: Place) -> Iterator[Subject]:
    """The library calls that an expression is, or that made what it is worth."""
    found: list[Term] = []
    if isinstance(node, ir.Call):
        found = [t for t in view.values(node.callee, place) if isinstance(t, Symbol | Member | Made)]
        yield from (Subject(passed(node.arguments, place), t, place) for t in found)
    for term in view.values(node, place) if not found else ():
        made = of_creation_made(term) if isinstance(term, Made) else None
        yield made or Subject((), term, place)
