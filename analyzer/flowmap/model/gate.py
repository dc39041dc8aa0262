"""What a team knows and lives with until it is mended, and how a scan stands to that: what is new, what is known, what is gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from flowmap.model.flow import Edge, EdgeKind, Finding, Severity
from flowmap.model.interaction import Confidence

Identity: TypeAlias = tuple[str, str, tuple[str, ...]]
"""Of a finding: the code of its rule, what it is about, and the services that have a part in it. No place is in it."""
EdgeIdentity: TypeAlias = tuple[EdgeKind, str, str, str]
"""Of an edge: its kind, from whom, to whom, and the channel (empty for calls)."""


@dataclass(frozen=True, slots=True)
class KnownFinding:
    """Findings that are known: `count` of one identity, and why they may stay for now."""

    identity: Identity
    count: int
    reason: str


@dataclass(frozen=True, slots=True)
class KnownEdge:
    """An edge that was there, and why it may stay."""

    identity: EdgeIdentity
    reason: str


@dataclass(frozen=True, slots=True)
class KnownNumber:
    """A number that may not grow; `name` is the key of a budget."""

    name: str
    value: int
    reason: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is known. `edges` is None where new edges are nobody's concern; `origin` is the name of the file."""

    findings: tuple[KnownFinding, ...] = ()
    edges: tuple[KnownEdge, ...] | None = None
    numbers: tuple[KnownNumber, ...] = ()
    origin: str = ""


NOTHING_KNOWN = Baseline()


@dataclass(frozen=True, slots=True)
class Bar:
    """What fails: findings of this severity or a graver one, and of this confidence or a surer one."""

    severity: Severity = Severity.WARNING
    confidence: Confidence = Confidence.DERIVED

    def is_reached(self, finding: Finding) -> bool:
        """Whether a finding fails if it is new."""
        grave = list(Severity).index(finding.severity) <= list(Severity).index(self.severity)
        return grave and finding.confidence.rank >= self.confidence.rank


@dataclass(frozen=True, slots=True)
class Gate:
    """How findings stand to the bar and the baseline: those that fail, those that are known, those that are below the bar; and,
    each as a sentence, what the baseline has that is not there any more, and what kept the scan from judging. `origin` is the name
    of the baseline's file."""

    bar: Bar
    failing: tuple[Finding, ...] = ()
    known: tuple[Finding, ...] = ()
    below: tuple[Finding, ...] = ()
    stale: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    origin: str = ""

    @property
    def passed(self) -> bool:
        """Whether nothing is new, nothing stale, and all was judged."""
        return not (self.failing or self.stale or self.faults)


def identity_of(finding: Finding) -> Identity:
    """What makes two findings the same one, wherever they stand."""
    return finding.code, finding.subject, tuple(sorted(set(finding.services)))


def identity_of_edge(edge: Edge) -> EdgeIdentity:
    """What makes two edges the same one."""
    return edge.kind, edge.source, edge.target, edge.channel or ""
