"""One subscription per type of message, where the code that handles a channel's messages tells them apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flowmap.linker.contexts import frame_scope
from flowmap.linker.dispatch import Case, Dispatch, dispatch, functions_of
from flowmap.linker.dispatch_families import family
from flowmap.linker.drafts import Draft, as_handler
from flowmap.linker.received import Received, is_message, received, taken, type_key
from flowmap.linker.terms import Place
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir
from flowmap.model.interaction import Confidence, Kind, Role
from flowmap.model.location import Location
from flowmap.naming import event_name

if TYPE_CHECKING:
    from flowmap.linker.view import View

MAX_LEVELS = 4
"""Functions through which a message is handed until its type is told."""
MAX_FUNCTIONS = 24
"""Functions that are looked into for one subscription."""


def by_type(view: View, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The drafts, with one per type that its handler tells apart for a subscription, and one for the rest if there may be one."""
    together: dict[Location, set[str]] = {}
    for draft in drafts:
        if draft.role is Role.SUBSCRIBE and draft.channel is not None:
            together.setdefault(draft.location, set()).add(draft.channel)
    known: dict[object, Dispatch | None] = {}
    for draft in drafts:
        key = (draft.handler, draft.scope, draft.asked)
        if not _is_open(draft):
            yield draft
            continue
        if key not in known:
            view.ask(draft.location.path, draft.location.line)
            first = start(view, draft)
            known[key] = _search(view, first) if first is not None else None
        told = known[key]
        yield from _split(view, draft, told, together[draft.location]) if told is not None else (draft,)


def _is_open(draft: Draft) -> bool:
    """Whether a draft is a subscription with a handler that may tell types apart: that of a task has one kind of work."""
    if draft.role is not Role.SUBSCRIBE or draft.kind is Kind.TASK or draft.handler is None or draft.actor:
        return False
    return draft.channel is not None and draft.event is None


def _split(view: View, draft: Draft, told: Dispatch, channels: set[str]) -> Iterator[Draft]:
    """A subscription by types; `channels` are all that come to the same handler from the same place. Types that are the names of
    channels say nothing new."""
    cases = _fitting(told.cases, draft.channel or "", channels)
    most = Confidence.GUESS if told.guessed else Confidence.DERIVED
    confidence = min(draft.confidence, most, key=lambda c: c.rank)
    for case in cases:
        alone = told.clean and case.handler is not None
        handler = as_handler(view, case.handler) if alone and case.handler is not None else draft.handler
        beside = frozenset() if alone else frozenset(c.turn for c in told.cases) - {case.turn}
        yield replace(draft, event=case.event, confidence=confidence, handler=handler, beside=beside)
    if not told.complete or not cases:
        yield replace(draft, beside=frozenset(c.turn for c in told.cases)) if cases else draft


def _fitting(cases: Sequence[Case], channel: str, channels: set[str]) -> list[Case]:
    """The cases that may be meant for a channel."""
    if any(event_name(c.event) == event_name(channel) for c in cases):
        return []
    named = {event_name(c) for c in channels}
    start = re.split(r"[*#>]", channel)[0]
    below = [c for c in cases if start and start != channel and event_name(c.event).startswith(event_name(start))]
    return below or [c for c in cases if event_name(c.event) not in named]


@dataclass(frozen=True, slots=True)
class Step:
    """A function that is handed a message, and the names that it has for it."""

    place: Place
    messages: frozenset[str]
    types: Mapping[str, str]
    clean: bool = True


def start(view: View, draft: Draft) -> Step | None:
    """The handler of a subscription with what it is given; None if that is no function with a message."""
    assert draft.handler is not None
    path, _, index = draft.handler.key.rpartition(":")
    ref = ScopeRef(path, int(index))
    around = {draft.scope} | ({frame_scope(view, draft.asked.place.scope)} if draft.asked is not None else set())
    place = view.symbolic_place(ref)
    if draft.asked is not None and draft.asked.place.scope == ref:
        place = replace(place, frame=draft.asked.place.frame)
    scope = view.scope(ref)
    own = 1 if scope.parent > 0 and view.unit(path).scope(scope.parent).kind == "class" else 0
    given = () if ref in around else scope.parameters[own:]
    names = frozenset(p.name for p in given if p.kind not in {"star", "double_star"}) or taken(view, ref)
    return Step(place, names, {}) if names else None


def _search(view: View, start: Step) -> Dispatch | None:
    """The nearest function on the way of a message that tells its type."""
    level, seen = [start], {start.place.scope}
    for _ in range(MAX_LEVELS):
        following: list[Step] = []
        for step in level:
            found = received(view, step.place.scope, step.messages, step.types)
            told = dispatch(view, step.place, found) or family(view, step.place, found)
            if told is not None:
                alone = len(level) == 1
                return replace(told, complete=told.complete and alone, clean=told.clean and alone and step.clean)
            following += (s for s in _handed(view, step, found) if s.place.scope not in seen)
            seen.update(s.place.scope for s in following)
        level = following
        if not level or len(seen) > MAX_FUNCTIONS:
            return None
    return None


def _handed(view: View, step: Step, found: Received) -> Iterator[Step]:
    """The functions to which a function gives the message or its type."""
    ref = step.place.scope
    for site in view.unit(ref.path).table(ref.index).calls:
        call = site.call
        if not any(_is_given(a.value, found) for a in call.arguments):
            continue
        functions = functions_of(view, call, Place(step.place.frame, ref, site.position))
        if len(functions) == 1:
            yield _given(view, call, functions[0], found)


def _is_given(node: ir.Expression, found: Received) -> bool:
    return is_message(node, found) or type_key(node, found) is not None


def _given(view: View, call: ir.Call, function: ScopeRef, found: Received) -> Step:
    """A called function with the parameters that take the message and its type."""
    scope = view.scope(function)
    method = scope.parent > 0 and view.unit(function.path).scope(scope.parent).kind == "class"
    names = [p.name for p in scope.parameters]
    bound = method and isinstance(call.callee, ir.Attribute) and names[:1] in (["self"], ["cls"])
    messages: set[str] = set()
    types: dict[str, str] = {}
    positional = iter(names[1:] if bound else names)
    for argument in call.arguments:
        name = argument.keyword or next(positional, None)
        key = type_key(argument.value, found)
        if name is not None and key is not None:
            types[name] = key
        elif name is not None and is_message(argument.value, found):
            messages.add(name)
    return Step(view.symbolic_place(function), frozenset(messages), types, clean=False)
