"""A request waits for a long chain of services.

What: A chain of synchronous calls has more than `max-sync-hops` service-to-service hops, counted endpoint by endpoint: the
handler of one service calls an endpoint of the next, and that very endpoint's handler calls on.

Why: Every hop must answer for the first caller to be answered. Latencies add up, and availabilities multiply: three hops of
99.9 % make 99.7 %. The services at the end are part of every release, outage and load test of the first.

How: Calls are resolved to services and endpoints; a hop continues only through the calls that the endpoint's own handler can
reach. "A calls B somewhere, B calls C elsewhere" is no chain.

Bad:
    # checkout/api.py
    quote = httpx.post("http://pricing/quotes", json=cart)      # pricing asks promotions, promotions asks loyalty

Good:
    # checkout keeps its own copy of the loyalty tier, kept up to date by `loyalty.tier-changed`

Fix: Cut the chain where the business does not need the answer now: publish a fact and let the service react, or keep a local
copy of the data that is only read.

Configure: `max-sync-hops` (2), `availability` (0.999, per hop).

Ignore: When the answer truly needs all of them at once, as in an authorisation; say so in the reason.
"""

from collections.abc import Iterable

from flowmap.rule_api import AVAILABILITY, MAX_SYNC_HOPS, Evidence, Finding, Rule, RuleContext, Severity, evidence, weakest


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per maximal chain over the limit."""
    for chain in context.graph.flow.chains:
        if chain.hops <= context.options[MAX_SYNC_HOPS]:
            continue
        calls = [context.graph.by_id[i] for i in chain.interactions]
        each = context.options[AVAILABILITY]
        yield rule.finding(
            subject=chain.services[0],
            services=chain.services,
            message=f"{chain.hops} services in a row must answer before {chain.services[0]} can: {' → '.join(chain.services)}",
            evidence=[_hop(context, c.id) for c in calls],
            confidence=weakest(calls),
            why=f"{rule.why} At {each:.1%} each, {chain.hops} hops answer {each**chain.hops:.2%} of the time.",
        )


def _hop(context: RuleContext, number: str) -> Evidence:
    call = context.graph.by_id[number]
    return evidence(call, f"{call.service} waits for {call.target}: {call.operation}")


RULE = Rule(
    code="C101",
    slug="long-sync-chain",
    severity=Severity.WARNING,
    why="Each hop adds its latency and multiplies its failures into the first answer.",
    instead="Publish a fact and let the far services react, or keep a local copy of what is only read.",
    check=check,
    thresholds=(MAX_SYNC_HOPS, AVAILABILITY),
)
