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

Ignore: When the queue itself has a limit (`x-delivery-limit` of a quorum queue).
"""

from collections import defaultdict
from collections.abc import Iterable

from flowmap.rule_api import Does, Effect, Evidence, Finding, Interaction, Role, Rule, RuleContext, Severity, evidence


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per queue of a service whose handler puts messages back."""
    groups: dict[tuple[str, str], list[tuple[Interaction, Effect]]] = defaultdict(list)
    for effect in (e for e in context.graph.effects if e.does is Does.RETURNS):
        for site in _subscriptions(context, effect):
            groups[effect.service, site.group or site.channel or f"a queue of {site.transport}"].append((site, effect))
    for (service, name), found in groups.items():
        site = found[0][0]
        yield rule.finding(
            subject=name,
            services=[service],
            message=f"a message of {name} that {service} cannot handle goes back to its queue, again and again",
            evidence=[
                evidence(site, f"{service} takes messages of {name}"),
                *dict.fromkeys(Evidence(e.location, "puts it back, whatever went wrong", e.function) for _, e in found),
            ],
            confidence=min((c for s, e in found for c in (s.confidence, e.confidence)), key=lambda c: c.rank),
        )


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
