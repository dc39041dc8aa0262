"""What a person means by a name: channels, events and endpoints, spelt with any case and separators; near ones otherwise."""

from __future__ import annotations

import difflib
import re

from flowmap.graph.channels import Channel, channels
from flowmap.graph.endpoints import score
from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.matching import MATCHERS, same_text
from flowmap.graph.targets import folded
from flowmap.model.interaction import Interaction, Role
from flowmap.model.project import Existing

_PARAMETER = re.compile(r"\{[^{}/]*\}|<[^<>/]*>|(?<=/):\w+")
_NEAR = 5


def channels_named(graph: FlowGraph, name: str) -> tuple[Channel, ...]:
    """The channels that carry a name or an event, and those that may: their own name is a pattern, or partly unknown."""
    wanted = folded(name)
    return tuple(c for c in channels(graph) if any(wanted == folded(n) for n in _names(c) if wanted) or _may_be(c, name))


def existing_named(graph: FlowGraph, name: str) -> tuple[Existing, ...]:
    """The channels of that name that deployment files make or brokers list."""
    wanted = folded(name)
    return tuple(e for e in graph.flow.parts.existing if wanted and folded(e.channel) == wanted)


def _names(channel: Channel) -> list[str]:
    return [channel.name, *channel.events, *(s.channel for s in channel.subscribers if s.channel)]


def _may_be(channel: Channel, name: str) -> bool:
    """Whether the name fits a pattern; one that is unknown altogether fits everything and says nothing."""
    patterns = [s for s in channel.sites if s.channel and folded(s.channel)]
    return any(
        MATCHERS[s.match](name, s.channel or "") if s.role is Role.SUBSCRIBE else same_text(s.channel or "", name) for s in patterns
    )


def endpoints_named(graph: FlowGraph, name: str) -> tuple[Interaction, ...]:
    """The endpoints of an operation: `GET /orders/{id}`, `/orders/42`, `orders.get`, each with `service:` in front or not."""
    served = [i for i in graph.flow.interactions if i.role is Role.SERVE and i.operation]
    service, _, rest = name.partition(":")
    for operation, owner in ((name, ""), (rest, folded(service))):
        wanted = _operation(operation)
        scored = [(score(wanted, s.operation or ""), s) for s in served if not owner or folded(s.service) == owner]
        best = max((points for points, _ in scored), default=0.0)
        if best > 0:
            return tuple(s for points, s in scored if points == best)
    return ()


def _operation(text: str) -> str:
    """In the spelling of the graph: the method in capitals, `{}` for it and for parameters that are not given."""
    plain = _PARAMETER.sub("{}", text.strip())
    if plain.startswith("/"):
        return f"{{}} {plain}"
    method, space, path = plain.partition(" ")
    return f"{method.upper()} {path.strip()}" if space and path.strip().startswith("/") else plain


def starts_named(graph: FlowGraph, name: str) -> tuple[Interaction, ...]:
    """Where a trace begins: the endpoints of that name, else the publications, else (nobody publishes it) the subscriptions."""
    if endpoints := endpoints_named(graph, name):
        return endpoints
    found = channels_named(graph, name)
    publishers = tuple(p for c in found for p in c.publishers)
    return publishers or tuple(dict.fromkeys(s for c in found for s in c.subscribers))


def near_names(graph: FlowGraph, name: str, *, endpoints: bool = False) -> tuple[str, ...]:
    """Names that somebody may have meant, the nearest first."""
    known: dict[str, str] = {}
    for channel in channels(graph):
        for spelling in _names(channel):
            known.setdefault(folded(spelling), spelling)
    for site in graph.flow.interactions if endpoints else ():
        if site.role is Role.SERVE and site.operation:
            known.setdefault(folded(site.operation), site.operation)
    for existing in graph.flow.parts.existing:
        known.setdefault(folded(existing.channel), existing.channel)
    wanted = folded(name)
    close = difflib.get_close_matches(wanted, known, n=_NEAR, cutoff=0.6)
    inside = [k for k in sorted(known) if len(wanted) > 2 and k and (wanted in k or k in wanted)]
    return tuple(known[k] for k in dict.fromkeys([*close, *inside]))[:_NEAR]
