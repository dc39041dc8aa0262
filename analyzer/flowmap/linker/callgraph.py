"""The call graph of a view: which function runs which, callbacks, decorators and implied calls included.

It is asked backwards, from what is run. What decorators of the scan lay around a function stands between it and whoever calls it
by its name; still each way to it keeps its own start, so that what one decorator is laid around is not all one.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowmap.linker.activations import ROUNDS, Caller, activations, meant_by, places
from flowmap.linker.contexts import frame_scope
from flowmap.linker.layers import before, running
from flowmap.linker.terms import Frame, Parameter, Pending, Place
from flowmap.linker.units import ScopeRef
from flowmap.linker.waiting import awaited
from flowmap.model import expression as ir

if TYPE_CHECKING:
    from flowmap.linker.view import View

MAX_HANDS = 3
"""Calls above one another by which a function is handed on to where it is run."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to a function: `start` is the function or module that says so, in the place `caller`; `by` are those that run it
    themselves, which are others where a decorator stands between, or a function that is handed it."""

    start: ScopeRef
    by: tuple[ScopeRef, ...]
    caller: Caller


def ways_to(view: View, ref: ScopeRef, *, called: bool = False) -> tuple[Way, ...]:
    """The ways to a function, in a fixed order; with `called`, only those of calls."""
    callers = (c for c in view.callers_of(ref) if not called or c.kind == "call")
    return tuple(dict.fromkeys(w for caller in callers for w in _ways(view, caller, ref)))


def _ways(view: View, caller: Caller, ref: ScopeRef) -> Iterator[Way]:
    start = caller.scope if caller.kind == "hosted" else frame_scope(view, caller.scope)
    wrapped = view.wrapping.get(ref, {})
    if caller.site is None or not (wrapped or view.layers(ref)):
        if caller.kind != "step" or caller.scope not in wrapped:
            handing = _handing(view, caller, start, ref)
            if not handing or _is_all(view, caller, start, ref):
                yield Way(start, (start,), caller)
            else:
                yield from (Way(hander, (start,), by) for hander, by in handing.items())
        return
    for place in places(view, caller):
        for function in meant_by(view, caller, place, ROUNDS):
            if any(f.scope == ref for f in running(view, function, place.scope)) and not _helps(
                view, caller, start, function.scope
            ):
                between = before(view, function, place.scope, ref)
                yield Way(start, tuple(f.scope for f in between) or (start,), caller)


def _helps(view: View, caller: Caller, runner: ScopeRef, ref: ScopeRef) -> bool:
    """Whether `runner` calls a function only for what decorators lay around it: whoever calls that by its name comes through there
    already."""
    handing = _handing(view, caller, runner, ref)
    return bool(handing) and all(ref in view.wrapping.get(hander, {}) for hander in handing)


def _handing(view: View, caller: Caller, runner: ScopeRef, ref: ScopeRef) -> dict[ScopeRef, Caller]:
    """Those that hand a function to `runner`, which calls it by its parameter, and where: what it does is done on their behalf."""
    node = caller.site.call.callee if caller.site is not None and caller.kind == "call" else None
    if not isinstance(node, ir.Name) or all(p.name != node.id for p in view.scope(runner).parameters):
        return {}
    found: dict[ScopeRef, Caller] = {}
    for above, functions in _handed(view, caller, runner):
        if ref in functions:
            found.setdefault(frame_scope(view, above.scope), above)
    return found


def _is_all(view: View, caller: Caller, runner: ScopeRef, ref: ScopeRef) -> bool:
    """Whether a function is all that anybody hands to `runner`: what that does is then what it was written for (the loop of a
    consumer), and nothing has to be told apart by who hands it what."""
    return all(functions <= {ref} for _, functions in _handed(view, caller, runner))


def _handed(view: View, caller: Caller, runner: ScopeRef) -> list[tuple[Caller, set[ScopeRef]]]:
    """Those who call `runner`, each with the functions that the call in it means then; where one only hands on what it is given,
    those who call that."""
    last = Caller(runner, caller.site)

    def found() -> list[tuple[Caller, set[ScopeRef]]]:
        return [h for above in view.callers_of(runner) for h in _handed_by(view, caller, (above, last))]

    nobody: list[tuple[Caller, set[ScopeRef]]] = []
    return view.guarded(("handed", caller, runner), found, nobody)


def _handed_by(view: View, caller: Caller, chain: tuple[Caller, ...]) -> Iterator[tuple[Caller, set[ScopeRef]]]:
    assert caller.site is not None
    outermost = frame_scope(view, chain[0].scope)
    for frame in _frames(view, chain):
        place = Place(frame, caller.scope, caller.site.position)
        waiting = [p for t in view.values(caller.site.call.callee, place) for p in awaited(t)]
        further = view.callers_of(outermost) if len(chain) <= MAX_HANDS and all(_is_of(p, outermost) for p in waiting) else ()
        fresh = [c for c in further if c not in chain] if waiting else []
        if fresh:
            yield from (h for c in fresh for h in _handed_by(view, caller, (c, *chain)))
        else:
            yield chain[0], {f.scope for f in meant_by(view, caller, place, ROUNDS if waiting else 0)}


def _is_of(term: Parameter | Pending, function: ScopeRef) -> bool:
    return isinstance(term, Parameter) and term.scope == function


def _frames(view: View, chain: tuple[Caller, ...]) -> list[Frame]:
    """The frames of the last function of a chain of callers, the first of which runs in a symbolic frame."""
    frames: list[Frame | None] = [None]
    for above, below in itertools.pairwise(chain):
        target = frame_scope(view, below.scope)
        frames = [made for frame in frames for made in activations(view, above, target, ROUNDS, frame)]
    return list({f.id: f for f in frames if f is not None}.values())


def runs(view: View) -> dict[ScopeRef, tuple[ScopeRef, ...]]:
    """Function or module -> the scanned functions that it runs itself."""
    found: dict[ScopeRef, dict[ScopeRef, None]] = {}
    for ref in view.scopes:
        if view.scope(ref).kind in {"function", "lambda"}:
            view.ask(ref.path, view.scope(ref).line)
            for way in ways_to(view, ref):
                for runner in way.by:
                    found.setdefault(runner, {})[ref] = None
    return {runner: tuple(run) for runner, run in found.items()}
