"""What a rule is, what it is given, and how it says what it found. The only module of flowmap that a rule imports.

A rule's module docstring is its documentation page: a first line, then paragraphs headed `What:`, `Why:`, `How:`, `Bad:`,
`Good:`, `Fix:`, `Configure:`, `Ignore:`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from flowmap.graph.courses import Taken, tries
from flowmap.graph.flowgraph import FlowGraph, LooseEnd
from flowmap.graph.purposes import WAITING_WORK, can_wait, reads, word_of
from flowmap.graph.waiting import Waited
from flowmap.model.flow import Chain, EdgeKind, Finding, Severity
from flowmap.model.interaction import OUTSIDE, Confidence, Interaction, Kind, Role
from flowmap.model.location import Evidence, Location
from flowmap.model.step import Surrounding
from flowmap.model.suppression import How, Unused
from flowmap.naming import is_past, mood, words
from flowmap.thresholds import AVAILABILITY, DEFERRABLE, MAX_SYNC_FAN_OUT, MAX_SYNC_HOPS, AnyThreshold, Options, Threshold

__all__ = [
    "AVAILABILITY", "DEFERRABLE", "MAX_SYNC_FAN_OUT", "MAX_SYNC_HOPS", "WAITING_WORK", "Chain", "Confidence", "EdgeKind",
    "Evidence", "Finding", "FlowGraph", "How", "Interaction", "Kind", "Location", "LooseEnd", "Options", "Role", "Rule",
    "RuleContext", "Severity", "Surrounding", "Taken", "Threshold", "Unused", "Waited", "can_wait", "cannot_tell", "entry",
    "evidence", "is_past", "known_of", "list_of", "mood", "named", "reads", "services", "settled", "tries", "unseen",
    "waits_for", "weakest", "word_of", "words",
]  # fmt: skip


_SHOWN = 3


@dataclass(frozen=True, slots=True)
class RuleContext:
    """What a rule may look at; nothing in it can be changed. `options[THRESHOLD]` is what the team has set, or the default.
    `unused` is for rules that run `last`: the suppressions which no finding of the other ones needs."""

    graph: FlowGraph
    options: Options
    unused: tuple[Unused, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule with everything that its findings share. One that runs `last` judges what became of the others' findings."""

    code: str
    slug: str
    severity: Severity
    why: str
    instead: str
    check: Callable[[RuleContext, Rule], Iterable[Finding]]
    on: bool = True
    last: bool = False
    thresholds: tuple[AnyThreshold, ...] = ()

    def finding(
        self,
        *,
        subject: str,
        services: Iterable[str],
        message: str,
        evidence: Iterable[Evidence],
        confidence: Confidence,
        why: str = "",
    ) -> Finding:
        """A finding of this rule."""
        return Finding(
            self.code,
            self.slug,
            self.severity,
            confidence,
            subject,
            tuple(dict.fromkeys(services)),
            message,
            tuple(evidence),
            why or self.why,
            self.instead,
        )


def evidence(interaction: Interaction, what: str) -> Evidence:
    """A hop at an interaction's place."""
    return Evidence(interaction.location, what, interaction.function)


def waits_for(call: Interaction) -> Evidence:
    """A hop of a call that waits."""
    return evidence(call, f"{call.service} waits for {named(call.target)}: {call.operation or call.channel}")


def named(target: str | None) -> str:
    """A service or external as people read of it."""
    return target.removeprefix(OUTSIDE) if target else "an address that is not known"


def entry(start: Interaction) -> str:
    """What an endpoint or subscription is called: its operation, or the channel that it listens to."""
    return start.operation or start.channel or start.function


def list_of(names: Sequence[str], most: int = 5) -> str:
    """Names as a list in a sentence: `a, b and c`, with the number of those left out."""
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def settled(calls: Iterable[Interaction]) -> list[Interaction]:
    """The calls without those whose other end is not known, where the same place is seen to reach somebody who is."""
    found = list(calls)
    known = {c.location for c in found if c.target is not None}
    return [c for c in found if c.target is not None or c.location not in known]


def services(sites: Iterable[Interaction]) -> tuple[str, ...]:
    """The services of some sites, each once, in their order."""
    return tuple(dict.fromkeys(s.service for s in sites))


def cannot_tell(blind: Sequence[Interaction], what: str) -> str:
    """The end of a message that a blind spot puts in doubt; empty without one."""
    return f"; cannot tell, {what} over {blind[0].transport} could not be resolved ({len(blind)})" if blind else ""


def unseen(site: Interaction) -> str:
    """Why a site may be a missing end."""
    if site.unresolved is not None:
        return f"something unknown: {site.unresolved}"
    return f"{site.channel}, by a binding that the scan does not see"


def known_of(graph: FlowGraph, site: Interaction) -> tuple[str, tuple[Evidence, ...]]:
    """What deployment files and listings of the broker say of the channel of a site that is a loose end: the end of a message, and
    hops."""
    standing = graph.standing(site)
    if standing is None:
        return "", ()
    if standing.made:
        return "", tuple(Evidence(made.location, f"{made.channel} is made or listed here") for made in standing.made[:_SHOWN])
    near = standing.near
    hint = f", the nearest is {near.channel}" if near is not None else ""
    hops = (Evidence(near.location, f"{near.channel} is made or listed here"),) if near is not None else ()
    return f"; none of the {standing.others:,} channels that are made or listed has that name{hint}", hops


def weakest(interactions: Iterable[Interaction]) -> Confidence:
    """The lowest confidence of the evidence."""
    return min((i.confidence for i in interactions), key=lambda c: c.rank, default=Confidence.DERIVED)
