"""More than one service publishes the same event.

What: Two or more services announce one and the same fact.

Why: A fact has one owner: the service that decides that it has happened. With two, the payloads drift apart, nobody can say who
is right, and a consumer that saw `order.paid` does not know which of the two paid.

How: Names are compared as they travel: by the type of the message, else by the channel. Services of one code base (their folders
are the same or lie in one another) are one owner, as are services that run the same file. Only names that state a fact count: a
stream that is named after a thing may well have many writers, a request may come from anybody, and `failed`, `logged` and their
like are what everybody reports about themselves; a word like `set` may be an instruction. Tasks on queues have other manners.

Bad:
    producer.send("order.paid", {...})       # checkout/api.py
    producer.send("order.paid", {...})       # billing/worker.py

Good:
    producer.send("order.paid", {...})       # billing only; checkout listens

Fix: Let the service that decides publish it; the others call it or publish a fact of their own.

Configure: `extra-facts` adds words that in your domain say that something has happened.

Ignore: While a service is being replaced by another, and both publish for a time.
"""

from collections.abc import Iterable

from flowmap.rule_api import (
    SAME_IN_THE_PAST,
    WORDS,
    Finding,
    Message,
    Rule,
    RuleContext,
    Severity,
    deciders,
    evidence,
    messages,
    mood,
    services,
    weakest,
    words,
)

EVERYBODYS = frozenset(
    "alert audit crashed debug dead dlq error errored failed heartbeat log logged metric metrics notification notifications "
    "polled reported started stopped telemetry trace".split()
)
"""Words of what everybody reports about themselves."""


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per name."""
    for message in context.graph.once(messages):
        publishers = [p for p in message.published if not p.outside]
        owners = deciders(context.graph, publishers)
        if len(owners) < 2 or not _is_owned(context, message):
            continue
        first = [sites[0] for sites in owners.values()]
        yield rule.finding(
            subject=message.name,
            services=services(publishers),
            message=f"{' and '.join(services(first))} publish {message.name}: which of them decides that it happened?",
            evidence=[evidence(p, f"{p.service} publishes {message.name}") for p in publishers],
            confidence=weakest(first),
        )


def _is_owned(context: RuleContext, message: Message) -> bool:
    reading = mood(message.name, context.domain)
    return reading.kind == "fact" and reading.word not in SAME_IN_THE_PAST and not EVERYBODYS & set(words(message.name))


RULE = Rule(
    code="T304",
    slug="contested-event",
    severity=Severity.WARNING,
    why="A fact that several announce has no owner: their payloads drift apart, and nobody can say who is right.",
    instead="Let the service that decides publish it, and let the others call it or state a fact of their own.",
    check=check,
    thresholds=WORDS,
)
