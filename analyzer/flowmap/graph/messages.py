"""The events of a system by the names under which they travel: what rules about names look at.

A message that has a type of its own goes by it, any other by its channel. Work on queues has other manners and is not here, nor is
what stays inside a process or only documents speak of.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.interaction import Interaction, Kind, Role
from flowmap.naming import words

_PIECES = re.compile(r"([^./:*#]*)[./:*#]*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Message:
    """A name with the sites that publish it and those that receive it; `typed` if it is that of a type rather than of a channel."""

    name: str
    transport: str
    typed: bool
    published: tuple[Interaction, ...]
    received: tuple[Interaction, ...]

    @property
    def sites(self) -> tuple[Interaction, ...]:
        """All places that name or receive it, publishers first."""
        return (*self.published, *self.received)

    @property
    def own(self) -> tuple[Interaction, ...]:
        """The sites that say how sure it is: its publishers, else its receivers."""
        return self.published or self.received


FAMILY = 8
"""Messages of one transport that begin alike, and are more than all others, from which on that is the name of a family."""
METHODS = frozenset({"channels"})
"""Transports on which the type of a message names the method of its receiver."""


def messages(graph: FlowGraph) -> tuple[Message, ...]:
    """All of them, in the order in which they are published, then those that are only listened to; what a publisher names fully
    is not told again under the pattern of its listener."""
    sent: dict[tuple[str, str], list[Interaction]] = {}
    heard: dict[tuple[str, str], list[Interaction]] = {}
    for role, found in ((Role.PUBLISH, sent), (Role.SUBSCRIBE, heard)):
        for site in graph.role(role):
            name = site.event or site.channel
            if (
                name is not None
                and words(name)
                and site.kind is Kind.EVENT
                and not graph.is_queue(site)
                and site.transport not in METHODS
            ):
                found.setdefault((site.transport, name), []).append(site)
    together = [
        _message(graph, transport, name, sent.get((transport, name), []), heard.get((transport, name), []))
        for transport, name in dict.fromkeys([*sent, *heard])
    ]
    return tuple(m for m in together if _counts(graph, m))


def _message(graph: FlowGraph, transport: str, name: str, sent: list[Interaction], heard: list[Interaction]) -> Message:
    received = [s for p in sent for s in graph.subscribers_of(p)]
    typed = all(s.event is not None and s.event != s.channel for s in (*sent, *heard))
    return Message(name, transport, typed, tuple(sent), tuple(dict.fromkeys([*heard, *received])))


def _counts(graph: FlowGraph, message: Message) -> bool:
    if all(s.outside for s in message.sites):
        return False
    return bool(message.published) or not any(graph.publishers_for(s) for s in message.received)


def beyond_family(graph: FlowGraph, message: Message) -> str:
    """The name without the piece that most names of its transport begin with (`notify.` of `notify.recording.started`): that says
    which family a message is of, and not what anybody should do."""
    family = graph.once(_families).get(message.transport)
    first, rest = _first(message.name)
    return rest if first == family else message.name


def _families(graph: FlowGraph) -> dict[str, str]:
    """Transport -> the piece that most names of its messages begin with."""
    firsts: dict[str, list[str]] = defaultdict(list)
    for message in graph.once(messages):
        firsts[message.transport].append(_first(message.name)[0])
    commonest = {transport: Counter(names).most_common(1)[0] for transport, names in firsts.items()}
    return {t: first for t, (first, count) in commonest.items() if count >= FAMILY and 2 * count > len(firsts[t])}


def _first(name: str) -> tuple[str, str]:
    """The first piece of a name of several, and what is behind it."""
    first, rest = _PIECES.fullmatch(name).groups()  # type: ignore[union-attr]  # every text matches
    return first, rest


def handles_several(graph: FlowGraph, site: Interaction) -> bool:
    """Whether the function that handles a subscription also runs for messages of other names."""
    return site.handler is not None and len(graph.once(_handled)[site.service, site.handler.key]) > 1


def _handled(graph: FlowGraph) -> dict[tuple[str, str], set[tuple[str | None, str | None]]]:
    """What each handler of each service runs for, as channels and types."""
    found: dict[tuple[str, str], set[tuple[str | None, str | None]]] = defaultdict(set)
    for site in graph.role(Role.SUBSCRIBE):
        if site.handler is not None:
            found[site.service, site.handler.key].add((site.channel, site.event))
    return found
