"""Findings about channels that have one end only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flowmap.graph.flowgraph import FlowGraph, LooseEnd
from flowmap.model.flow import Finding
from flowmap.model.interaction import Confidence, Interaction
from flowmap.model.location import Evidence
from flowmap.rule_api.core import Rule, RuleContext
from flowmap.rule_api.wording import cannot_tell, evidence, list_of, services, unseen, weakest

_SHOWN = 3
_BLIND_SHOWN = 5
"""Blind spots that are shown as evidence."""
_TOO_MANY = 4
"""Channels of a service from which on one doubt makes one finding."""


@dataclass(frozen=True, slots=True)
class EndWords:
    """How one end of a channel is spoken of: what one service does, what several do, and what its sites are called."""

    one: str
    several: str
    sites: str


PUBLISHING = EndWords("publishes", "publish", "publications")
LISTENING = EndWords("listens to", "listen to", "subscriptions")


def loose_findings(context: RuleContext, rule: Rule, ends: Iterable[LooseEnd], own: EndWords, other: EndWords) -> Iterable[Finding]:
    """A finding per channel that has its `own` end only; what one doubt hangs over, `_TOO_MANY` channels of a service or more, is
    one finding: the same blind spots, or that only names say that it is a channel."""
    told: list[LooseEnd] = []
    doubted: dict[tuple[object, ...], list[LooseEnd]] = {}
    for end in ends:
        guessed = weakest(end.sites) is Confidence.GUESS
        doubt = (services(end.sites), end.sites[0].transport, tuple(b.id for b in end.blind), guessed)
        (doubted.setdefault(doubt, []) if end.blind or guessed else told).append(end)
    for found in doubted.values():
        if len(found) < _TOO_MANY:
            told += found
        else:
            yield _doubted(rule, found, own, other)
    for end in told:
        known, places = known_of(context.graph, end.sites[0])
        names = services(end.sites)
        yield rule.finding(
            subject=end.channel,
            services=names,
            message=f"{_does(names, own)} {end.channel}, and nothing in the scan {other.one} it{known}"
            f"{cannot_tell(end.blind, other.sites)}",
            evidence=[*_loose_hops([end], own, other), *places],
            confidence=Confidence.GUESS if end.blind else weakest(end.sites),
        )


def _doubted(rule: Rule, ends: Sequence[LooseEnd], own: EndWords, other: EndWords) -> Finding:
    names, channels = services(ends[0].sites), list_of([e.channel for e in ends])
    return rule.finding(
        subject=f"{list_of(names)} over {ends[0].sites[0].transport}",
        services=names,
        message=f"{_does(names, own)} {len(ends)} channels that nothing in the scan is seen to {other.several}: {channels}"
        f"{cannot_tell(ends[0].blind, other.sites)}",
        evidence=_loose_hops(ends, own, other),
        confidence=Confidence.GUESS,
    )


def _does(names: Sequence[str], own: EndWords) -> str:
    return f"{list_of(names)} {own.one if len(names) == 1 else own.several}"


def _loose_hops(ends: Sequence[LooseEnd], own: EndWords, other: EndWords) -> list[Evidence]:
    """The sites of some ends, which have the same blind spots, and a few of these."""
    known = [evidence(s, f"{s.service} {own.one} {end.channel}") for end in ends for s in end.sites]
    return known + [evidence(b, f"{b.service} {other.one} {unseen(b)}") for b in ends[0].blind[:_BLIND_SHOWN]]


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
