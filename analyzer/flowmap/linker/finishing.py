"""From drafts to interactions: ids that stay under unrelated edits, and the handlers that lead to what is sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flowmap.linker.deciding import deciding
from flowmap.linker.drafts import Draft, key_of
from flowmap.linker.reach import starts_above
from flowmap.linker.units import ScopeRef
from flowmap.linker.view import View
from flowmap.model.identity import identified
from flowmap.model.interaction import OUTSIDE, Interaction, Role
from flowmap.model.location import Evidence
from flowmap.model.project import Service


def finished(service: Service, view: View, drafts: Iterable[Draft]) -> list[Interaction]:
    """The interactions of a service, with ids, and with the handlers that lead to them."""
    in_order = sorted(drafts, key=_order)
    pairs = list(zip(in_order, identified([_interaction(service.name, d, deciding(service, d)) for d in in_order]), strict=True))
    starts: dict[str, list[str]] = {}
    for _, interaction in pairs:
        if interaction.handler is not None:
            starts.setdefault(interaction.handler.key, []).append(interaction.id)
    sending = [draft.scope for draft, i in pairs if i.role in (Role.PUBLISH, Role.CALL) and not draft.actor]
    above = starts_above(view, sending, lambda ref: key_of(ref) in starts)
    return [_triggered(i, draft, above, starts) if i.role in (Role.PUBLISH, Role.CALL) else i for draft, i in pairs]


def of_outsider(name: str, drafts: Iterable[Draft]) -> list[Interaction]:
    """The interactions of an external, with ids; there is no code that could lead from one to another."""
    return identified([_interaction(f"{OUTSIDE}{name}", d, ()) for d in sorted(drafts, key=_order)])


def _order(draft: Draft) -> tuple[object, ...]:
    return (draft.location, str(draft.channel), str(draft.event), str(draft.endpoint))


def _triggered(
    interaction: Interaction, draft: Draft, above: dict[ScopeRef, list[ScopeRef]], starts: dict[str, list[str]]
) -> Interaction:
    keys = [draft.actor] if draft.actor else [key_of(ref) for ref in above[draft.scope]]
    ids = sorted({i for key in keys for i in starts.get(key, ())} - {interaction.id})
    return replace(interaction, triggers=tuple(ids))


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
        timeout=draft.timeout,
        retries=draft.retries,
        breakers=draft.breakers,
        unresolved=(draft.reason or "not known") if missing else None,
        plugin=draft.plugin,
    )
