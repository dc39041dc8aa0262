"""Circles of events: handlers that, by what they publish, set themselves off again.

Who is told what to do and answers is no circle, nor is a message that goes back to its own channel to be tried again. A function
that handles several kinds of messages tells them apart, and which of them leads to what is not known: no circle is followed
through it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import networkx as nx

from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.messages import handles_several
from flowmap.model.interaction import Interaction, Kind, Role
from flowmap.model.step import Surrounding
from flowmap.naming import mood, words

MAX_STARTS = 100
"""Members of a part from which a way round is looked for."""
ONCE_MORE = frozenset("again nack redeliver reject republish requeue resend retry".split())
"""Words of functions that send a message back to be tried again."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """A shortest way round: subscriptions and what their handlers publish in turn, the last publication reaching the first
    subscription. `others` are the subscriptions that lie on further circles through the same handlers. It may be none if it is
    `vague`: a handler may tell messages apart that come by a channel which says nothing of their type."""

    hops: tuple[tuple[Interaction, Interaction], ...]
    others: tuple[Interaction, ...]
    vague: bool

    @property
    def sites(self) -> tuple[Interaction, ...]:
        """The sites of the way round, in order."""
        return tuple(site for hop in self.hops for site in hop)


def event_cycles(graph: FlowGraph) -> tuple[Cycle, ...]:
    """One circle for each set of handlers that can all set one another off."""
    found: nx.DiGraph[str] = nx.DiGraph()
    links: dict[tuple[str, str], Interaction] = {}
    for site in graph.role(Role.SUBSCRIBE):
        for published in _reactions(graph, site):
            for received in graph.subscribers_of(published):
                again = received.id == site.id and _on_failure(graph, site, published)
                if received.kind is Kind.EVENT and not received.outside and not again:
                    found.add_edge(site.id, received.id)
                    links.setdefault((site.id, received.id), published)
    circles = []
    for members in nx.strongly_connected_components(found):
        inside = found.subgraph(members)
        if inside.number_of_edges():
            circles.append(_cycle(graph, inside, links))
    return tuple(sorted(circles, key=lambda c: (c.hops[0][0].service, c.hops[0][0].id)))


def _reactions(graph: FlowGraph, site: Interaction) -> Iterator[Interaction]:
    if site.kind is Kind.EVENT and not site.outside and not handles_several(graph, site):
        for following in graph.triggered_by(site):
            if following.role is Role.PUBLISH and _is_event(following) and not _is_retry(following):
                yield following


def _is_event(published: Interaction) -> bool:
    """Whether it tells of something; an instruction starts what its own sender directs."""
    name = published.event or published.channel
    told = bool(name) and mood(name or "").kind not in ("instruction", "request")
    return told and published.kind is Kind.EVENT and not published.local


def _is_retry(published: Interaction) -> bool:
    functions = [published.function, *(step.function for step in published.via)]
    return any(ONCE_MORE & set(words(name)) for name in functions)


def _on_failure(graph: FlowGraph, site: Interaction, published: Interaction) -> bool:
    """Whether a handler comes to a publication only where it handles an error."""
    taken = [t for t in graph.course_of(site) if t.site.id == published.id]
    return bool(taken) and all(t.has(Surrounding.FAILURE) for t in taken)


def _cycle(graph: FlowGraph, inside: nx.DiGraph[str], links: dict[tuple[str, str], Interaction]) -> Cycle:
    """The shortest circle in a strongly connected part, the one with the first id if there are several; in a large part, of those
    through its first members."""
    best: list[str] = []
    for start in sorted(inside)[:MAX_STARTS]:
        back = [[*nx.shortest_path(inside, following, start)] for following in sorted(inside.successors(start))]
        shortest = min(back, key=len)
        if not best or len(shortest) < len(best):
            best = [start, *shortest[:-1]]
        if len(best) == 1:
            break
    hops = tuple((graph.by_id[a], links[a, b]) for a, b in zip(best, [*best[1:], best[0]], strict=True))
    untyped = any(mood(p.event or p.channel or "").kind != "fact" for _, p in hops)
    return Cycle(hops, tuple(graph.by_id[n] for n in sorted(set(inside) - set(best))), untyped)
