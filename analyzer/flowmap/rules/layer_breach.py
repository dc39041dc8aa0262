"""A service depends on one in a layer above it.

What: With a contract of type `layers`, a service calls, or listens to, one that stands in a higher layer.

Why: Layers say in which order services can be understood, released and replaced. A platform that listens to the shop's events, or
calls it, cannot be released without the shop.

How: The first layer is the top. Whoever calls depends on whom it calls; whoever listens depends on who publishes. Services that no
layer names are free, as are those of one layer among themselves.

Bad:
    # layers = ["web", ["orders", "billing"], "platform"]
    requests.post("http://orders/refresh", timeout=2)       # in platform

Good:
    # platform publishes nothing about orders and asks nobody above it

Fix: Turn the edge round: let the upper service react to an event of the lower one, or move what both need down.

Configure: `[[contracts]]` with `type = "layers"`, `layers` (names or lists of names, from the top down) and `kind` (`any`).

Ignore: When the edge is there for a while and goes again: `[[ignore]]` with the reason, or the baseline.
"""

from collections.abc import Iterable

from flowmap.rule_api import EdgeKind, Finding, LayersContract, Rule, RuleContext, Severity, broken, edges, members


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per edge that leads up."""
    for agreed in context.agreed:
        if isinstance(agreed.contract, LayersContract):
            level: dict[str, int] = {}
            for number, names in enumerate(agreed.contract.layers):
                for party in members(context.graph, names):
                    level.setdefault(party, number)
            for edge in edges(context.graph, agreed.contract.kind):
                waits = edge.kind is EdgeKind.COORDINATION
                depends, on = (edge.source, edge.target) if waits else (edge.target, edge.source)
                if depends in level and on in level and level[on] < level[depends]:
                    yield broken(context, rule, agreed, (edge,))


RULE = Rule(
    code="A503",
    slug="layer-breach",
    severity=Severity.ERROR,
    why="The system has agreed on layers, and this edge makes a lower one depend on a higher one.",
    instead="Turn the edge round, or move what both need down.",
    check=check,
)
"""Active where the configuration has such contracts."""
