"""An edge that the baseline does not have.

What: Two services have come to wait for one another, or a channel has found a new publisher or listener, since the baseline was
written.

Why: Architecture drifts one edge at a time, and nobody decides it. Where every new edge is seen in the change that brings it, it
has been decided.

How: The baseline lists edges by kind, services and channel, without any place in the code; moving or renaming code makes no new
one.

Bad:
    # a change that should only fix a typo brings `orders waits for loyalty`

Good:
    flowmap baseline --edges --reason "orders shows the loyalty tier, agreed in ADR 12"

Fix: Take the edge out, or write it into the baseline with the reason.

Configure: `flowmap baseline --edges` lists the edges; `check` looks for new ones as soon as the baseline has a list.

Ignore: Where new edges are nobody's concern: a baseline without edges.
"""

from collections.abc import Iterable

from flowmap.rule_api import EdgeKind, Finding, Rule, RuleContext, Severity, edges, identity_of_edge, named, proof


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per edge that is new."""
    known = context.baseline.edges
    if known is None:
        return
    listed = {e.identity for e in known}
    for edge in edges(context.graph, "any"):
        if identity_of_edge(edge) not in listed:
            source, target = named(edge.source), named(edge.target)
            waits = edge.kind is EdgeKind.COORDINATION
            does = "waits for" if waits else f"publishes {edge.channel} to"
            yield rule.finding(
                subject=f"{source} → {target}" if waits else f"{source} → {edge.channel} → {target}",
                services=(edge.source, edge.target),
                message=f"{source} {does} {target}, which is not in the baseline",
                evidence=proof(context.graph, edge),
                confidence=edge.confidence,
            )


RULE = Rule(
    code="A505",
    slug="new-edge",
    severity=Severity.ERROR,
    why="Architecture drifts one edge at a time, and nobody has decided this one.",
    instead="Take the edge out, or write it into the baseline with the reason: `flowmap baseline --edges --reason ...`.",
    check=check,
)
"""Active where the baseline lists edges."""
