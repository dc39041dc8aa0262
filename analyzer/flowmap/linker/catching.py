"""What handlers of messages do about what goes wrong: whether they, or what they call at once, catch it and let it end there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flowmap.linker.activations import ROUNDS, Caller, run_by
from flowmap.linker.contexts import frame_scope
from flowmap.linker.failing import EVERYTHING, names_in
from flowmap.linker.leading import Known
from flowmap.linker.terms import Place
from flowmap.linker.units import ScopeRef
from flowmap.model.effect import Does, Effect
from flowmap.model.interaction import Confidence, Role
from flowmap.model.summary import Block, Define, Raise, Scope

if TYPE_CHECKING:
    from flowmap.linker.view import View

DEPTH = 2
"""How many calls below a handler something is looked for that catches everything."""
MOST_CALLS = 60
"""Calls of one function that are followed."""
THE_END = {"KeyboardInterrupt", "SystemExit", "GeneratorExit", "StopIteration", "StopAsyncIteration", "CancelledError"}
"""What ends a process or a loop, and is no fault of a message."""


def caught(view: View, service: str, known: Known) -> list[Effect]:
    """One effect per place at which a handler of messages catches what goes wrong and does not raise it again."""
    triggers: dict[str, set[str]] = defaultdict(set)
    for _, site in known:
        if site.role is Role.SUBSCRIBE and site.handler is not None and not site.local:
            triggers[site.handler.key].add(site.id)
    found: dict[tuple[ScopeRef, int], set[str]] = defaultdict(set)
    for key, ids in triggers.items():
        path, _, index = key.rpartition(":")
        if path in view.files and path not in view.units.libraries and index.isdecimal():
            for place in _places(view, ScopeRef(path, int(index))):
                found[place] |= ids
    return [_effect(view, service, ref, line, ids) for (ref, line), ids in found.items()]


def _effect(view: View, service: str, ref: ScopeRef, line: int, ids: set[str]) -> Effect:
    at = view.unit(ref.path).location(line, line)
    name = view.scope(ref).qualname
    return Effect(Does.CATCHES, service, "", at, name, Confidence.DERIVED, triggers=tuple(sorted(ids)))


def _places(view: View, handler: ScopeRef) -> Iterator[tuple[ScopeRef, int]]:
    """Where something is caught: in the handler, or a method that takes its place, anything that a message may cause; in what
    stands around it or is called only everything."""
    for ref in (handler, *_overriding(view, handler)):
        yield from _caught_in(view, ref, anything=True)
    around = [f.scope for layer in view.layers(handler) for f in layer.functions]
    for ref in dict.fromkeys((*around, *_above(view, handler))):
        yield from _caught_in(view, ref, anything=False)
    near, seen = [*_called(view, handler)], {handler}
    for _ in range(DEPTH):
        here = [ref for ref in dict.fromkeys(near) if ref not in seen and ref.path not in view.units.libraries]
        for ref in here:
            yield from _caught_in(view, ref, anything=False)
        seen.update(here)
        near = [below for ref in here for below in _called(view, ref)]


def _caught_in(view: View, ref: ScopeRef, *, anything: bool) -> Iterator[tuple[ScopeRef, int]]:
    scope = view.scope(ref)
    for number, block in enumerate(scope.blocks):
        if block.kind == "except" and _is_meant(block, anything) and not _raises(scope, number):
            yield ref, block.line


def _is_meant(block: Block, anything: bool) -> bool:
    names = set(names_in(block.test)) if block.test is not None else EVERYTHING
    return bool(names & EVERYTHING) or (anything and not names <= THE_END)


def _raises(scope: Scope, number: int) -> bool:
    return any(isinstance(s, Raise) and s.block == number for s in scope.statements)


def _overriding(view: View, ref: ScopeRef) -> Iterator[ScopeRef]:
    """The methods of the same name of classes below that of a method."""
    scope = view.scope(ref)
    if scope.parent >= 0 and view.scope(ScopeRef(ref.path, scope.parent)).kind == "class":
        for below in view.subclasses(ScopeRef(ref.path, scope.parent)):
            for binding in view.unit(below.path).table(below.index).names.get(scope.name, ()):
                if isinstance(binding.statement, Define):
                    yield ScopeRef(below.path, binding.statement.scope)


def _above(view: View, ref: ScopeRef) -> Iterator[ScopeRef]:
    """The functions that call a function: one that tells messages apart hands them to their handlers."""
    yield from (frame_scope(view, c.scope) for c in view.callers_of(ref) if c.kind == "call")


def _called(view: View, ref: ScopeRef) -> Iterator[ScopeRef]:
    for site in view.unit(ref.path).table(ref.index).calls[:MOST_CALLS]:
        view.ask(ref.path, site.call.span.line)
        place = Place(view.symbolic_place(ref).frame, ref, site.position)
        yield from run_by(view, Caller(ref, site), place, ROUNDS)
