"""A request comes back to a service that is still waiting for it.

What: A chain of synchronous calls, followed endpoint by endpoint, reaches a service that is already waiting in the same chain.

Why: Each round holds a worker of every service in it. Under load the first service has no worker left for the call that comes
back, and everybody waits for everybody: a deadlock that no log explains. None of the services can be started, tested or deployed
without the others.

How: From the handler of each endpoint and subscription the calls are followed to the endpoints that they meet, and on through the
calls of their handlers. A call from a service to itself is no cycle, and neither are two services that call each other from
different handlers.

Bad:
    # orders: POST /orders asks billing for POST /invoices, whose handler asks orders for GET /orders/{id}

Good:
    httpx.post("http://billing/invoices", json=order)      # all that billing needs travels with the request

Fix: Hand over in the request what the callee asks back for, or let it react to an event that carries it.

Configure: nothing.

Ignore: When the second visit only reads what is served from memory and the pools are apart; say so in the reason.
"""

from collections.abc import Iterable

from flowmap.rule_api import Finding, Interaction, Rule, RuleContext, Severity, waits_for, weakest


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per circle of services, whoever sets it off."""
    seen: set[tuple[str, ...]] = set()
    for start in context.graph.starts:
        for path in context.graph.waiting.paths(start):
            circle = _closed(path)
            names = tuple(c.service for c in circle)
            if not circle or _from_first(names) in seen:
                continue
            seen.add(_from_first(names))
            yield rule.finding(
                subject=min(names),
                services=names,
                message=f"{names[0]} waits for a call that comes back to it: {' → '.join((*names, names[0]))}",
                evidence=[waits_for(c) for c in circle],
                confidence=weakest(circle),
            )


def _closed(path: tuple[Interaction, ...]) -> tuple[Interaction, ...]:
    """The end of a path that leads from a service back to it; empty if its last call leads somewhere new."""
    first = next((n for n, call in enumerate(path) if call.service == path[-1].target), None)
    return path[first:] if first is not None else ()


def _from_first(names: tuple[str, ...]) -> tuple[str, ...]:
    """The circle, begun with the name that comes first in the alphabet."""
    start = names.index(min(names))
    return (*names[start:], *names[:start])


RULE = Rule(
    code="C102",
    slug="sync-cycle",
    severity=Severity.ERROR,
    why="Every round holds a worker of each service in it; under load all of them wait for one another, and none can run alone.",
    instead="Send along what the callee asks back for, or let it react to an event that carries it.",
    check=check,
)
