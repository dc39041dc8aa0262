"""Something published as an event is an instruction.

What: The name, the structure or the payload of an event shows that its publisher expects one certain receiver to do one certain
thing.

Why: The publisher decides what happens next but cannot see whether it did; the receiver cannot refuse. The coupling of a call is
all there, its honesty is not, and the next team reads a fact where an order stands.

How: Evidence is scored, and a score of 3 is a finding. The name: a verb in the imperative first or alone (`send-email`,
`stock.reserve`) 3, at the end of a name of three words and more that nobody in the scan receives 2, a word that may be a noun
before an object 2 or 1 (`refund-order`, `email-customer`), a noun that is made of a verb (`shipment-registration`) 1, a request or
command by its last word (`payment-requested`) 2 to 3, addressed to the service that consumes it (`billing.create-invoice`) 1. The
structure: exactly one consuming service other than the publisher 1, the publisher listens to the matching reply (`...ed`,
`...failed`) 2. The payload: a field like `action` or `command` 1. Commands on a queue or task transport (`/queue/...` of STOMP is
one) are honest and not looked at, nor are those of an exchange, or types of a topic, that says `commands` in its own name, nor is
what waits in a queue of work for one receiver (`email-queue`, `scan-jobs`, a routing key that is the name of its queue), what a
service sends to nobody but itself, or a device lets others tell it over MQTT. A piece that most names of a transport begin with
(`notify.` of eight and more) says which family they are of, and is left out.

Bad:
    bus.publish("send-confirmation-email", {"order": order.id})

Good:
    bus.publish("order-confirmed", {"order": order.id})        # notification decides what to send

Fix: Publish what happened and let the receiver decide, or send a real command: a call, a task, a queue with one owner.

Configure: `extra-verbs` adds words that your domain uses as instructions, `extra-nouns` verbs that it uses as names of things,
`extra-facts` words that in it say that something has happened.

Ignore: When the name is fixed by somebody else.
"""

from collections.abc import Iterable

from flowmap.rule_api import (
    WORDS,
    Evidence,
    Finding,
    Message,
    Rule,
    RuleContext,
    Severity,
    evidence,
    messages,
    scored,
    services,
    weakest,
)

DEVICES = "mqtt"
"""The transport on which a device that subscribes says what it can be told."""


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per name that scores enough."""
    for message in context.graph.once(messages):
        if message.transport == DEVICES and not message.published:
            continue
        score = scored(context.graph, message, context.domain)
        if score.enough:
            yield rule.finding(
                subject=message.name,
                services=services(message.sites),
                message=f"{message.name} is {'published' if message.published else 'listened to'} as an event but is an "
                f"instruction, score {score.points}: "
                f"{'; '.join(score.reasons)}",
                evidence=_hops(message),
                confidence=weakest(message.own),
            )


def _hops(message: Message) -> list[Evidence]:
    return [
        *(evidence(p, f"{p.service} publishes {message.name}") for p in message.published),
        *(evidence(s, f"{s.service} does what it says") for s in message.received),
    ]


RULE = Rule(
    code="E201",
    slug="hidden-command",
    severity=Severity.WARNING,
    why="The publisher decides what another service does, without seeing whether it happened and without saying so.",
    instead="Publish what happened and let the receiver decide, or send an honest command: a call, a task, a queue with one owner.",
    check=check,
    thresholds=WORDS,
)
