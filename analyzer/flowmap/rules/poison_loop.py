"""A message that fails goes back to its own queue, without limit.

What: A handler catches whatever goes wrong and puts the message back where it came from.

Why: A message that can never be handled comes back at once, for ever: it keeps a consumer busy, fills the logs and holds up what
waits behind it.

How: A call that puts the message back (`basic_nack` and `basic_reject` of pika unless `requeue=False`, `nack` and `reject` of
aio-pika that requeue) where any exception is caught, in a function that asks nowhere how often it has been tried: no condition
speaks of attempts, retries, deaths or redelivery. What is only put back after certain exceptions (the broker is away) is none.

Bad:
    except (OrderRefused, Exception):
        channel.basic_nack(tag)                      # requeue=True is the default

Good:
    except (OrderRefused, Exception):
        channel.basic_nack(tag, requeue=False)       # the dead-letter exchange of the queue takes it

Fix: Refuse it for good and let a dead-letter queue take it; try again with a delay, and only so many times.

Configure: nothing.

Ignore: When the queue itself has a limit (`x-delivery-limit` of a quorum queue).
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


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per place that puts messages back, whatever the number of queues and services that come there."""
    groups: dict[Location, list[tuple[Interaction, Effect]]] = defaultdict(list)
    for effect in (e for e in context.graph.effects if e.does is Does.RETURNS):
        groups[effect.location] += [(site, effect) for site in _subscriptions(context, effect)]
    for found in (sites for sites in groups.values() if sites):
        names = sorted({_queue(site) for site, _ in found})
        takers, put_back = services(s for s, _ in found), found[0][1]
        yield rule.finding(
            subject=names[0],
            services=takers,
            message=f"a message of {list_of(names)} that {list_of(takers)} cannot handle goes back to its queue, again and again",
            evidence=[
                *dict.fromkeys(evidence(s, f"{s.service} takes messages of {_queue(s)}") for s, _ in found[:SHOWN]),
                evidence(put_back, "puts it back, whatever went wrong"),
            ],
            confidence=min((c for s, e in found for c in (s.confidence, e.confidence)), key=lambda c: c.rank),
        )


def _queue(site: Interaction) -> str:
    return site.group or site.channel or f"a queue of {site.transport}"


def _subscriptions(context: RuleContext, effect: Effect) -> list[Interaction]:
    """Whose messages are put back: those that the function itself handles, else those that lead there."""
    starts = (context.graph.by_id[t] for t in effect.triggers if t in context.graph.by_id)
    found = [s for s in starts if s.role is Role.SUBSCRIBE and not s.local]
    return [s for s in found if s.handler is not None and s.handler.name == effect.function] or found


RULE = Rule(
    code="R405",
    slug="poison-loop",
    severity=Severity.WARNING,
    why="A message that can never be handled comes back for ever, keeps a consumer busy and holds up what waits behind it.",
    instead="Refuse it for good and let a dead-letter queue take it; try again with a delay, and only so many times.",
    check=check,
)
