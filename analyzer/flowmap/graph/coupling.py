"""The coupling of each service: whom it waits for and who waits for it, what it sends and hears, what it can answer alone.

Waiting is followed endpoint by endpoint, as in chains. What a service asks itself is not followed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from flowmap.graph.channels import channels
from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.coupling import Coupling
from flowmap.model.flow import EdgeKind
from flowmap.model.interaction import Interaction, Role

UNKNOWN = "?"
"""A party that a call waits for and that is not known."""


def coupling(graph: FlowGraph, availability: float) -> tuple[Coupling, ...]:
    """The numbers of all services, in their order; `availability` is that of one party, from 0 to 1."""
    edges = [e for e in graph.flow.edges if e.kind is EdgeKind.COORDINATION and e.source != e.target]
    on, by = _grouped((e.source, e.target) for e in edges), _grouped((e.target, e.source) for e in edges)
    found = [c for c in channels(graph) if not c.aside]
    sent = _grouped((s.service, c.name) for c in found for s in c.publishers)
    heard = _grouped((s.service, c.name) for c in found for s in c.subscribers)
    depths = _depths(graph)
    own: dict[str, list[Interaction]] = defaultdict(list)
    for site in graph.flow.interactions:
        own[site.service].append(site)
    rows = []
    for name in (s.name for s in graph.flow.services):
        needs = _needs(graph, own[name])
        served = [s for s in own[name] if s.role is Role.SERVE]
        worst = max(map(len, needs.values()), default=0)
        rows.append(
            Coupling(
                service=name,
                waits_on=tuple(sorted(on[name])),
                waited_on_by=tuple(sorted(by[name])),
                publishes=tuple(sorted(sent[name])),
                consumes=tuple(sorted(heard[name])),
                endpoints=len(served),
                alone=sum(not needs[s.id] for s in served),
                unknown=sum(map(_asks_nobody, own[name])),
                longest_chain=depths.get(name, 0),
                availability=round(availability**worst, 6),
            )
        )
    return tuple(rows)


def waited_for(graph: FlowGraph, start: Interaction) -> tuple[str, ...]:
    """The parties that the handler of an endpoint or subscription may wait for in one run, directly or through the endpoints that
    it calls: services, `external:<name>`, and `UNKNOWN` for its own calls whose callee is not known."""
    names = tuple(w.service for w in graph.waiting.waited(start))
    unknown = any(t.waits and _asks_nobody(t.site) for t in graph.course_of(start))
    return (*names, UNKNOWN) if unknown else names


def _needs(graph: FlowGraph, own: Iterable[Interaction]) -> dict[str, tuple[str, ...]]:
    """Whom each handler of a service waits for, by the id of what starts it."""
    return {s.id: waited_for(graph, s) for s in own if s.role in (Role.SERVE, Role.SUBSCRIBE)}


def _asks_nobody(site: Interaction) -> bool:
    """Whether it waits, and nobody knows for whom."""
    return site.role is Role.CALL and site.waits and site.target is None and not site.local


def _depths(graph: FlowGraph) -> dict[str, int]:
    """The most hops that begin at each service."""
    found: dict[str, int] = {}
    for chain in graph.flow.chains:
        for number, service in enumerate(chain.services):
            found[service] = max(found.get(service, 0), chain.hops - number)
    return found


def _grouped(pairs: Iterable[tuple[str, str]]) -> defaultdict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return found
