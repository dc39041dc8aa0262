"""What belongs to whom: services of one code base are one context, whatever the number of their processes."""

from __future__ import annotations

from collections.abc import Iterable

from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.interaction import Interaction


def contexts(graph: FlowGraph, sites: Iterable[Interaction]) -> dict[str, list[Interaction]]:
    """The sites by the context that does them, which goes by the name of its first service. Services whose folders lie in one
    another share a context. Sites in one file are of one context,
    for whoever runs it runs the same decision."""
    roots = {s.name: s.root.strip("/") for s in graph.flow.services}
    found: dict[str, list[Interaction]] = {}
    for site in sites:
        name = next((n for n, known in found.items() if any(_together(roots, site, k) for k in known)), site.service)
        found.setdefault(name, []).append(site)
    return found


def context_of(graph: FlowGraph, sites: Iterable[Interaction]) -> dict[str, str]:
    """The context of each service that some sites are of."""
    return {site.service: name for name, own in contexts(graph, sites).items() for site in own}


def _together(roots: dict[str, str], one: Interaction, other: Interaction) -> bool:
    if one.service == other.service or one.location.path == other.location.path:
        return True
    first, second = roots.get(one.service, one.service), roots.get(other.service, other.service)
    return first == second or f"{first}/".startswith(f"{second}/") or f"{second}/".startswith(f"{first}/")
