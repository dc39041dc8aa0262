"""Somebody listens to a channel that nobody publishes to.

What: A service subscribes to a channel on which no service of the scan and no declared external publishes.

Why: The handler is dead code, or it waits for an event under a name that the publisher has changed.

How: The mirror of T301, with the same three answers: a publication of the same transport that could not be resolved makes it
"cannot tell", confidence `guess`; so does, for a queue of AMQP that nothing in the scan binds, a message that goes into an exchange
and is not heard.
Types of messages that a handler tells apart, as far as that is only read from its code, leave the channel its two ends.
Where deployment files make channels of that transport, or a listing of the broker names them, the finding says whether this is
one of them, or else which has nearly the same name.

Bad:
    consumer.subscribe(["order-cancelled"])       # the orders service publishes order-canceled

Good:
    consumer.subscribe(["order-canceled"])

Fix: Correct the name, delete the handler, or declare the publisher outside the scan under `[[tool.flowmap.externals]]` with
`publishes = ["order-cancelled"]`.

Configure: nothing.

Ignore: When the publisher is outside the scan and cannot be named.
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
    """A finding per channel that nobody publishes to."""
    for end in context.graph.unsent():
        known, places = known_of(context.graph, end.sites[0])
        names, doubt = services(end.sites), known + cannot_tell(end.blind, "publications")
        yield rule.finding(
            subject=end.channel,
            services=names,
            message=f"{' and '.join(names)} listen{'s' * (len(names) == 1)} to {end.channel}, and nothing publishes it{doubt}",
            evidence=[
                *(evidence(s, f"{s.service} subscribes to {end.channel}") for s in end.sites),
                *(evidence(b, f"{b.service} publishes {unseen(b)}") for b in end.blind[:SHOWN]),
                *places,
            ],
            confidence=Confidence.GUESS if end.blind else weakest(end.sites),
        )


RULE = Rule(
    code="T302",
    slug="phantom-subscription",
    severity=Severity.WARNING,
    why="The handler never runs, or waits for an event that has another name by now.",
    instead="Correct the name, delete the handler, or declare the publisher that the scan cannot see.",
    check=check,
)
