"""An event says that something changed, and not what.

What: The name of an event ends in a word like `updated`, `changed`, `modified` or `sync`, or is only a thing with `Event` behind
it.

Why: Everybody who listens has to fetch the thing and compare it with what they remember, or the event carries all of it and becomes
a table on a broker. What happened in the business, the one thing that the publisher knew, is lost.

How: By the last words of the name; versions and words about the message itself (`-event`, `-notification`, `.v1`) are looked
past. A name that says which part changed is none (`order.status.changed`, `PriceUpdated`), nor is one that tells what happened in
other words (`PaymentTimeoutEvent`, `PodReadyEvent`), nor one whose publisher tells the rest beside it (`OrderUpdated.address`),
nor a topic that carries many types of events (`order-events`). Names of types count before those of channels. Tasks on queues
have other manners, and names that nobody in the scan publishes are somebody else's.

Bad:
    bus.publish("order.updated", order.as_dict())

Good:
    bus.publish("order.address-corrected", {"order_id": order.id, "address": order.address})

Fix: Name the reason for the change, with an event for each; keep the vague one until nobody listens to it any more.

Configure: nothing.

Ignore: When the event exists to replicate data and its consumers only keep a copy.
"""

from collections.abc import Iterable

from flowmap.rule_api import Finding, Message, Rule, RuleContext, Severity, evidence, messages, services, vague, weakest


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per name."""
    for message in context.graph.once(messages):
        word = vague(message.name)
        own = [p for p in message.published if not p.outside]
        if word is None or not own or _is_told_apart(context, message):
            continue
        yield rule.finding(
            subject=message.name,
            services=services(message.sites),
            message=f"{message.name} tells that something happened and not what: `{word}`",
            evidence=[
                *(evidence(p, f"{p.service} publishes {message.name}") for p in own),
                *(evidence(s, f"{s.service} has to find out") for s in message.received),
            ],
            confidence=weakest(own),
        )


def _is_told_apart(context: RuleContext, message: Message) -> bool:
    """Whether its publishers tell the rest under names that begin with it: `OrderUpdated.address` beside `OrderUpdated`."""
    own = set(services(message.published))
    longer = (m for m in context.graph.once(messages) if m.name.startswith(tuple(f"{message.name}{s}" for s in ".:/")))
    return any(own & set(services(m.published)) for m in longer)


RULE = Rule(
    code="E202",
    slug="vague-event",
    severity=Severity.ADVICE,
    why="Who listens has to fetch and compare, for the one who knew what happened does not say it.",
    instead="Name what happened in the business, with an event for each reason.",
    check=check,
)
