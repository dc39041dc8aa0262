"""The parts that several views share: services and externals as nodes, calls as links, domains as frames."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TypeAlias

from flowmap.graph.domains import domains
from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.workflows import workflows
from flowmap.model.flow import EdgeKind
from flowmap.model.interaction import OUTSIDE, Confidence, Interaction, Role
from flowmap.model.picture import Cluster, Link, Node, NodeKind
from flowmap.model.project import ExternalKind
from flowmap.views.badges import Badges
from flowmap.views.identifiers import identifiers
from flowmap.visible import counted

PartyIds: TypeAlias = dict[str, str]
"""Node ids by service name or `external:<name>`."""
MAX_PLACES = 12


def party_ids(graph: FlowGraph) -> PartyIds:
    """Ids of everything that an edge can join."""
    services = [(s.name, "service", s.name) for s in graph.flow.services]
    return identifiers([*services, *((f"{OUTSIDE}{e.name}", "external", e.name) for e in graph.flow.externals)])


def service_nodes(graph: FlowGraph, ids: PartyIds, marks: Badges) -> tuple[list[Node], list[Cluster]]:
    """The services in the frames of their domains, first those where the largest workflows begin: pictures are read from there."""
    folder = domains(graph.flow.services)
    beginnings = dict.fromkeys(w.trigger.service for w in workflows(graph))
    order = {name: n for n, name in enumerate(beginnings)}
    frames = identifiers((f, "domain", f) for f in folder.values())
    blind = Counter(site.service for site in graph.blind_spots)
    nodes = [
        Node(
            id=ids[s.name],
            kind=NodeKind.SERVICE,
            label=s.name,
            detail=counted(blind[s.name], "blind spot") if blind[s.name] else "",
            folder=s.root,
            cluster=frames.get(folder.get(s.name, ""), ""),
            badges=marks.of_service(s.name),
            places=(s.entry or s.root,),
        )
        for s in sorted(graph.flow.services, key=lambda s: order.get(s.name, len(order)))
    ]
    frames = {folder: frames[folder] for folder in dict.fromkeys(folder[n.label] for n in nodes if n.label in folder)}
    return nodes, [Cluster(identifier, label) for label, identifier in frames.items()]


def external_nodes(graph: FlowGraph, ids: PartyIds, linked: Iterable[str]) -> list[Node]:
    """The externals that take part; what only stands in a deployment file is no part of the flow."""
    used = set(linked)
    product = {e.name for e in graph.flow.externals if e.kind is ExternalKind.PRODUCT}
    return [
        Node(ids[f"{OUTSIDE}{e.name}"], NodeKind.PRODUCT if e.name in product else NodeKind.EXTERNAL, e.name)
        for e in graph.flow.externals
        if ids[f"{OUTSIDE}{e.name}"] in used
    ]


def call_links(graph: FlowGraph, ids: PartyIds, marks: Badges) -> list[Link]:
    """Who calls whom, with the operations; one link per pair, whatever the transports, and one for calls that nobody waits for."""
    pairs: dict[tuple[str, str, EdgeKind], list[Interaction]] = {}
    for call in graph.flow.interactions:
        if call.role is Role.CALL and call.target in ids and call.target != call.service and call.service in ids:
            pairs.setdefault((call.service, call.target, call_kind(call)), []).append(call)
    return [link(ids[s], ids[t], kind, calls, marks) for (s, t, kind), calls in sorted(pairs.items())]


def call_kind(call: Interaction) -> EdgeKind:
    """Whether the caller waits."""
    return EdgeKind.COORDINATION if call.waits else EdgeKind.COLLABORATION


def link(source: str, target: str, kind: EdgeKind, sites: list[Interaction], marks: Badges) -> Link:
    """A link that stands for some sites; what is on it are their operations."""
    return Link(
        source=source,
        target=target,
        kind=kind,
        labels=tuple(dict.fromkeys(s.operation for s in sites if s.operation)),
        badges=marks.of_sites(s for s in sites if s.role is Role.CALL),
        places=places(sites),
        guess=bool(sites) and all(s.confidence is Confidence.GUESS for s in sites),
    )


def places(sites: Iterable[Interaction]) -> tuple[str, ...]:
    """Where the sites stand, the first ones."""
    return tuple(dict.fromkeys(str(s.location) for s in sites))[:MAX_PLACES]
