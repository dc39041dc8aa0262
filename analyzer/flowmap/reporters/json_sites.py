"""Interactions in the shape of the contract: what is said of them, and what they said before the system was connected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flowmap.model.flow import Flow
from flowmap.model.interaction import Confidence, Endpoint, Handler, Interaction, Kind, Match, Role, Streams
from flowmap.reporters.json_base import hop, location, place, step
from flowmap.reporters.json_models import (
    AskedModel,
    EndpointModel,
    HandlerModel,
    InteractionModel,
    Trait,
)
from flowmap.reporters.json_patience import breaker, breaking, retry, timeout, trying, waiting
from flowmap.reporters.json_payload import contents, payload
from flowmap.reporters.json_steps import step_of, taken

TRAITS: tuple[Trait, ...] = ("awaited", "answers", "beside", "called", "planned", "private", "public", "speculative", "unreached")
"""Traits that are fields of an interaction."""
UNWAITED: Trait = "unwaited"


def sites(flow: Flow, *, outside: bool = False) -> list[InteractionModel]:
    """The interactions of a graph: those of its services, or what is stated of others."""
    before = {i.id: i for i in flow.parts.interactions}
    return [_site(i, before) for i in flow.interactions if i.outside is outside]


def unconnected(flow: Flow) -> list[InteractionModel]:
    """What the graph leaves out and a larger one may not; what stays inside a process is none of it."""
    shown = {i.id for i in flow.interactions}
    return [_site(i, {}) for i in flow.parts.interactions if i.id not in shown and not i.local]


def _site(i: Interaction, before: Mapping[str, Interaction]) -> InteractionModel:
    return InteractionModel(
        id=i.id,
        role=i.role.value,
        service=i.service,
        transport=i.transport,
        channel=i.channel,
        exchange=i.exchange,
        event=i.event,
        target=i.target,
        operation=i.operation,
        kind=i.kind.value,
        handler=i.handler.name if i.handler else None,
        handled=HandlerModel(key=i.handler.key, location=location(i.handler.location)) if i.handler else None,
        group=i.group,
        source=i.source,
        match=i.match.value,
        space=i.space,
        broker=i.broker,
        endpoint=_endpoint(named) if (named := before.get(i.id, i).endpoint) is not None else None,
        asked=_asked(before.get(i.id, i), i),
        traits=[trait for trait in TRAITS if getattr(i, trait)] + ([] if i.waits else [UNWAITED]),
        payload=payload(i.payload) if i.payload is not None else None,
        location=location(i.location),
        function=i.function,
        via=[hop(v) for v in i.via],
        evidence=[hop(e) for e in i.evidence],
        local=i.local,
        timeout=timeout(i.timeout) if i.timeout else None,
        retries=[retry(r) for r in i.retries],
        breakers=[breaker(b) for b in i.breakers],
        triggers=list(i.triggers),
        steps=[taken(s) for s in i.steps],
        confidence=i.confidence.value,
        unresolved=i.unresolved,
        plugin=i.plugin,
    )


def _endpoint(e: Endpoint) -> EndpointModel:
    return EndpointModel(
        host=e.host,
        port=e.port,
        scheme=e.scheme,
        setting=e.hint,
        package=e.package or None,
        streams=e.streams.value if e.streams is not None else None,
    )


def _asked(before: Interaction, now: Interaction) -> AskedModel | None:
    """What was known of a call before, if that has changed."""
    if replace(before, triggers=(), steps=()) == replace(now, triggers=(), steps=()):
        return None
    return AskedModel(
        evidence=len(before.evidence),
        target=before.target,
        operation=before.operation,
        confidence=before.confidence.value,
        unresolved=before.unresolved,
    )


def site(m: InteractionModel) -> Interaction:
    """An interaction as it was before the system was connected."""
    before = m.asked
    confidence = before.confidence if before is not None else m.confidence
    operation = before.operation if before is not None else m.operation
    return Interaction(
        id=m.id,
        role=Role(m.role),
        service=m.service,
        transport=m.transport,
        location=place(m.location),
        confidence=Confidence(confidence),
        channel=m.channel,
        exchange=m.exchange,
        space=m.space,
        broker=m.broker,
        event=m.event,
        source=m.source,
        target=before.target if before is not None else m.target,
        endpoint=_called(m.endpoint, operation) if m.endpoint is not None else None,
        kind=Kind(m.kind),
        match=Match(m.match),
        group=m.group,
        handler=Handler(m.handler or "", place(m.handled.location), m.handled.key) if m.handled is not None else None,
        payload=contents(m.payload) if m.payload is not None else None,
        function=m.function,
        via=tuple(step(h) for h in m.via),
        evidence=tuple(step(h) for h in (m.evidence if before is None else m.evidence[: before.evidence])),
        triggers=tuple(m.triggers),
        steps=tuple(step_of(s) for s in m.steps),
        waits=UNWAITED not in m.traits,
        local=m.local,
        timeout=waiting(m.timeout) if m.timeout is not None else None,
        retries=tuple(trying(r) for r in m.retries),
        breakers=tuple(breaking(b) for b in m.breakers),
        unresolved=before.unresolved if before is not None else m.unresolved,
        plugin=m.plugin,
        awaited="awaited" in m.traits,
        answers="answers" in m.traits,
        called="called" in m.traits,
        planned="planned" in m.traits,
        private="private" in m.traits,
        public="public" in m.traits,
        speculative="speculative" in m.traits,
        unreached="unreached" in m.traits,
        beside="beside" in m.traits,
    )


def _called(m: EndpointModel, operation: str | None) -> Endpoint:
    streams = Streams(m.streams) if m.streams is not None else None
    return Endpoint(operation or "", m.host, m.port, m.scheme, m.setting, m.package or "", streams)
