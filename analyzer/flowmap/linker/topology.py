"""Topology: a queue's reader listens to the routing keys that the queue is bound with, wherever that is declared; a subscription's
reader to its topic."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from flowmap.linker.binding import Binding
from flowmap.linker.drafts import Draft
from flowmap.linker.rendering import KEYLESS
from flowmap.linker.terms import Made, Term
from flowmap.model.interaction import Confidence, Kind, Role
from flowmap.model.project import Conduit, Forward

_KEYED = {"direct", "topic"}
"""Types of exchanges that look at routing keys."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The AMQP routing keys that are published without an exchange, the names under which exchanges that look at no routing key get
    what they hand on, and the exchanges that look at it and get nothing without one."""

    direct: frozenset[str]
    handed_on: Mapping[str, tuple[str, ...]]
    keyed: frozenset[str]


def bound_channels(draft: Draft, own: list[Binding], others: list[Binding], sent: Sent) -> Iterator[Draft]:
    """The draft once per binding of its queue, at an exchange that looks at no routing key once per name of what it gets; itself
    where the queue is bound nowhere, or is also published to by name."""
    if draft.role is Role.PUBLISH and draft.transport == "amqp":
        if not draft.exchange and draft.kind is Kind.EVENT and draft.confidence is not Confidence.GUESS:
            draft = replace(draft, kind=Kind.COMMAND)  # the default exchange puts it into one queue
        keyless = draft.reason in KEYLESS or draft.exchange in sent.handed_on
        yield replace(draft, channel=draft.exchange, reason="") if not draft.channel and draft.exchange and keyless else draft
        return
    if draft.role is not Role.SUBSCRIBE:
        yield draft
        return
    carried = [b for b in (*own, *others) if b.carries and b.queue == draft.exchange and b.transport == draft.transport]
    if carried:
        yield from (replace(draft, exchange=b.exchange) for b in carried)
        return
    found = _bindings_of(draft, own) or ([] if not draft.channel else _bindings_of(draft, others))
    useful = [b for b in found if (b.exchange or b.key) and not _is_for_answers(b, sent)]
    for binding in useful:
        named = (_fed_by(binding, sent) or draft.channel,)
        for channel in sent.handed_on.get(binding.exchange or "", named) if draft.transport == "amqp" else named:
            yield replace(
                _decided(draft, binding),
                channel=channel,
                exchange=binding.exchange or draft.exchange,
                group=draft.channel or draft.group,
                private=draft.private and not binding.unread,
                reason="" if channel else binding.unread or draft.reason,
            )
    unnamed = draft.transport == "amqp" and not draft.channel and (draft.private or draft.reason in KEYLESS)
    if unnamed and draft.exchange and not useful:  # a queue without a name that says itself which exchange fills it
        for channel in sent.handed_on.get(draft.exchange, (draft.exchange,)):
            yield replace(draft, channel=channel, reason="", private=False)
        return
    if not useful or (draft.transport == "amqp" and draft.channel in sent.direct):
        draft = draft if not found else replace(draft, private=False)
        yield draft if draft.channel or not useful else replace(draft, reason=draft.reason or "an anonymous queue")


def _is_for_answers(binding: Binding, sent: Sent) -> bool:
    """Whether a queue without a name gets only what somebody sends to the name that the broker chooses for it."""
    return binding.anonymous is not None and not binding.key and not binding.unread and binding.exchange in sent.keyed


def _fed_by(binding: Binding, sent: Sent) -> str | None:
    """What a queue is fed under: bound without a key, its own name is its key, which counts where the exchange looks at keys."""
    own = not binding.key and not binding.unread and binding.transport == "amqp" and binding.exchange in sent.keyed
    return binding.queue if own and binding.queue else binding.feed


def as_forward(binding: Binding) -> Forward | None:
    """A binding as what any scan can know of it; None for one of a queue that has no name."""
    source = binding.feed
    if not binding.queue or not source or binding.carries:
        return None
    conduit = Conduit(binding.transport, source, binding.exchange or "")
    return Forward(conduit, Conduit(binding.transport, binding.queue), binding.where["location"])


def sent_by(drafts: Iterable[Draft], exchanges: Collection[tuple[str, str]]) -> Sent:
    """What is published over AMQP, exchanges being declared with their types; one that hands on everything and that nobody is seen
    to publish to, or that gets messages without a key, gives them its own name."""
    sent = [d for d in drafts if d.role is Role.PUBLISH and d.transport == "amqp"]
    fanouts = {e for e, kind in exchanges if kind == "fanout"}
    keys = {e: dict.fromkeys(d.channel or e for d in sent if d.exchange == e and (d.channel or not d.reason)) for e in fanouts}
    other = {e for e, kind in exchanges if kind not in _KEYED} | {d.exchange for d in sent if not d.channel and d.reason in KEYLESS}
    direct = frozenset(d.channel for d in sent if d.channel and not d.exchange)
    return Sent(direct, {e: tuple(k) or (e,) for e, k in keys.items()}, frozenset(e for e, _ in exchanges) - other)


def _decided(draft: Draft, binding: Binding) -> Draft:
    """The draft where its binding is decided: in a caller, if a wrapper makes the queue, binds it and reads from it."""
    if draft.channel or binding.anonymous == draft.raw:
        return draft
    return replace(draft, **binding.where)


def _bindings_of(draft: Draft, bindings: list[Binding]) -> list[Binding]:
    same = [b for b in bindings if b.transport == draft.transport and not b.carries]
    if draft.channel:
        return [b for b in same if b.queue == draft.channel]
    return [b for b in same if b.anonymous is not None and _same_queue(b.anonymous, draft.raw)]


def _same_queue(bound: Term, read: Term | None) -> bool:
    """Whether it is one library object, or the same one that is told apart by its callers on the side of the binding only."""
    if bound == read:
        return True
    made, known = (t.creation if isinstance(t, Made) else None for t in (bound, read))
    return made is not None and known is not None and made.call is known.call and known.place.frame.link is None
