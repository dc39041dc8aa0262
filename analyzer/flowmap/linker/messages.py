"""Publish and subscribe sites out of the plugins' patterns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import product
from typing import TYPE_CHECKING

from flowmap import plugin_api as api
from flowmap.linker.answers import is_answer
from flowmap.linker.contents import payload_of
from flowmap.linker.contexts import Answer, follow, nearest
from flowmap.linker.drafts import Draft, Position, handler_of, located
from flowmap.linker.envelopes import unwrapped
from flowmap.linker.literals import is_literal
from flowmap.linker.mounts import Mount, prefixes, router_of
from flowmap.linker.payloads import event_of
from flowmap.linker.rendering import BROKERS_CHOICE, EMPTY, KEYLESS, NO_CHANNEL, NOTHING, Text, render, render_name
from flowmap.linker.rows import columns, constructions, stored
from flowmap.linker.sites import Site, conditions, function_at, location_of, subjects_of
from flowmap.linker.slots import ask
from flowmap.linker.subjects import Subject, spread_out
from flowmap.linker.tasks import given
from flowmap.linker.terms import Column, Made, Member, Place, Term, Value
from flowmap.linker.units import ScopeRef
from flowmap.linker.waiting import depends
from flowmap.model.interaction import Confidence, Kind, Role
from flowmap.model.location import Evidence

if TYPE_CHECKING:
    from flowmap.linker.view import View


BY_ADDRESS = {"sqs"}  # transports whose queues go by addresses, which no broker makes up for a reader
MAX_PAYLOADS = 200
"""Contexts of one site of which is said what is in their messages."""
UNSEEN = ", and goes through a library that is not in the scan"


@dataclass(frozen=True, slots=True)
class Slots:
    """The values of a message pattern in one context."""

    channel: Value
    exchange: Value = ()
    event: Value = ()
    source: Value = ()
    handler: Value = ()
    group: Value = ()
    identity: Value = ()
    reply_to: Value = ()
    literal: bool = False
    router: Term | None = None
    payload: Value = field(default=(), compare=False)


def message_drafts(view: View, site: Site, table: list[Mount]) -> Iterator[Draft]:
    """The interactions of a publish or subscribe site, one per context and alternative."""
    pattern = site.pattern
    assert isinstance(pattern, api.Messages)

    def question(place: Place, final: bool) -> tuple[list[Slots], tuple[Value, ...]]:
        there, waiting = conditions(view, site, subjects_of(view, site, place, final))
        found = [s for subject in elements(view, pattern.each, there) for s in _slots(view, pattern, subject)]
        return found, (*waiting, *(v for s in found for v in (view.texts(s.channel), s.exchange, s.event, s.handler)))

    def told(place: Place) -> bool:
        content, deciding = question(place, False)
        open_ones = [v for v in deciding if _open(v)]
        others = [v for s in content for v in (s.exchange, s.handler)]  # who decides these does not say what is sent
        return bool(content) and all(v in others for v in open_ones)

    for number, answer in enumerate(follow(view, site.caller, question)):
        where = located(view, site, replace(answer, chain=nearest(view, site.caller, answer.chain, told)))
        for slots_there in answer.content:
            found = slots_there if number < MAX_PAYLOADS else replace(slots_there, payload=())
            if any(isinstance(t, Column) for t in (*found.channel, *found.exchange)):
                yield from _from_rows(view, site, found)
                continue
            outer = prefixes(view, found.router, table) if found.router is not None else [""]
            yield from (d for p in outer for d in _drafts(view, site, pattern, answer, where, found, p))


def _open(value: Value) -> bool:
    """Whether callers may still tell more."""
    return any(depends(t) for t in value)


def _from_rows(view: View, site: Site, found: Slots) -> Iterator[Draft]:
    """The destination stands in stored objects: one interaction per place that makes one, by way of the site that sends them."""
    pattern = site.pattern
    assert isinstance(pattern, api.Messages)
    source = next(t.source for t in (*found.channel, *found.exchange) if isinstance(t, Column))
    relay = Evidence(location_of(view, site.caller), f"{site.plugin.name} call", function_at(view, site.caller.scope))
    makers = constructions(view, source)
    for maker in makers:
        yield from made_there(view, replace(site, caller=maker), found, relay)
    if not makers:
        answer = Answer([found], view.symbolic_place(site.caller.scope), (), True)
        yield from _drafts(view, site, pattern, answer, located(view, site, answer), found, "")


def made_there(view: View, site: Site, found: Slots, relay: Evidence, prefix: str = "") -> Iterator[Draft]:
    """What is published of the objects that one call, the site's, makes and stores."""
    pattern = site.pattern
    assert isinstance(pattern, api.Messages)

    def question(place: Place, final: bool) -> tuple[list[Slots], tuple[Value, ...]]:
        kept = (found.channel, found.exchange, found.event, columns(view, unwrapped(view, found.payload)))
        values = [stored(view, v, site.caller, place) for v in kept]
        channel, exchange, event, payload = (view.close(v) for v in values) if final else values
        there = replace(found, channel=channel, exchange=exchange, event=event, payload=payload, literal=False)
        return [there], (channel, exchange, event)

    for answer in follow(view, site.caller, question):
        for slots_there in answer.content:
            for draft in _drafts(view, site, pattern, answer, located(view, site, answer), slots_there, prefix):
                yield replace(draft, via=(*draft.via, relay))


