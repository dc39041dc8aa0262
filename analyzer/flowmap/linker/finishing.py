"""From drafts to interactions: ids that stay under unrelated edits, and the handlers that lead to what is sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from flowmap.linker.contexts import frame_scope
from flowmap.linker.deciding import deciding
from flowmap.linker.drafts import Draft, key_of
from flowmap.linker.reach import all_above, starts_of
from flowmap.linker.steps import Courses, Reached
from flowmap.linker.units import ScopeRef, Turn
from flowmap.linker.view import View
from flowmap.model.identity import identified
from flowmap.model.interaction import OUTSIDE, Interaction, Role
from flowmap.model.location import Evidence
from flowmap.model.project import Service
from flowmap.model.step import Step

Starts: TypeAlias = dict[tuple[str, frozenset[Turn]], list[str]]
"""The ids of what starts a handler, known by its key, of which some turns are for others."""


@dataclass(slots=True)
class _Led:
    """What leads to a site."""

    triggers: set[str] = field(default_factory=set)
    steps: list[Step] = field(default_factory=list)


def finished(service: Service, view: View, drafts: Iterable[Draft]) -> list[tuple[Draft, Interaction]]:
    """The drafts of a service, each with the interaction that it is, which has its id and the handlers that lead to it."""
    in_order = sorted(drafts, key=_order)
    pairs = list(zip(in_order, identified([_interaction(service.name, d, deciding(service, d)) for d in in_order]), strict=True))
    starts: Starts = {}
    for draft, i in pairs:
        if i.handler is not None:
            starts.setdefault((i.handler.key, draft.beside), []).append(i.id)
    sending = [n for n, (draft, i) in enumerate(pairs) if i.role in (Role.PUBLISH, Role.CALL) and not draft.actor]
    led = _led(view, [Reached(n, frame_scope(view, pairs[n][0].scope), pairs[n][0].way) for n in sending], starts)
    for number, (draft, _) in enumerate(pairs):
        if draft.actor:
            begun = [t for (key, _), ids in starts.items() if key == draft.actor for t in ids]
            led[number].triggers.update(begun)
            led[number].steps += (Step(trigger, number) for trigger in begun)
    return [(draft, _after(i, led[number]) if number in led else i) for number, (draft, i) in enumerate(pairs)]


def _after(interaction: Interaction, led: _Led) -> Interaction:
    """The interaction with what leads to it but itself."""
    triggers = tuple(sorted(led.triggers - {interaction.id}))
    return replace(interaction, triggers=triggers, steps=tuple(s for s in led.steps if s.trigger in triggers))


def _led(view: View, sites: Sequence[Reached], starts: Starts) -> defaultdict[int, _Led]:
    """For each site, by its number, the handlers that lead to it, and how."""
    keys = {key for key, _ in starts}
    ways = all_above(view, [site.scope for site in sites])
    above = starts_of(ways, lambda ref: key_of(ref) in keys)
    below: dict[ScopeRef, list[int]] = defaultdict(list)
    for site in sites:
        for ref in above[site.scope]:
            below[ref].append(site.number)
    courses = Courses(view, ways, sites)
    refs = {key_of(ref): ref for ref in below}
    found: defaultdict[int, _Led] = defaultdict(_Led)
    for (key, beside), ids in starts.items():
        if key in refs:
            for number in courses.reaches(refs[key], beside) if beside else below[refs[key]]:
                found[number].triggers.update(ids)
            for order, (number, around) in enumerate(courses.steps(refs[key], beside)):
                found[number].steps += (Step(trigger, order, around) for trigger in ids)
    return found


def of_outsider(name: str, drafts: Iterable[Draft]) -> list[tuple[Draft, Interaction]]:
    """The same of an external; there is no code that could lead from one to another."""
    in_order = sorted(drafts, key=_order)
    return list(zip(in_order, identified([_interaction(f"{OUTSIDE}{name}", d, ()) for d in in_order]), strict=True))


def _order(draft: Draft) -> tuple[object, ...]:
    return (draft.location, str(draft.channel), str(draft.event), str(draft.endpoint))


def _interaction(service: str, draft: Draft, decided: tuple[Evidence, ...]) -> Interaction:
    """The draft as it is said of a service, with the lines that decide its destination and without an id."""
    missing = bool(draft.reason) if draft.endpoint is not None else draft.channel is None
    return Interaction(
        id="",
        role=draft.role,
        service=service,
        transport=draft.transport,
        location=draft.location,
        confidence=draft.confidence,
        channel=draft.channel,
        exchange=draft.exchange or None,
        space=draft.space,
        broker=draft.broker,
        event=draft.event if not missing else None,
        source=draft.source,
        target=draft.service,
        endpoint=draft.endpoint,
        kind=draft.kind,
        match=draft.match,
        group=draft.group,
        handler=draft.handler,
        payload=draft.payload,
        function=draft.function,
        via=draft.via,
        evidence=(*decided, *draft.wires),
        awaited=draft.awaited,
        waits=draft.waits,
        speculative=draft.speculative,
        unreached=draft.unreached,
        answers=draft.answers,
        private=draft.private,
        local=draft.local,
        public=draft.public,
        planned=draft.planned,
        timeout=draft.timeout,
        retries=draft.retries,
        breakers=draft.breakers,
        unresolved=(draft.reason or "not known") if missing else None,
        plugin=draft.plugin,
    )
