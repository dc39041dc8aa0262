"""From drafts to interactions: ids that stay under unrelated edits, and the handlers that lead to what is sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from flowmap.linker.contexts import frame_scope
from flowmap.linker.deciding import deciding
from flowmap.linker.drafts import Draft
from flowmap.linker.leading import Leading
from flowmap.linker.steps import Reached
from flowmap.linker.units import ScopeRef
from flowmap.linker.view import View
from flowmap.model.identity import identified
from flowmap.model.interaction import OUTSIDE, Interaction, Kind, Role
from flowmap.model.location import Evidence
from flowmap.model.project import Service
from flowmap.model.step import Step


def finished(service: Service, view: View, drafts: Iterable[Draft], beside: frozenset[str]) -> list[tuple[Draft, Interaction]]:
    """The drafts of a service, each with the interaction that it is, which has its id and the handlers that lead to it; `beside`
    are the files that are not of its program."""
    in_order = sorted(drafts, key=_order)
    said = [replace(_interaction(service.name, d, deciding(service, d)), called=_is_called(view, d)) for d in in_order]
    pairs = list(zip(in_order, identified(said), strict=True))
    sending = [n for n, (draft, i) in enumerate(pairs) if i.role in (Role.PUBLISH, Role.CALL) and not draft.actor]
    leading = Leading(view, [Reached(n, frame_scope(view, pairs[n][0].scope), pairs[n][0].way) for n in sending], pairs)
    triggers, steps = leading.triggers(), leading.steps()
    acting: dict[str, list[str]] = defaultdict(list)
    for _, i in pairs:
        if i.handler is not None:
            acting[i.handler.key].append(i.id)
    for number, (draft, _) in enumerate(pairs):
        if draft.actor:
            triggers[number] = set(acting[draft.actor])
            steps[number] = [Step(trigger, number) for trigger in acting[draft.actor]]
    led_to = ((draft, _after(i, triggers.get(n, set()), steps.get(n, []))) for n, (draft, i) in enumerate(pairs))
    return [(draft, replace(i, beside=i.location.path in beside and not i.triggers)) for draft, i in led_to]


def _after(interaction: Interaction, triggers: set[str], steps: Sequence[Step]) -> Interaction:
    """The interaction with what leads to it but itself."""
    others = tuple(sorted(triggers - {interaction.id}))
    return replace(interaction, triggers=others, steps=tuple(s for s in steps if s.trigger in others))


def _is_called(view: View, draft: Draft) -> bool:
    """Whether code calls the function of a task like any other, without a worker."""
    if draft.role is not Role.SUBSCRIBE or draft.kind is not Kind.TASK or draft.handler is None:
        return False
    path, _, index = draft.handler.key.rpartition(":")
    return any(c.kind == "call" for c in view.callers_of(ScopeRef(path, int(index))))


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
