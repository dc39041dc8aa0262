"""How the names of a system are put together, and which of them differ from the rest.

Names are compared among their like: channels of one transport, queues apart from what has many listeners, types of messages
apart from channels. Only transports where the team chooses names count (names of tasks are paths of modules, MQTT topics have
slashes), and only names that the scan publishes: others were chosen by somebody else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.matching import family
from flowmap.model.interaction import Interaction, Kind, Role
from flowmap.naming import style

FREE = frozenset("amqp kafka nats pubsub pulsar redis".split())
"""Transports whose names are for the team to choose; those of clouds are often the identifiers of a template."""


@dataclass(frozen=True, slots=True)
class Styles:
    """The names of one kind by their style, the style of most of them first; `what` they are, in words. `sites` are the first
    that publish each name."""

    what: str
    names: tuple[tuple[str, tuple[str, ...]], ...]
    sites: dict[str, Interaction]


def styles(graph: FlowGraph) -> tuple[Styles, ...]:
    """Names of all kinds that have more than one style."""
    kinds: dict[str, dict[str, Interaction]] = defaultdict(dict)
    for site in graph.role(Role.PUBLISH):
        if family(site) in FREE and site.kind is not Kind.TASK and not (site.outside or site.private or site.answers):
            for what, name in _names(graph, site):
                kinds[what].setdefault(name, site)
    found = []
    for what, sites in kinds.items():
        by_style: dict[str, list[str]] = defaultdict(list)
        for name in sites:
            if (kind := style(name)) is not None:
                by_style[kind].append(name)
        if len(by_style) > 1:
            most_first = sorted(by_style.items(), key=lambda item: (-len(item[1]), item[0]))
            found.append(Styles(what, tuple((kind, tuple(sorted(names))) for kind, names in most_first), sites))
    return tuple(found)


def _names(graph: FlowGraph, site: Interaction) -> Iterator[tuple[str, str]]:
    if site.channel and any(c.isalpha() for c in site.channel.replace("{}", "")):
        queue = "queues" if graph.is_queue(site) else "channels"
        yield f"{site.transport} {queue}", site.channel
    if site.event and site.event != site.channel:
        yield f"types of {site.transport} messages", site.event
