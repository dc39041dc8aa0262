"""The channels of a system, each with both of its ends: what tables, pictures and look-ups are made of.

A channel is what publishers name and subscribers are delivered from; a subscription that nobody publishes to is a channel with
one end. Sites whose channel is not known have no channel and are not here: they are the graph's blind spots.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TypeAlias

from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.matching import same_text
from flowmap.model.interaction import Interaction, Role

Address: TypeAlias = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Channel:
    """A conduit with its sites. Messages of one channel that reach different subscribers, told apart by their event type, are
    different channels here. `askers` are calls that go over it and wait for an answer; `senders` and `receivers` are declared
    externals; `local` is one that stays inside a process."""

    name: str
    transport: str
    exchange: str | None
    events: tuple[str, ...]
    publishers: tuple[Interaction, ...]
    subscribers: tuple[Interaction, ...]
    askers: tuple[Interaction, ...] = ()
    senders: tuple[str, ...] = ()
    receivers: tuple[str, ...] = ()
    local: bool = False

    @property
    def aside(self) -> bool:
        """Whether documents alone speak of it, and only at one end: no service of the scan has anything to do with it."""
        alone = all(s.outside for s in self.sites) and not (self.publishers and self.subscribers)
        return alone and not (self.senders or self.receivers)

    @property
    def sites(self) -> tuple[Interaction, ...]:
        """All places that name it."""
        return (*self.publishers, *self.askers, *self.subscribers)


def message_name(site: Interaction) -> str | None:
    """The name under which a message travels: its channel, else its type; None if neither is known."""
    return site.channel or site.event or site.channel


def channels(graph: FlowGraph) -> tuple[Channel, ...]:
    """All channels, by transport and name."""
    published, subscribed = _by_address(graph, Role.PUBLISH), _by_address(graph, Role.SUBSCRIBE)
    met: set[str] = set()
    ends: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[list[Interaction], list[Interaction]]] = {}
    for address, sites in published.items():
        receiving = graph.receivers_of(sites[0])
        met.update(s.id for s in receiving)
        ends.setdefault((address[:-1], tuple(s.id for s in receiving)), ([], receiving))[0].extend(sites)
    found = [_channel(graph, publishers, subscribers) for publishers, subscribers in ends.values()]
    for sites in subscribed.values():
        if alone := [s for s in sites if s.id not in met]:
            found.append(_channel(graph, [], alone))
    return tuple(sorted(found, key=lambda c: (c.transport, c.name, c.exchange or "", c.events, c.sites[0].id)))


def _by_address(graph: FlowGraph, role: Role) -> dict[Address, list[Interaction]]:
    found: dict[Address, list[Interaction]] = defaultdict(list)
    for i in graph.flow.interactions:
        if i.role is role and (name := message_name(i)) is not None:
            process = i.service if i.local else ""
            found[i.transport, f"{i.space}\0{process}", i.exchange or "", name, i.event or ""].append(i)
    return found


def _channel(graph: FlowGraph, publishers: list[Interaction], subscribers: list[Interaction]) -> Channel:
    first = (publishers or subscribers)[0]
    name = message_name(first) or ""
    events = dict.fromkeys(i.event for i in (*publishers, *subscribers) if i.event and i.event != name)
    externals = graph.flow.externals
    asking = {i for s in subscribers for i in graph.publishers_for(s) if i.role is Role.CALL}
    return Channel(
        name=name,
        transport=first.transport,
        exchange=first.exchange,
        events=tuple(sorted(events)),
        publishers=tuple(publishers),
        subscribers=tuple(subscribers),
        askers=tuple(sorted(asking, key=lambda i: (i.service, i.location, i.id))),
        senders=tuple(e.name for e in externals if any(same_text(c, name) for c in e.publishes)),
        receivers=tuple(e.name for e in externals if any(same_text(name, c) for c in e.subscribes)),
        local=first.local,
    )
