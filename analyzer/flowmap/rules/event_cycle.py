"""A handler sets itself off again, over events alone.

What: What a handler publishes leads, from event to event, back to the handler.

Why: Nothing in such a circle waits, so nothing ends it: one message may go round for ever, and each round may make more than one.
The load grows without any request, and the log of every single service looks right.

How: From each subscription to what its handler can publish, to who receives that, and on. Instructions are no events (who directs
others and hears their answers is an orchestrator), nor are calls; what goes back to its own channel to be tried again is R405's. A
condition in a handler that ends the round is not seen. No circle is followed through a function that handles several kinds of
messages: it tells them apart, and which leads to what is not known. If a channel does not say of what type its messages are, the
finding is a guess. Handlers that are on several circles together are reported once, with the shortest way round.

Bad:
    @broker.subscriber("stock.changed")          # shop
    async def reprice(event): await broker.publish(price, "price.changed")

    @broker.subscriber("price.changed")          # warehouse
    async def recount(event): await broker.publish(stock, "stock.changed")

Good:
    @broker.subscriber("price.changed")
    async def relabel(event): await broker.publish(labels, "labels.printed")

Fix: Take out the edge that carries no news: publish only if something did change, or react to the first cause instead.

Configure: nothing.

Ignore: When a condition ends the round for certain; say which one in the reason.
"""

from collections.abc import Iterable

from flowmap.rule_api import (
    Confidence,
    Cycle,
    Evidence,
    Finding,
    Rule,
    RuleContext,
    Severity,
    event_cycles,
    evidence,
    services,
    weakest,
)


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per set of handlers."""
    for cycle in context.graph.once(event_cycles):
        names = [published.event or published.channel or "" for _, published in cycle.hops]
        service = cycle.hops[0][0].service
        more = f"; further subscriptions on the same circles: {len(cycle.others)}" if cycle.others else ""
        yield rule.finding(
            subject=names[-1],
            services=services((*cycle.sites, *cycle.others)),
            message=f"{service} sets itself off again: {' → '.join([names[-1], *names])}{more}",
            evidence=_hops(cycle),
            confidence=Confidence.GUESS if cycle.vague else weakest(cycle.sites),
        )


def _hops(cycle: Cycle) -> Iterable[Evidence]:
    for subscribed, published in cycle.hops:
        yield evidence(subscribed, f"{subscribed.service} reacts to {subscribed.event or subscribed.channel}")
        yield evidence(published, f"{published.service} publishes {published.event or published.channel}")


RULE = Rule(
    code="T303",
    slug="event-cycle",
    severity=Severity.ERROR,
    why="Nothing in the circle waits, so nothing ends it: a message may go round for ever.",
    instead="Publish only what is new, or react to the first cause instead of to its consequence.",
    check=check,
)
