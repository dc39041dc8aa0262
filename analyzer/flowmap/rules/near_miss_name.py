"""Two loose ends under names that hardly differ.

What: A message that nobody hears and a subscription that nobody feeds, on one transport, with names that differ by case,
separators, plural, version, spelling, a prefix, an inflection or a letter or two.

Why: The two were almost certainly meant to meet. Brokers know no typing errors: the publisher sees success, the subscriber waits
for ever, and nothing fails that anybody would notice.

How: Only loose ends are compared (see T301 and T302), channel with channel, or, on one channel, type with type and exchange with
exchange. Names that are near as letters but far in meaning are different names: other numbers, opposites (`locked`, `unlocked`),
two words that both exist (`created`, `updated`). What differs by more than case, separators, plural, version or spelling must have
its ends in two services, for a service may well send `rate` and wait for `rated`. A site of the transport that could not be
resolved may be the missing end of either: the finding is then a guess.

Bad:
    producer.send("order-canceled", order)            # orders
    consumer.subscribe(["order-cancelled"])           # billing

Good:
    producer.send(topics.ORDER_CANCELLED, order)      # both take the name from one place
    consumer.subscribe([topics.ORDER_CANCELLED])

Fix: Decide for one of the names and change the other end, the subscriber first if messages are already under way.

Configure: nothing.

Ignore: When both names have their other ends outside the scan; better, declare those under `[[tool.flowmap.externals]]`.
"""

from collections.abc import Iterable

from flowmap.rule_api import (
    Confidence,
    Finding,
    Rule,
    RuleContext,
    Severity,
    cannot_tell,
    evidence,
    near_misses,
    services,
    weakest,
)


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per pair of names."""
    for miss in context.graph.once(near_misses):
        sites = (*miss.published, *miss.subscribed)
        yield rule.finding(
            subject=miss.sent,
            services=services(sites),
            message=f"{' and '.join(services(miss.published))} publish{'es' * (len(services(miss.published)) == 1)} {miss.sent}, "
            f"which nobody hears, and {' and '.join(services(miss.subscribed))} "
            f"listen{'s' * (len(services(miss.subscribed)) == 1)} to {miss.heard}, which nobody sends: they differ by "
            f"{miss.difference}{cannot_tell(miss.blind, 'other ends')}",
            evidence=[
                *(evidence(s, f"{s.service} publishes {miss.sent}") for s in miss.published),
                *(evidence(s, f"{s.service} listens to {miss.heard}") for s in miss.subscribed),
            ],
            confidence=Confidence.GUESS if miss.blind else weakest(sites),
        )


RULE = Rule(
    code="E204",
    slug="near-miss-name",
    severity=Severity.ERROR,
    why="The two were meant to meet; the message goes nowhere, the handler never runs, and nothing fails.",
    instead="Give both ends the same name, from one constant if they share code.",
    check=check,
)
