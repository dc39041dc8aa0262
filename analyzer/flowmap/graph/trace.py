"""What follows from a message or a request: the tree of deliveries, handlers, further messages and calls.

Bounded and finite: a handler that is already at work further up ends its branch as a loop, one that was followed elsewhere in
the tree is not followed again. This module asks the graph and draws nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.flow import EdgeKind
from flowmap.model.interaction import Interaction, Role

MAX_NODES = 2000
MAX_DEPTH = 60


class Ending(StrEnum):
    """Why a branch goes no further; empty where it does, or where the handler simply does nothing more."""

    OPEN = ""
    LOOP = "loop"
    REPEATED = "shown above"
    CUT = "too much to follow"
    UNHEARD = "nobody listens"
    UNANSWERED = "no endpoint matches"
    OUTSIDE = "outside the scan"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Trace:
    """A step. `sites` do the same to the same end: several publications of one channel in one handler, or one endpoint.
    `kind` says how the step comes about from its parent: a delivery or a call that nobody waits for (collaboration), a request
    (coordination), None where the parent's handler simply goes on."""

    sites: tuple[Interaction, ...]
    kind: EdgeKind | None = None
    ending: Ending = Ending.OPEN
    children: tuple[Trace, ...] = ()

    @property
    def site(self) -> Interaction:
        """The first of the sites."""
        return self.sites[0]


@dataclass(slots=True)
class _Walk:
    graph: FlowGraph
    left: int = MAX_NODES
    seen: set[tuple[str, ...]] = field(default_factory=set)


def trace(graph: FlowGraph, starts: Iterable[Interaction]) -> tuple[Trace, ...]:
    """The trees from some sites on, those that do the same taken together; in the order of the sites."""
    walk = _Walk(graph)
    return tuple(_step(walk, group, None, ()) for group in _alike(starts))


def _alike(sites: Iterable[Interaction]) -> list[tuple[Interaction, ...]]:
    """The sites, those together that one service sends to the same destination."""
    groups: dict[tuple[str | None, ...], list[Interaction]] = {}
    for s in sites:
        alone = s.id if s.role in (Role.SERVE, Role.SUBSCRIBE) or s.unresolved else ""
        key = (alone, s.role.value, s.service, s.transport, s.exchange, s.channel, s.event, s.target, s.operation, str(s.waits))
        groups.setdefault(key, []).append(s)
    return [tuple(g) for g in groups.values()]


def _step(walk: _Walk, sites: tuple[Interaction, ...], kind: EdgeKind | None, above: tuple[str, ...]) -> Trace:
    walk.left -= 1
    if walk.left <= 0 or len(above) >= MAX_DEPTH:
        return Trace(sites, kind, Ending.CUT)
    if sites[0].role is Role.PUBLISH:
        return _published(walk, sites, kind, above)
    if sites[0].role is Role.CALL:
        return _called(walk, sites, kind, above)
    return _handled(walk, sites, kind, above)


def _handled(walk: _Walk, sites: tuple[Interaction, ...], kind: EdgeKind | None, above: tuple[str, ...]) -> Trace:
    """An endpoint or a subscription: on to what its handler does, if anybody can see that."""
    if sites[0].outside:
        return Trace(sites, kind, Ending.OUTSIDE)
    ids = tuple(s.id for s in sites)
    if any(i in above for i in ids):
        return Trace(sites, kind, Ending.LOOP)
    following = _alike(dict.fromkeys(f for s in sites for f in walk.graph.triggered_by(s)))
    if ids in walk.seen and following:
        return Trace(sites, kind, Ending.REPEATED)
    walk.seen.add(ids)
    return Trace(sites, kind, children=tuple(_step(walk, group, None, (*above, *ids)) for group in following))


def _published(walk: _Walk, sites: tuple[Interaction, ...], kind: EdgeKind | None, above: tuple[str, ...]) -> Trace:
    if sites[0].channel is None and sites[0].unresolved is not None:
        return Trace(sites, kind, Ending.UNKNOWN)
    receiving = [s for p in sites for s in walk.graph.receivers_of(p)]
    groups = _by_handler(receiving)
    if not groups:
        outside = any(walk.graph.declared_consumer(p) for p in sites)
        return Trace(sites, kind, Ending.OUTSIDE if outside else Ending.UNHEARD)
    return Trace(sites, kind, children=tuple(_step(walk, g, EdgeKind.COLLABORATION, above) for g in groups))


def _by_handler(receiving: Iterable[Interaction]) -> list[tuple[Interaction, ...]]:
    """Subscriptions or endpoints, those of one handler together: it runs once per message, however often it is declared."""
    groups: dict[tuple[str, str], list[Interaction]] = {}
    for s in dict.fromkeys(receiving):
        groups.setdefault((s.service, s.handler.key if s.handler else s.id), []).append(s)
    return [tuple(g) for g in groups.values()]


def _called(walk: _Walk, sites: tuple[Interaction, ...], kind: EdgeKind | None, above: tuple[str, ...]) -> Trace:
    target = sites[0].target
    if target is None:
        return Trace(sites, kind, Ending.UNKNOWN)
    if target.startswith("external:"):
        return Trace(sites, kind, Ending.OUTSIDE)
    endpoints = walk.graph.endpoints_of(sites[0])
    if not endpoints:
        return Trace(sites, kind, Ending.UNANSWERED)
    reached = EdgeKind.COORDINATION if sites[0].waits else EdgeKind.COLLABORATION
    return Trace(sites, kind, children=tuple(_step(walk, group, reached, above) for group in _by_handler(endpoints)))
