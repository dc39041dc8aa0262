"""A service cannot answer most of its requests alone.

What: More than `max-dependent-endpoints` of a service's endpoints wait for at least one other service of the scan. The system as a
whole is told of as well if that holds for all endpoints together.

Why: Services were separated so that each can be released, scaled and repaired by itself. One that cannot answer without others is
a part of them that happens to run elsewhere: a monolith whose calls can fail.

How: An endpoint counts as dependent if its handler waits, directly or through others, for another service of the scan; what happens
only after a failure does not count, nor do systems outside. Services with fewer than three endpoints are left out, as
are those whose name says that they are a front (gateway, bff, frontend, proxy, edge).

Bad:
    # 9 of the 11 endpoints of orders ask users who is calling

Good:
    # orders verifies a signed token, and keeps the names it shows from `user.renamed`

Fix: Look at what is asked most: identity (a signed token), reference data (a local copy), decisions (move them to whoever has the
data).

Configure: `max-dependent-endpoints` (0.5, a share).

Ignore: When the service is a front that is there to put others together.
"""

from collections.abc import Iterable, Sequence

from flowmap.rule_api import (
    Finding,
    Interaction,
    Role,
    Rule,
    RuleContext,
    Severity,
    Surrounding,
    Threshold,
    list_of,
    waits_for,
    weakest,
    words,
)

MAX_DEPENDENT_ENDPOINTS = Threshold("max-dependent-endpoints", 0.5, "the share of endpoints that may need others", most=1)
FEWEST = 3
"""Endpoints from which on a share says something."""
SHOWN = 8
FRONTS = frozenset("gateway gw bff frontend front proxy edge aggregator ingress".split())
"""Words in the names of services that are there to put others together."""


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per service over the limit, and one for the system."""
    served: dict[str, list[Interaction]] = {}
    for endpoint in context.graph.role(Role.SERVE):
        if not endpoint.outside and FRONTS.isdisjoint(words(endpoint.service)):
            served.setdefault(endpoint.service, []).append(endpoint)
    needed = {e.id: _needed(context, e) for endpoints in served.values() for e in endpoints}
    for service, endpoints in served.items():
        dependent = [e for e in endpoints if needed[e.id]]
        if len(endpoints) >= FEWEST and _is_over(context, dependent, endpoints):
            calls = list({c.id: c for e in dependent for c in needed[e.id]}.values())
            others = list(dict.fromkeys(c.target or "" for c in calls))
            yield rule.finding(
                subject=service,
                services=(service, *others),
                message=f"{len(dependent)} of {len(endpoints)} endpoints of {service} cannot answer without {list_of(others)}",
                evidence=[waits_for(c) for c in calls[:SHOWN]],
                confidence=weakest(calls),
            )
    yield from _system(rule, context, [e for endpoints in served.values() for e in endpoints], needed)


def _system(
    rule: Rule, context: RuleContext, endpoints: Sequence[Interaction], needed: dict[str, list[Interaction]]
) -> Iterable[Finding]:
    dependent = [e for e in endpoints if needed[e.id]]
    services = list(dict.fromkeys(e.service for e in dependent))
    if len(services) >= FEWEST and _is_over(context, dependent, endpoints):
        calls = list({needed[e.id][0].id: needed[e.id][0] for e in dependent}.values())
        yield rule.finding(
            subject="the system",
            services=services,
            message=f"{len(dependent)} of {len(endpoints)} endpoints of the system cannot answer without another service",
            evidence=[waits_for(c) for c in calls[:SHOWN]],
            confidence=weakest(calls),
        )


def _is_over(context: RuleContext, dependent: Sequence[Interaction], endpoints: Sequence[Interaction]) -> bool:
    return len(dependent) > context.options[MAX_DEPENDENT_ENDPOINTS] * len(endpoints)


def _needed(context: RuleContext, endpoint: Interaction) -> list[Interaction]:
    """The calls to services of the scan without which an endpoint does not answer."""
    known = {s.name for s in context.graph.flow.services}
    calls = context.graph.waiting.calls(endpoint)
    return [t.site for t in calls if t.site.target in known and not t.has(Surrounding.FAILURE)]


RULE = Rule(
    code="C104",
    slug="false-autonomy",
    severity=Severity.ADVICE,
    why="A service that cannot answer alone is part of a monolith whose calls can fail.",
    instead="Take what is asked most out of the way: a signed token, a local copy of reference data, a decision moved to the data.",
    check=check,
    thresholds=(MAX_DEPENDENT_ENDPOINTS,),
)
