"""Findings about contracts: what is so, which contract it breaks, why that was agreed, and who can be asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flowmap.graph.agreements import Agreed, proof
from flowmap.model.flow import Edge, EdgeKind, Finding
from flowmap.model.interaction import Confidence
from flowmap.model.location import Evidence
from flowmap.rule_api.core import Rule, RuleContext
from flowmap.rule_api.wording import named


def broken(context: RuleContext, rule: Rule, agreed: Agreed, way: Sequence[Edge]) -> Finding:
    """A finding about edges, one or several in a row, that a contract does not allow, with the proof of each."""
    parties = (way[0].source, *(e.target for e in way))
    channel = way[0].channel if len(way) == 1 and way[0].kind is EdgeKind.COLLABORATION else None
    does = f"publishes {channel} to" if channel else "waits for" if len(way) == 1 else f"comes, in {len(way)} steps, to"
    return joined(
        rule,
        agreed,
        subject=" → ".join(named(p) for p in ((parties[0], channel, parties[-1]) if channel else (parties[0], parties[-1]))),
        services=parties,
        said=f"{named(parties[0])} {does} {named(parties[-1])}"
        + (f": {' → '.join(named(p) for p in parties)}" if len(way) > 1 else ""),
        evidence=[hop for edge in way for hop in proof(context.graph, edge)],
        confidence=min((e.confidence for e in way), key=lambda c: c.rank),
    )


def joined(
    rule: Rule,
    agreed: Agreed,
    *,
    subject: str,
    services: Iterable[str],
    said: str,
    evidence: Iterable[Evidence],
    confidence: Confidence,
) -> Finding:
    """A finding about a contract: what is so, by which contract it may not be, why that was agreed, and who can be asked."""
    contract = agreed.contract
    owner = f" Ask {contract.owner}." if contract.owner else ""
    return rule.finding(
        subject=subject,
        services=services,
        message=f"{said} (contract '{contract.name}', {agreed.location})",
        evidence=evidence,
        confidence=confidence,
        why=f"{contract.reason[:1].upper()}{contract.reason[1:].rstrip('.')}.{owner}",
    )
