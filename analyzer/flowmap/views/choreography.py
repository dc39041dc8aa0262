"""The whole system with its channels: publisher, channel, subscriber; caller, callee."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flowmap.graph.channels import Channel, channels
from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.flow import EdgeKind, Finding
from flowmap.model.interaction import OUTSIDE, Interaction
from flowmap.model.picture import Link, Node, NodeKind, Picture
from flowmap.views.badges import Badges, badges
from flowmap.views.identifiers import identifiers
from flowmap.views.parts import PartyIds, call_links, external_nodes, link, party_ids, places, service_nodes
from flowmap.visible import named


def choreography(graph: FlowGraph, findings: Iterable[Finding], title: str) -> Picture:
    """The picture of a graph. Channels that carry only calls are no nodes; one whose ends are all in one domain lies in its
    frame."""
    marks = badges(graph, findings)
    ids = party_ids(graph)
    drawn = [c for c in channels(graph) if (c.publishers or c.senders or not c.askers) and not c.aside]
    channel_ids = identifiers((n, "channel", c.name) for n, c in enumerate(drawn))
    nodes, frames = service_nodes(graph, ids, marks)
    frame_of = {n.id: n.cluster for n in nodes}
    links = call_links(graph, ids, marks)
    for number, channel in enumerate(drawn):
        ends = _ends(channel_ids[number], channel, ids, marks)
        around = {frame_of.get(end, "") for one in ends for end in (one.source, one.target) if end != channel_ids[number]}
        node = channel_node(channel_ids[number], channel, marks)
        nodes.append(replace(node, cluster=around.pop() if len(around) == 1 else ""))
        links += ends
    nodes += external_nodes(graph, ids, (end for one in links for end in (one.source, one.target)))
    return Picture(title, tuple(nodes), tuple(links), tuple(frames))


def channel_node(identifier: str, channel: Channel, marks: Badges) -> Node:
    """A channel, with its transport and what else tells it apart."""
    about = [channel.transport, channel.exchange or "", *channel.events[:3], "inside the process" if channel.local else ""]
    detail = " · ".join(dict.fromkeys(a for a in about if a and a != channel.name))
    return Node(
        identifier,
        NodeKind.CHANNEL,
        named(channel.name),
        detail,
        badges=marks.of_sites(channel.sites),
        places=places(channel.sites),
    )


def _ends(identifier: str, channel: Channel, ids: PartyIds, marks: Badges) -> list[Link]:
    kind = EdgeKind.COLLABORATION
    found = [link(ids[name], identifier, kind, sites, marks) for name, sites in by_service(channel.publishers, ids).items()]
    found += [link(identifier, ids[name], kind, sites, marks) for name, sites in by_service(channel.subscribers, ids).items()]
    found += [Link(ids[f"{OUTSIDE}{name}"], identifier, kind) for name in channel.senders]
    return found + [Link(identifier, ids[f"{OUTSIDE}{name}"], kind) for name in channel.receivers]


def by_service(sites: Iterable[Interaction], ids: PartyIds) -> dict[str, list[Interaction]]:
    """The sites by the service they lie in."""
    found: dict[str, list[Interaction]] = {}
    for site in sites:
        if site.service in ids:
            found.setdefault(site.service, []).append(site)
    return found
