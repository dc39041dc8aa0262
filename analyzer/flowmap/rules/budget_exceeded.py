"""A number is over its budget.

What: A number for which a contract of type `budget` sets a limit is above it: the longest chain of waiting (`hops`), the services
that one handler waits for (`fan-out`), sites that could not be resolved (`blind-spots`), channels that are published and nobody
listens to (`orphans`), the share of edges on which somebody waits (`sync-share`).

Why: Coupling grows by one call at a time, and no single one looks bad. A limit that stands just above today's number makes the next
one visible when it can still be talked about.

How: A budget without `services` is one for the system as a whole; with `services`, each of them keeps to it for itself: chains that
begin at it, its own handlers and sites, the edges that start at it. What only names tell does not count.

Bad:
    # hops = 2, and a third service begins to ask a fourth one

Good:
    # the third service keeps a copy of what it would ask for

Fix: The finding shows the places that make the number; `flowmap advise` says which waits could become events.

Configure: `[[contracts]]` with `type = "budget"` and one of `hops`, `fan-out`, `blind-spots`, `orphans`, `sync-share`.

Ignore: Not at all: raise the number, with the reason, where everybody sees it.
"""

from collections.abc import Iterable, Iterator

from flowmap.rule_api import Agreed, BudgetContract, Finding, Rule, RuleContext, Severity, joined, measured, members

NAMES = ("hops", "fan_out", "blind_spots", "orphans", "sync_share")


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per number and service that is over."""
    for agreed in context.agreed:
        if isinstance(agreed.contract, BudgetContract):
            chosen = agreed.contract.services
            for service in sorted(members(context.graph, chosen)) if chosen else [""]:
                yield from _over(context, rule, agreed, agreed.contract, service)


def _over(context: RuleContext, rule: Rule, agreed: Agreed, contract: BudgetContract, service: str) -> Iterator[Finding]:
    for name in NAMES:
        limit = getattr(contract, name)
        found = measured(context.graph, name, service) if limit is not None else None
        if found is not None and found.value > limit:
            whose = f" for {service}" if service else ""
            yield joined(
                rule,
                agreed,
                subject=f"{name.replace('_', '-')} of {service or 'the system'}",
                services=(service,) if service else found.services,
                said=f"{found.what}; {limit:g} is the budget{whose}",
                evidence=found.evidence,
                confidence=found.confidence,
            )


RULE = Rule(
    code="A504",
    slug="budget-exceeded",
    severity=Severity.ERROR,
    why="The system has agreed on a limit, and is above it.",
    instead="Take back what made the number grow; `flowmap advise` says which waits could become events.",
    check=check,
)
"""Active where the configuration has such contracts."""
