"""Services only: who waits for whom and who reacts to whom, the channels as words on the arrows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flowmap.graph.channels import Channel, channels
from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.flow import EdgeKind, Finding
from flowmap.model.interaction import OUTSIDE, Interaction
from flowmap.model.picture import Badge, Link, Picture
from flowmap.views.badges import Badges, badges
from flowmap.views.choreography import by_service
from flowmap.views.merging import merged
from flowmap.views.parts import PartyIds, call_links, external_nodes, link, party_ids, service_nodes
from flowmap.visible import named


def services(graph: FlowGraph, findings: Iterable[Finding], title: str) -> Picture:
    """The picture of a graph. A finding about a channel with one end only stands at the services of that end."""
    marks = badges(graph, findings)
    ids = party_ids(graph)
    drawn = channels(graph)
    links = [*call_links(graph, ids, marks), *merged(one for c in drawn for one in _links(c, ids, marks))]
    nodes, frames = service_nodes(graph, ids, _with_loose_ends(drawn, marks))
    nodes += external_nodes(graph, ids, (end for one in links for end in (one.source, one.target)))
    return Picture(title, tuple(nodes), tuple(links), tuple(frames))


def _links(channel: Channel, ids: PartyIds, marks: Badges) -> list[Link]:
    """From each publisher to each subscriber."""
    found = []
    for publisher, sent in _ends(channel.publishers, channel.senders, ids):
        for subscriber, received in _ends(channel.subscribers, channel.receivers, ids):
            one = link(ids[publisher], ids[subscriber], EdgeKind.COLLABORATION, [*sent, *received], marks)
            found.append(replace(one, labels=(named(channel.name),), badges=marks.of_sites(channel.sites)))
    return found


def _ends(sites: tuple[Interaction, ...], externals: tuple[str, ...], ids: PartyIds) -> list[tuple[str, list[Interaction]]]:
    return [*by_service(sites, ids).items(), *((f"{OUTSIDE}{name}", []) for name in externals)]


def _with_loose_ends(drawn: Iterable[Channel], marks: Badges) -> Badges:
    found: dict[str, set[Badge]] = {name: set(of) for name, of in marks.services.items()}
    for channel in drawn:
        if not (channel.publishers and channel.subscribers):
            for site in channel.sites:
                found.setdefault(site.service, set()).update(marks.sites.get(site.id, ()))
    return Badges(found, marks.sites)
