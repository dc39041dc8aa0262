"""Something is published and nobody listens.

What: A service publishes to a channel that no service of the scan and no declared external consumes, and that no deployment file
leads into a queue.

Why: The work of making and sending it is wasted, or, worse, somebody believes that a reaction happens which does not.

How: Every publish site is compared with every subscription of the same transport, with that transport's matching rules. The
answer has three values: nobody listens (reported), somebody listens (silent), cannot tell (reported with confidence `guess`, and
so not by a gate): a subscription of the same transport whose channel could not be resolved may be the missing end, as may a
queue that nothing in the scan binds or fills, if the message goes into an exchange of AMQP.
Types of messages that a handler tells apart, as far as that is only read from its code, leave the channel its two ends.
Where deployment files make channels of that transport, or a listing of the broker names them, the finding says whether this is
one of them, or else which has nearly the same name.

Bad:
    producer.send("order-archived", order)        # no service subscribes to order-archived

Good:
    producer.send("order-placed", order)          # billing subscribes to order-placed

Fix: Delete the publication, add the missing subscriber, correct the name, or declare the consumer outside the scan under
`[[tool.flowmap.externals]]` with `subscribes = ["order-archived"]`.

Configure: nothing.

Ignore: When the event is published for consumers that cannot be named.
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
    known_of,
    services,
    unseen,
    weakest,
)

SHOWN = 5
"""Blind spots that are shown as evidence."""


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per channel that nobody listens to."""
    for end in context.graph.unheard():
        known, places = known_of(context.graph, end.sites[0])
        names, doubt = services(end.sites), known + cannot_tell(end.blind, "subscriptions")
        yield rule.finding(
            subject=end.channel,
            services=names,
            message=f"{' and '.join(names)} publish{'es' * (len(names) == 1)} {end.channel}, and nothing listens to it{doubt}",
            evidence=[
                *(evidence(s, f"{s.service} publishes {end.channel}") for s in end.sites),
                *(evidence(b, f"{b.service} subscribes to {unseen(b)}") for b in end.blind[:SHOWN]),
                *places,
            ],
            confidence=Confidence.GUESS if end.blind else weakest(end.sites),
        )


RULE = Rule(
    code="T301",
    slug="orphaned-event",
    severity=Severity.WARNING,
    why="Either the work of sending it is wasted, or a reaction that somebody relies on never happens.",
    instead="Remove it, add the missing subscriber, or declare the consumer that the scan cannot see.",
    check=check,
)
