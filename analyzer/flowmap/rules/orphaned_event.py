"""Something is published and nobody listens.

What: A service publishes to a channel that no service of the scan and no declared external consumes.

Why: The work of making and sending it is wasted, or, worse, somebody believes that a reaction happens which does not.

How: Every publish site is compared with every subscription of the same transport, with that transport's matching rules. The
answer has three values: nobody listens (reported), somebody listens (silent), cannot tell (reported with confidence `guess`, and
so not by a gate): a subscription of the same transport whose channel could not be resolved may be the missing end.

Bad:
    producer.send("order-archived", order)        # no service subscribes to order-archived

Good:
    producer.send("order-placed", order)          # billing subscribes to order-placed

Fix: Delete the publication, add the missing subscriber, correct the name, or declare the consumer outside the scan under
`[[tool.flowmap.externals]]` with `subscribes = ["order-archived"]`.

Configure: nothing.

Ignore: When the event is published for consumers that cannot be named.
"""

from collections.abc import Iterable

from flowmap.rule_api import Confidence, Finding, Interaction, Role, Rule, RuleContext, Severity, evidence, weakest


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per channel that nobody listens to."""
    groups: dict[tuple[str, str, str | None], list[Interaction]] = {}
    for site in context.graph.role(Role.PUBLISH):
        if site.channel is not None and not context.graph.subscribers_of(site) and not context.graph.declared_consumer(site):
            groups.setdefault((site.transport, site.channel, site.exchange), []).append(site)
    for (transport, channel, _), sites in groups.items():
        blind = context.graph.blind(Role.SUBSCRIBE, sites[0])
        services = list(dict.fromkeys(s.service for s in sites))
        doubt = f"; cannot tell, {len(blind)} {transport} subscription(s) could not be resolved" if blind else ""
        yield rule.finding(
            subject=channel,
            services=services,
            message=f"{' and '.join(services)} {'publishes' if len(services) == 1 else 'publish'} {channel}, and nothing listens to it{doubt}",
            evidence=[
                *(evidence(s, f"{s.service} publishes {channel}") for s in sites),
                *(evidence(b, f"{b.service} subscribes to something unknown: {b.unresolved}") for b in blind[:5]),
            ],
            confidence=Confidence.GUESS if blind else weakest(sites),
        )


RULE = Rule(
    code="T301",
    slug="orphaned-event",
    severity=Severity.WARNING,
    why="Either the work of sending it is wasted, or a reaction that somebody relies on never happens.",
    instead="Remove it, add the missing subscriber, or declare the consumer that the scan cannot see.",
    check=check,
)
