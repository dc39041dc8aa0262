"""Somebody listens to a channel that nobody publishes to.

What: A service subscribes to a channel on which no service of the scan and no declared external publishes.

Why: The handler is dead code, or it waits for an event under a name that the publisher has changed.

How: The mirror of T301, with the same three answers: a publication of the same transport that could not be resolved makes it
"cannot tell", confidence `guess`.

Bad:
    consumer.subscribe(["order-cancelled"])       # the orders service publishes order-canceled

Good:
    consumer.subscribe(["order-canceled"])

Fix: Correct the name, delete the handler, or declare the publisher outside the scan under `[[tool.flowmap.externals]]` with
`publishes = ["order-cancelled"]`.

Configure: nothing.

Ignore: When the publisher is outside the scan and cannot be named.
"""

from collections.abc import Iterable

from flowmap.rule_api import Confidence, Finding, Interaction, Role, Rule, RuleContext, Severity, evidence, weakest


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per channel that nobody publishes to."""
    groups: dict[tuple[str, str, str | None], list[Interaction]] = {}
    for site in context.graph.role(Role.SUBSCRIBE):
        if site.channel is not None and not context.graph.publishers_for(site) and not context.graph.declared_publisher(site):
            groups.setdefault((site.transport, site.channel, site.exchange), []).append(site)
    for (transport, channel, _), sites in groups.items():
        blind = context.graph.blind(Role.PUBLISH, sites[0])
        services = list(dict.fromkeys(s.service for s in sites))
        doubt = f"; cannot tell, {len(blind)} {transport} publication(s) could not be resolved" if blind else ""
        yield rule.finding(
            subject=channel,
            services=services,
            message=f"{' and '.join(services)} {'listens' if len(services) == 1 else 'listen'} to {channel}, and nothing publishes it{doubt}",
            evidence=[
                *(evidence(s, f"{s.service} subscribes to {channel}") for s in sites),
                *(evidence(b, f"{b.service} publishes something unknown: {b.unresolved}") for b in blind[:5]),
            ],
            confidence=Confidence.GUESS if blind else weakest(sites),
        )


RULE = Rule(
    code="T302",
    slug="phantom-subscription",
    severity=Severity.WARNING,
    why="The handler never runs, or waits for an event that has another name by now.",
    instead="Correct the name, delete the handler, or declare the publisher that the scan cannot see.",
    check=check,
)
