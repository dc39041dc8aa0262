"""A message counts as handled before it is.

What: A subscription acknowledges its messages when they are delivered, and its handler then writes, publishes or calls.

Why: If the process stops or the handler fails, the broker has forgotten the message and nobody else has it: the work is lost
without a trace.

How: The subscription says so itself (`auto_ack=True`, `no_ack=True`), and its handler leads to something that is written, published
or called. Answers on a queue that only the asker knows are no work.

Bad:
    channel.basic_consume("orders", on_order, auto_ack=True)

Good:
    channel.basic_consume("orders", on_order)
    ...
    channel.basic_ack(method.delivery_tag)           # once the work is done

Fix: Acknowledge when the work is done, and make the handler ready to meet the same message twice.

Configure: nothing.

Ignore: When losing a message now and then does no harm: a reading that the next one replaces.
"""

from collections.abc import Iterable

from flowmap.rule_api import Does, Finding, Interaction, Role, Rule, RuleContext, Severity, evidence, weakest


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per channel of a service."""
    taken = {(e.service, e.location) for e in context.graph.effects if e.does is Does.TAKES}
    told: set[tuple[str, str | None]] = set()
    for site in context.graph.role(Role.SUBSCRIBE):
        places = (site.location, *(step.location for step in site.via))
        if site.private or not any((site.service, place) in taken for place in places):
            continue
        work = [*context.graph.triggered_by(site)[:1]]
        kept = [e for e in context.graph.effects if site.id in e.triggers and e.does in (Does.WRITES, Does.COMMITS)][:1]
        if (work or kept) and (site.service, site.channel) not in told:
            told.add((site.service, site.channel))
            yield rule.finding(
                subject=_name(site),
                services=[site.service],
                message=f"{site.service} lets the broker forget a message of {_name(site)} before it has handled it",
                evidence=[
                    evidence(site, f"{site.service} takes messages as handled when they are delivered"),
                    *(evidence(w, "what is lost if the handler does not come this far") for w in work),
                    *(evidence(e, f"what is lost if the handler does not come this far: {e.about or 'a write'}") for e in kept),
                ],
                confidence=weakest([site]),
            )


def _name(site: Interaction) -> str:
    return site.channel or f"a queue of {site.transport}"


RULE = Rule(
    code="R406",
    slug="ack-before-work",
    severity=Severity.ADVICE,
    why="If the handler fails or its process stops, the broker has forgotten the message and nobody else has it.",
    instead="Acknowledge when the work is done, and let the handler meet the same message twice.",
    check=check,
)
