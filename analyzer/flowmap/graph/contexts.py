"""What belongs to whom: services of one code base are one context, whatever the number of their processes."""

from __future__ import annotations

from collections.abc import Iterable

from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.interaction import Interaction


def context_of(graph: FlowGraph, sites: Iterable[Interaction]) -> dict[str, str]:
    """The context of each service that some sites are of; it goes by the name of its first service. Services whose folders lie in
    one another share a context, but the folder that holds everything is no such folder."""
    roots = {s.name: s.root.strip("/") for s in graph.flow.services}
    found: dict[str, str] = {}
    for service in dict.fromkeys(site.service for site in sites):
        found[service] = next((name for s, name in found.items() if _together(roots, service, s)), service)
    return found


def deciders(graph: FlowGraph, sites: Iterable[Interaction]) -> dict[str, list[Interaction]]:
    """The sites by who decides what they do: by context, those in one file together, for whoever runs it runs the same decision."""
    listed = list(sites)
    names = context_of(graph, listed)
    files: dict[str, str] = {}
    found: dict[str, list[Interaction]] = {}
    for site in listed:
        name = names[site.service]
        if name not in found:
            name = files.get(site.location.path, name)
        files.setdefault(site.location.path, name)
        found.setdefault(name, []).append(site)
    return found


def _together(roots: dict[str, str], one: str, other: str) -> bool:
    first, second = roots.get(one, one), roots.get(other, other)
    return first == second or f"{first}/".startswith(f"{second}/") or f"{second}/".startswith(f"{first}/")
