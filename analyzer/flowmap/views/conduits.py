"""The channels of a graph by what makes them the same ones in another graph, each with its ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from flowmap.graph.channels import message_name
from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.matching import same_text
from flowmap.model.difference import Conduit
from flowmap.model.interaction import OUTSIDE, Interaction, Role
from flowmap.model.payload import Field


@dataclass(slots=True)
class Ends:
    """Who publishes and who receives, by id; and the declared externals at both ends."""

    publishers: dict[str, Interaction] = field(default_factory=dict)
    subscribers: dict[str, Interaction] = field(default_factory=dict)
    senders: set[str] = field(default_factory=set)
    receivers: set[str] = field(default_factory=set)

    @property
    def publishing(self) -> set[str]:
        """The names at the one end."""
        return {p.service for p in self.publishers.values()} | self.senders

    @property
    def subscribing(self) -> set[str]:
        """The names at the other end."""
        return {s.service for s in self.subscribers.values()} | self.receivers

    @property
    def counts(self) -> bool:
        """Whether a service of the scan, or both ends of it, are known."""
        sites = (*self.publishers.values(), *self.subscribers.values())
        return not all(s.outside for s in sites) or bool(self.publishers and self.subscribers)


def conduit_of(site: Interaction) -> Conduit | None:
    """What a site publishes to or listens to; None if that is not known."""
    name = message_name(site)
    if name is None:
        return None
    return Conduit(site.transport, name, site.exchange or "", site.event if site.event and site.event != name else "")


def conduits(graph: FlowGraph) -> dict[Conduit, Ends]:
    """What is published, with everybody who receives it, and what is listened to and never published."""
    return graph.once(_conduits)


def _conduits(graph: FlowGraph) -> dict[Conduit, Ends]:
    found: dict[Conduit, Ends] = {}
    met: set[str] = set()
    for site in graph.role(Role.PUBLISH):
        if conduit := conduit_of(site):
            ends = found.setdefault(conduit, Ends())
            ends.publishers[site.id] = site
            receiving = {s.id: s for s in graph.subscribers_of(site)}
            ends.subscribers |= receiving
            met |= receiving.keys()
    for site in graph.role(Role.SUBSCRIBE):
        if site.id not in met and (conduit := conduit_of(site)):
            found.setdefault(conduit, Ends()).subscribers[site.id] = site
    for conduit, ends in found.items():
        ends.senders |= {f"{OUTSIDE}{e.name}" for e in graph.flow.externals if any(same_text(c, conduit.name) for c in e.publishes)}
        ends.receivers |= {
            f"{OUTSIDE}{e.name}" for e in graph.flow.externals if any(same_text(conduit.name, c) for c in e.subscribes)
        }
    return {conduit: ends for conduit, ends in found.items() if ends.counts}


def fields_of(sites: Iterable[Interaction]) -> dict[str, list[tuple[Interaction, Field]]]:
    """The fields that some sites set or read, by name."""
    found: dict[str, list[tuple[Interaction, Field]]] = {}
    for site in sites:
        for one in site.payload.fields if site.payload is not None else ():
            found.setdefault(one.name, []).append((site, one))
    return found


def is_understood(site: Interaction) -> bool:
    """Whether everything is known of the messages of a site."""
    return site.payload is not None and not site.payload.open


def types_of(found: Iterable[Field]) -> str:
    """The types of a field that are known, in alphabetical order."""
    return " or ".join(sorted({f.type for f in found if f.type}))