def elements(view: View, each: api.Ref | None, found: list[Subject]) -> Iterator[Subject]:
    """The subjects, one per element of what a pattern goes through."""
    for subject in found:
        if each is None:
            yield subject
        else:
            for term in ask(view, api.Each(each), subject):
                yield replace(subject, current=(term,))


def _slots(view: View, pattern: api.Messages, subject: Subject) -> Iterator[Slots]:
    channel = columns(view, closed(view, ask(view, pattern.channel, subject), subject))
    exchange = closed(view, ask(view, pattern.exchange, subject), subject)
    if not channel and not exchange:
        wider = spread_out(subject) if not subject.spread else None
        yield from _slots(view, pattern, wider) if wider is not None else ()
        return
    payload = ask(view, pattern.payload, subject)
    event = ask(view, pattern.event, subject) or event_of(view, payload) or event_of(view, view.close(payload))
    if pattern.positional is not None or pattern.keywords is not None:
        payload = given(view, pattern, subject)
    handler = ask(view, pattern.handler, subject)
    yield Slots(
        channel,
        exchange,
        closed(view, event, subject),
        closed(view, ask(view, pattern.source, subject), subject),
        closed(view, handler, subject),
        closed(view, ask(view, pattern.group, subject), subject),
        ask(view, pattern.identity, subject),
        closed(view, ask(view, pattern.reply_to, subject), subject),
        is_literal(view, pattern.channel, subject),
        router_of(subject) if pattern.prefixed else None,
        payload,
    )


def closed(view: View, value: Value, subject: Subject) -> Value:
    return view.close(value) if subject.final else value


def _drafts(
    view: View, site: Site, pattern: api.Messages, answer: Answer[list[Slots]], where: Position, found: Slots, prefix: str
) -> Iterator[Draft]:
    confidence = Confidence.CERTAIN if found.literal and not answer.chain else Confidence.DERIVED
    if site.guessed or (site.plugin.fallback and not pattern.evident):
        confidence = Confidence.GUESS
    subscribes = pattern.role is Role.SUBSCRIBE
    exchanges = _exchanges(view, found.exchange)
    texts = channels_of(view, found.channel, queue=subscribes and pattern.transport not in BY_ADDRESS)
    if len(exchanges) > 1 and len(texts) > 1:
        exchanges, texts = [None], (Text(None, "one of several exchanges, with one of several routing keys"),)
    events: list[str | None] = [t.text for t in render(view, found.event) if t.text] or [None]
    groups = [t.text for t in render(view, found.group) if t.text]
    sources = [t.text for t in render(view, found.source) if t.text]
    base = Draft(
        role=pattern.role,
        transport=pattern.transport or site.plugin.transport,
        plugin=site.plugin.name,
        confidence=confidence,
        space=pattern.space,
        group=groups[0] if groups else None,
        source=sources[0] if len(sources) == 1 else None,
        kind=pattern.kind,
        match=pattern.match or site.plugin.match,
        speculative=pattern.speculative,
        local=pattern.local,
        public=pattern.public,
        planned=pattern.planned,
        timed=pattern.timed,
        reply_to=tuple(t.text for t in render(view, found.reply_to) if t.text),
        payload=view.apart(lambda: payload_of(view, found.payload, _through(site, answer))) if not subscribes else None,
        **where,
    )
    unseen = UNSEEN if site.plugin.fallback else ""
    for exchange, text in product(exchanges, texts):
        channel = prefix + text.text if text.text is not None else None
        handler = handler_of(view, found.handler, site, answer.place, channel, around=pattern.around) if subscribes else None
        for event in events[:16] if channel is not None else events[:1]:
            yield replace(
                base,
                channel=channel,
                exchange=exchange,
                reason=text.reason and text.reason + unseen,
                unreached=text.uncalled,
                kept=text.name,
                raw=object_of(found.identity),
                event=event,
                handler=handler,
                answers=text.text is None and any(is_answer(t) for t in found.channel),
                private=text.reason == BROKERS_CHOICE,
            )


def _through(site: Site, answer: Answer[list[Slots]]) -> list[ScopeRef]:
    """The functions through which a message is handed; the arguments of a task are none."""
    task = isinstance(site.pattern, api.Messages) and site.pattern.kind is Kind.TASK
    return [c.scope for c in (*answer.chain, site.caller)] if not task else []


def channels_of(view: View, value: Value, *, queue: bool) -> tuple[Text, ...]:
    """The alternatives of a channel."""
    texts = [_unnamed(t, queue=queue) if t.text == "" or t.reason == NOTHING else t for t in render_name(view, value)]
    known = any(t.text is not None for t in texts)
    for cut in (t for t in texts if t.cut):
        view.bounded_out(cut.reason)
    if known:
        return tuple(t for t in texts if t.text is not None or t.cut)
    unknown = tuple(t for t in texts if t.reason not in KEYLESS)  # what may be left out or be something unknown is not known
    return unknown or tuple(texts) or (Text(None, NO_CHANNEL),)


def _unnamed(text: Text, *, queue: bool) -> Text:
    """Why there is no name: the broker chooses that of a queue which is given none."""
    return Text(None, BROKERS_CHOICE) if queue else Text(None, EMPTY) if text.text == "" else text


def _exchanges(view: View, value: Value) -> list[str | None]:
    """The alternatives of an exchange that are known."""
    return list(dict.fromkeys(t.text for t in render(view, value) if t.text is not None)) or [None]


def object_of(identity: Value) -> Term | None:
    return next((t for t in identity if isinstance(t, Made | Member)), None)
