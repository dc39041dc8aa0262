"""Somebody listens to a channel that nobody publishes to.

What: A service subscribes to a channel on which no service of the scan and no declared external publishes.

Why: The handler is dead code, or it waits for an event under a name that the publisher has changed.

How: The mirror of T301, with the same three answers: a publication of the same transport that could not be resolved makes it
"cannot tell", confidence `guess`; so does, for a queue of AMQP that nothing in the scan binds, a message that goes into an exchange
and is not heard. A task whose function is called like any other as well has its use, and is left out.
Types of messages that a handler tells apart, as far as that is only read from its code, leave the channel its two ends.
A queue that takes dead letters, by its name, is filled by the broker itself (RabbitMQ, SQS, Service Bus, Pub/Sub).
A program of the scan in another language that talks by the transport and names the channel may be the publisher: then nothing is
said, nor is it of channels of a library whose broker nobody knows.
What one doubt hangs over, four channels of a service or more, is one finding. A name that another one of the same places covers
(`_.paid` under `{}.paid`) is not told again.
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

from flowmap.rule_api import LISTENING, PUBLISHING, Finding, Rule, RuleContext, Severity, loose_findings


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per channel that nobody publishes to."""
    return loose_findings(context, rule, context.graph.unsent(), LISTENING, PUBLISHING)


RULE = Rule(
    code="T302",
    slug="phantom-subscription",
    severity=Severity.WARNING,
    why="The handler never runs, or waits for an event that has another name by now.",
    instead="Correct the name, delete the handler, or declare the publisher that the scan cannot see.",
    check=check,
)
