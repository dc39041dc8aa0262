"""Two loose ends that were meant to meet: what nobody hears and what nobody sends, under names that hardly differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from flowmap.graph.flowgraph import FlowGraph, LooseEnd
from flowmap.graph.likeness import clues, difference
from flowmap.graph.matching import family
from flowmap.model.interaction import Interaction, Match

BETWEEN_SERVICES = ("inflection", "a letter", "two letters", "the prefix")
"""Differences that inside one service are rather those of a question and its answer."""
LONG_ENOUGH = 4
"""Letters that a name has at least to be alike another."""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """What is published as `sent` and listened to as `heard`, and by what these differ; `blind` are sites that may be another end
    of either."""

    sent: str
    heard: str
    difference: str
    published: tuple[Interaction, ...]
    subscribed: tuple[Interaction, ...]
    blind: tuple[Interaction, ...]


def near_misses(graph: FlowGraph) -> tuple[NearMiss, ...]:
    """All pairs, in the order of the publications."""
    unsent: dict[tuple[object, ...], list[tuple[LooseEnd, Interaction]]] = defaultdict(list)
    for end in graph.unsent():
        for site in end.sites:
            for clue in _clues(site):
                unsent[clue].append((end, site))
    found: dict[tuple[str, str, str], NearMiss] = {}
    for end in graph.unheard():
        for published in end.sites:
            candidates = {s.id: (other, s) for clue in _clues(published) for other, s in unsent.get(clue, ())}
            for other, subscribed in candidates.values():
                names = _pair(published, subscribed)
                if names is not None:
                    key = (family(published), *names[:2])
                    known = found.get(key) or NearMiss(*names, (), (), tuple(dict.fromkeys((*end.blind, *other.blind))))
                    found[key] = _with(known, published, subscribed)
    return tuple(found.values())


def _clues(site: Interaction) -> Iterator[tuple[object, ...]]:
    """What a site has in common with those that it may have missed."""
    names = (site.channel, site.exchange, site.event)
    for place, name in enumerate(names):
        if name:
            yield from ((family(site), place, *clue) for clue in clues(name))


def _with(miss: NearMiss, published: Interaction, subscribed: Interaction) -> NearMiss:
    return replace(
        miss,
        published=tuple(dict.fromkeys((*miss.published, published))),
        subscribed=tuple(sorted({*miss.subscribed, subscribed}, key=lambda s: (s.service, s.location, s.id))),
    )


def _pair(published: Interaction, subscribed: Interaction) -> tuple[str, str, str] | None:
    """The two names and their difference: of the channels, of the exchanges if the channels are the same, else of the types."""
    if family(published) != family(subscribed) or published.space != subscribed.space:
        return None
    names = [
        (published.channel, subscribed.channel),
        (published.exchange, subscribed.exchange),
        (published.event, subscribed.event),
    ]
    apart = [(a, b) for a, b in names if a and b and a != b]
    if len(apart) != 1 or (subscribed.match is not Match.EXACT and apart[0][1] == subscribed.channel and _is_pattern(apart[0][1])):
        return None
    one, other = apart[0]
    if min(sum(c.isalpha() for c in one), sum(c.isalpha() for c in other)) < LONG_ENOUGH:
        return None
    by = difference(one, other)
    if by is None or (published.service == subscribed.service and by.startswith(BETWEEN_SERVICES)):
        return None
    return one, other, by


def _is_pattern(name: str) -> bool:
    return any(c in name for c in "*#>+?[")
