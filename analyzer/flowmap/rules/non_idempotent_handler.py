"""A message that comes twice is kept twice.

What: The handler of a message adds something to what its service keeps, and nothing on the way there, nor in the model itself,
tells that the same message has been dealt with already.

Why: Brokers deliver at least once. After a crash between the work and the acknowledgement, a slow handler or a change among the
consumers the same message comes again: a second payment, a second invoice, a second parcel.

How: Looks at handlers of transports that deliver again what nobody has acknowledged, if the subscription does not take messages as
handled when they come. What counts are objects that are added to a session (SQLAlchemy) or created (Django, Peewee, Tortoise,
Beanie) and documents that are inserted (MongoDB), where the class is in the scan. Quiet are: updates, deletions and upserts; models
with anything unique, or whose key the code gives; and a way on which some function asks for such an object before, catches what a
unique column raises, or has a name that speaks of it (`already`, `processed`, `inbox`, `idempotency_key`). SQL that is written out
and calls of other services are not looked at, for the scan does not see what their tables and endpoints do with the second one.

Bad:
    def on_order_placed(ch, method, properties, body):
        session.add(Invoice(order=json.loads(body)["order"]))
        session.commit()                             # a crash here, and there will be two invoices
        ch.basic_ack(method.delivery_tag)

Good:
    def on_order_placed(ch, method, properties, body):
        session.merge(Invoice(order=json.loads(body)["order"]))   # the order is the key of its invoice

Fix: Give what is kept a key that comes with the message, keep the ids of messages that have been dealt with in the same
transaction, or let a unique column refuse the second one.

Configure: nothing.

Ignore: When a second one does no harm: a log, a measurement.
"""

from collections import defaultdict
from collections.abc import Iterable

from flowmap.rule_api import (
    Does,
    Effect,
    Finding,
    Interaction,
    Location,
    Role,
    Rule,
    RuleContext,
    Severity,
    evidence,
    list_of,
    services,
)

SHOWN = 5
"""Subscriptions of one finding that are shown."""
AT_LEAST_ONCE = {
    *("amqp", "dramatiq", "dynamodb", "eventbridge", "eventhub", "kafka", "kinesis", "pubsub", "pulsar", "rocketmq"),
    *("servicebus", "sns", "sqs"),
}
"""Transports that deliver again what has not been acknowledged, whoever listens."""


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per place that adds something, whatever the number of messages that lead there."""
    taken = {(e.service, e.location) for e in context.graph.effects if e.does is Does.TAKES}
    again = {s.id: s for s in context.graph.role(Role.SUBSCRIBE) if _comes_again(context, s, taken)}
    groups: dict[tuple[Location, str], list[tuple[Effect, Interaction]]] = defaultdict(list)
    for effect in context.graph.effects:
        if effect.adds:
            groups[effect.location, effect.about] += [(effect, again[t]) for t in effect.triggers if t in again]
    for (_, about), found in groups.items():
        if found:
            sites = [s for _, s in found]
            names = sorted({s.event or s.channel or "" for s in sites})
            takers, added = services(sites), found[0][0]
            messages = f"one of {list_of(names)}" if len(names) > 1 else list_of(names)
            yield rule.finding(
                subject=about,
                services=takers,
                message=f"another {about} is kept by {list_of(takers)} whenever a message of {messages} comes again",
                evidence=[
                    *dict.fromkeys(evidence(s, f"{s.service} takes messages of {s.channel}") for s in sites[:SHOWN]),
                    evidence(added, f"adds {about}, and nothing tells that it is there already"),
                ],
                confidence=min((c for e, s in found for c in (e.confidence, s.confidence)), key=lambda c: c.rank),
            )


def _comes_again(context: RuleContext, site: Interaction, taken: set[tuple[str, Location]]) -> bool:
    """Whether a message that has not been acknowledged comes a second time."""
    if site.private or site.channel is None:
        return False
    if any((site.service, place) in taken for place in (site.location, *(step.location for step in site.via))):
        return False
    match site.transport:
        case "nats":  # only what JetStream keeps
            return context.graph.ending(site) is not None
        case "redis":
            return site.space == "stream" and site.group is not None
        case transport:
            return transport in AT_LEAST_ONCE


RULE = Rule(
    code="R402",
    slug="non-idempotent-handler",
    severity=Severity.ADVICE,
    why="Brokers deliver at least once: after a crash or a slow handler the same message comes again, and its work is done twice.",
    instead="Use a key that comes with the message, or keep the ids of messages that have been dealt with in the same transaction.",
    check=check,
)
