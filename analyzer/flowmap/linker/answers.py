"""Answers: what a service sends to the queue that a message names for them goes to the queues that its askers name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flowmap.linker.drafts import Draft
from flowmap.linker.terms import Member, Term
from flowmap.model.interaction import Confidence, Role


def is_answer(term: Term) -> bool:
    """Whether a destination is the address for answers of a message that came in."""
    return isinstance(term, Member) and term.name == "reply_to"


def answered(own: list[Draft], everything: list[Draft]) -> Iterator[Draft]:
    """The drafts of a service, its answers once for each queue that somebody names who sends to a queue that it reads; an answer
    that only those get who wait for it is part of their calls."""
    read = {(d.transport, d.channel) for d in own if d.role is Role.SUBSCRIBE and d.channel}
    askers = (d for d in everything if d.role is Role.PUBLISH and (d.transport, d.channel) in read)
    named = sorted({queue for d in askers for queue in d.reply_to})
    called = any(d.role is Role.CALL and (d.broker, d.channel) in read for d in everything)
    for draft in own:
        if not draft.answers or draft.channel is not None or not (named or called):
            yield draft
        else:
            yield from (replace(draft, channel=queue, reason="", confidence=Confidence.DERIVED) for queue in named)
