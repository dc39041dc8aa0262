"""An edge that a closed contract does not list.

What: A service that a contract of type `allowed-only` speaks of reaches somebody whom the contract does not list.

Why: A list of what may be is the shortest description of an architecture that cannot be out of date: each new edge is a line in a
review, and nobody has to guess tomorrow's mistakes today.

How: Each edge between different services that starts at one of `services` has to meet one entry of `edges`, by `from`, `to`,
`kind` and `channels`. What lies outside the scan has names, too.

Bad:
    # flowmap.toml lists web -> orders, orders -> stock
    httpx.get("http://crm/vip")                   # in orders

Good:
    # orders -> crm is listed in the commit that adds the call

Fix: Take the edge out, or list it.

Configure: `[[contracts]]` with `type = "allowed-only"`, `services` (all), `kind` (`any`) and `edges`, a list of tables
with `from`, `to`, `kind` and `channels`.

Ignore: When the edge is there for a while and goes again: `[[ignore]]` with the reason, or the baseline.
"""

from collections.abc import Iterable

from flowmap.rule_api import AllowedOnlyContract, Edge, Finding, Rule, RuleContext, Severity, broken, edges, members


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per edge that is in no list."""
    for agreed in context.agreed:
        if isinstance(agreed.contract, AllowedOnlyContract):
            meant, allowed = members(context.graph, agreed.contract.services), _allowed(context, agreed.contract)
            for edge in edges(context.graph, agreed.contract.kind):
                if edge.source in meant and edge not in allowed:
                    yield broken(context, rule, agreed, (edge,))


def _allowed(context: RuleContext, contract: AllowedOnlyContract) -> set[Edge]:
    return {
        edge
        for entry in contract.edges
        for sources, targets in [(members(context.graph, entry.from_), members(context.graph, entry.to))]
        for edge in edges(context.graph, entry.kind, entry.channels)
        if edge.source in sources and edge.target in targets
    }


RULE = Rule(
    code="A502",
    slug="undeclared-edge",
    severity=Severity.ERROR,
    why="The system has agreed on a closed list of edges, and this one is not in it.",
    instead="Take the edge out, or list it together with the owner of the contract.",
    check=check,
)
"""Active where the configuration has such contracts."""
