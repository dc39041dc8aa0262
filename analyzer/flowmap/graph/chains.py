"""Chains of waiting, endpoint by endpoint: a call, the endpoint it meets, the calls which that endpoint's handler makes."""

from __future__ import annotations

from collections import defaultdict

import networkx as nx

from flowmap.graph.courses import waiting_triggers
from flowmap.graph.endpoints import NOTHING, by_service, operations
from flowmap.model.flow import Chain
from flowmap.model.interaction import Interaction, Role

MAX_CHAINS = 500
"""Chains that are reported."""
MAX_HOPS = 40


def chains(interactions: tuple[Interaction, ...], services: set[str]) -> tuple[Chain, ...]:
    """Every maximal path of calls between services, longest first."""
    graph = call_graph(interactions, services)
    by_id = {i.id: i for i in interactions}
    found: dict[tuple[str, ...], Chain] = {}
    for start in _starts(graph):
        for path in _paths(graph, start):
            names = (by_id[path[0]].service, *(by_id[p].target or "" for p in path))
            known = found.get(names)
            if known is None:
                found[names] = Chain(names, tuple(path))
            if len(found) >= MAX_CHAINS:
                break
    kept = [c for c in found.values() if not any(_contains(o.services, c.services) for o in found.values() if o is not c)]
    return tuple(sorted(kept, key=lambda c: (-c.hops, c.services, c.interactions))[:MAX_CHAINS])


def call_graph(interactions: tuple[Interaction, ...], services: set[str]) -> nx.DiGraph[str]:
    """Calls between services as nodes; an arrow from a call to each call that the endpoint it meets goes on to make."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    served, routes = by_service(interactions), operations(interactions)
    triggered: dict[str, list[str]] = defaultdict(list)
    calls = [i for i in interactions if i.role is Role.CALL and i.target in services and i.target != i.service and i.waits]
    for call in calls:
        graph.add_node(call.id)
        for trigger in waiting_triggers(call):
            triggered[trigger].append(call.id)
    for call in calls:
        for endpoint in served.get(call.target or "", NOTHING).answering(call, routes):
            graph.add_edges_from((call.id, following) for following in triggered[endpoint.id])
    return graph


def _starts(graph: nx.DiGraph[str]) -> list[str]:
    """Calls that no other leads to, and those of the circles that no other leads into."""
    circles = nx.condensation(graph)
    return sorted(n for c in circles if circles.in_degree(c) == 0 for n in circles.nodes[c]["members"])


def _paths(graph: nx.DiGraph[str], start: str) -> list[list[str]]:
    """The maximal simple paths from a node, bounded in number and length."""
    found: list[list[str]] = []
    stack: list[list[str]] = [[start]]
    while stack and len(found) < MAX_CHAINS:
        path = stack.pop()
        following = [n for n in sorted(graph.successors(path[-1]), reverse=True) if n not in path]
        if not following or len(path) >= MAX_HOPS:
            found.append(path)
        stack += [[*path, n] for n in following if len(path) < MAX_HOPS]
    return found


def _contains(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    """Whether the one path of services lies inside the other, longer one."""
    size = len(shorter)
    return len(longer) > size and any(longer[n : n + size] == shorter for n in range(len(longer) - size + 1))
