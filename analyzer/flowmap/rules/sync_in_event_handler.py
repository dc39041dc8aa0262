"""A reaction to an event waits for another service.

What: The handler of an event calls another service of the scan and waits for the answer.

Why: The publisher let go of its message so that nobody waits. If the reaction calls back or on, the services are coupled as before,
only less visibly: the message is not acknowledged until the other one has answered, the consumer stands still when it does not, and
a redelivery repeats the call.

How: The calls that the handler of a subscription to events comes to, directly or in functions that it calls. Tasks and commands are
work that somebody asked for, and are left out; so are systems outside the scan, and the broker's own answers.

Bad:
    @consumer("order-placed")
    def reserve(event):
        order = httpx.get(f"http://orders/orders/{event['id']}").json()      # asks the publisher what it has just said

Good:
    @consumer("order-placed")
    def reserve(event):
        stock.reserve(event["lines"])                                         # the event carries what its listeners need

Fix: Put what the handler asks for into the event, keep a local copy, or make the next step an event as well.

Configure: nothing.

Ignore: When the answer must be fresh, and a redelivery does no harm.
"""

from collections.abc import Iterable

from flowmap.rule_api import (
    Finding,
    Interaction,
    Kind,
    Role,
    Rule,
    RuleContext,
    Severity,
    evidence,
    list_of,
    waits_for,
    weakest,
)

SHOWN = 5
"""Subscriptions that are shown as evidence."""


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per service and those that it waits for, whatever it reacts to."""
    known = {s.name for s in context.graph.flow.services}
    found: dict[tuple[str, tuple[str, ...]], list[tuple[Interaction, list[Interaction]]]] = {}
    for start in context.graph.starts:
        if start.role is not Role.SUBSCRIBE or start.kind is not Kind.EVENT or start.channel is None:
            continue
        calls = list({t.site.id: t.site for t in context.graph.waiting.calls(start) if t.site.target in known}.values())
        if calls:
            others = tuple(dict.fromkeys(c.target or "" for c in calls))
            found.setdefault((start.service, others), []).append((start, calls))
    for (service, others), cases in found.items():
        events = list(dict.fromkeys(start.event or start.channel or "" for start, _ in cases))
        calls = list({c.id: c for _, calls in cases for c in calls}.values())
        yield rule.finding(
            subject=events[0],
            services=(service, *others),
            message=f"{service} reacts to {list_of(events)} and then waits for {list_of(others)}",
            evidence=[
                *(evidence(start, f"{service} subscribes to {start.event or start.channel}") for start, _ in cases[:SHOWN]),
                *(waits_for(c) for c in calls),
            ],
            confidence=weakest([*(start for start, _ in cases), *calls]),
        )


RULE = Rule(
    code="C105",
    slug="sync-in-event-handler",
    severity=Severity.WARNING,
    why="The message waits with the call: the choreography hides a coordination, and a redelivery repeats it.",
    instead="Put what the handler asks for into the event, or keep a local copy of it.",
    check=check,
)
