"""Something is published and nobody listens.

What: A service publishes to a channel that no service of the scan and no declared external consumes, and that no deployment file
leads into a queue.

Why: The work of making and sending it is wasted, or, worse, somebody believes that a reaction happens which does not.

How: Every publish site is compared with every subscription of the same transport, with that transport's matching rules. The
answer has three values: nobody listens (reported), somebody listens (silent), cannot tell (reported with confidence `guess`, and
so not by a gate): a subscription of the same transport whose channel could not be resolved may be the missing end, as may a
queue that nothing in the scan binds or fills, if the message goes into an exchange of AMQP.
Types of messages that a handler tells apart, as far as that is only read from its code, leave the channel its two ends.
A program of the scan in another language that talks by the transport and names the channel may be the listener: then nothing is
said, nor is it of channels of a library whose broker nobody knows.
What one doubt hangs over, four channels of a service or more, is one finding. A name that another one of the same places covers
(`_.paid` under `{}.paid`) is not told again.
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

from flowmap.rule_api import LISTENING, PUBLISHING, Finding, Rule, RuleContext, Severity, loose_findings


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per channel that nobody listens to."""
    return loose_findings(context, rule, context.graph.unheard(), PUBLISHING, LISTENING)


RULE = Rule(
    code="T301",
    slug="orphaned-event",
    severity=Severity.WARNING,
    why="Either the work of sending it is wasted, or a reaction that somebody relies on never happens.",
    instead="Remove it, add the missing subscriber, or declare the consumer that the scan cannot see.",
    check=check,
)
