"""The part of a system that a difference touches, as a graph to draw: what changed, what it hangs on, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flowmap.model.difference import Break, Breaking, ChannelChange, Conduit, Difference, EdgeChange, How
from flowmap.model.flow import EdgeKind
from flowmap.model.interaction import OUTSIDE
from flowmap.model.picture import NodeKind

_MOST = 40
"""Nodes that are taken in at a glance."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A service, somebody outside or a channel, and what has become of it; None: it is as it was."""

    kind: NodeKind
    label: str
    detail: str = ""
    how: How | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """Who reaches whom, by keys of spots, and what has become of it; `breaks` says so."""

    source: str
    target: str
    kind: EdgeKind
    labels: tuple[str, ...] = ()
    how: How | None = None
    breaks: str = ""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Spots by their keys, and ways between them; so many changes did not fit."""

    spots: dict[str, Spot]
    ways: tuple[Way, ...]
    left_out: int


def neighbourhood(found: Difference) -> Neighbourhood:
    """The neighbourhood of what breaks first, then of calls, channels and services, as far as it fits."""
    there = {c.name: c.how for c in found.services if c.how is not How.CHANGED}
    became = {_key(c.conduit): c.how for c in found.channels if c.how is not How.CHANGED}
    spots: dict[str, Spot] = {}
    ways: dict[tuple[str, str, EdgeKind], Way] = {}
    left_out = 0
    for part in _parts(found):
        wanted = {k: s for k, s in part.spots.items() if k not in spots}
        if len(spots) + len(wanted) > _MOST:
            left_out += 1
            continue
        spots |= {k: replace(s, how=there.get(k, became.get(k))) for k, s in wanted.items()}
        for way in part.ways:
            key = way.source, way.target, way.kind
            ways[key] = _both(ways[key], way) if key in ways else way
    return Neighbourhood(spots, tuple(ways.values()), left_out)


def _both(one: Way, other: Way) -> Way:
    """Two changes of one way: what is added here and removed there has changed."""
    hows = {w.how for w in (one, other) if w.how is not None}
    how = hows.pop() if len(hows) == 1 else How.CHANGED if hows else None
    labels = tuple(dict.fromkeys((*one.labels, *other.labels)))
    return replace(one, how=how, labels=labels, breaks=min(filter(None, (one.breaks, other.breaks)), default=""))


@dataclass(frozen=True, slots=True)
class _Part:
    """What one change needs in the picture."""

    spots: dict[str, Spot]
    ways: tuple[Way, ...] = ()


def _parts(found: Difference) -> Iterator[_Part]:
    for one in found.breaking:
        yield _broken(one)
    for edge in found.edges:
        if edge.identity[0] is EdgeKind.COORDINATION or edge.operations:
            yield _called(edge)
    changes = {_key(c.conduit): c for c in found.channels}
    for channel in found.channels:
        yield _ends(channel)
    for edge in found.edges:
        change = next((c for c in changes.values() if edge.identity[3] in (c.conduit.name, c.conduit.event)), None)
        if change is not None and edge.identity[0] is EdgeKind.COLLABORATION and not edge.operations:
            yield _over(edge, change)
    for service in found.services:
        yield _Part(_parties(service.name))


def _key(conduit: Conduit) -> str:
    return "\0".join(("channel", conduit.transport, conduit.exchange, conduit.name, conduit.event))


def _channel(conduit: Conduit) -> dict[str, Spot]:
    detail = conduit.name if conduit.event else ""
    return {_key(conduit): Spot(NodeKind.CHANNEL, conduit.event or conduit.name, detail)}


def _parties(*names: str) -> dict[str, Spot]:
    kinds = {n: NodeKind.EXTERNAL if n.startswith(OUTSIDE) else NodeKind.SERVICE for n in names}
    return {n: Spot(kind, n.removeprefix(OUTSIDE)) for n, kind in kinds.items()}


def _broken(one: Breaking) -> _Part:
    """What is relied on, between those who kept it and those who rely on it."""
    parties = _parties(*one.keepers, *one.services)
    if one.conduit is None:
        operation = (one.subject.partition(" ")[2],)
        calls = tuple(Way(s, k, EdgeKind.COORDINATION, operation, None, _said(one)) for s in one.services for k in one.keepers)
        return _Part(parties, calls)
    channel, gone = _key(one.conduit), one.kind is Break.CHANNEL_SILENT
    label = (one.subject.rpartition(": ")[2],)[gone:]
    sent = tuple(Way(k, channel, EdgeKind.COLLABORATION, (), How.REMOVED if gone else None) for k in one.keepers)
    read = tuple(Way(channel, s, EdgeKind.COLLABORATION, label, None, _said(one)) for s in one.services)
    return _Part(parties | _channel(one.conduit), (*sent, *read))


def _said(one: Breaking) -> str:
    return "breaks" if one.sure else "may break"


def _called(edge: EdgeChange) -> _Part:
    kind, source, target, _ = edge.identity
    signs = (("+ ", edge.operations.added), ("- ", edge.operations.removed))
    labels = tuple(f"{sign if edge.how is How.CHANGED else ''}{name}" for sign, names in signs for name in names)
    return _Part(_parties(source, target), (Way(source, target, kind, labels, edge.how),))


def _ends(change: ChannelChange) -> _Part:
    """Those who came to a channel and left it."""
    channel, ways = _key(change.conduit), []
    for how in (How.ADDED, How.REMOVED):
        publishers, subscribers = ((s.added if how is How.ADDED else s.removed) for s in (change.publishers, change.subscribers))
        ways += [Way(name, channel, EdgeKind.COLLABORATION, (), how) for name in publishers]
        ways += [Way(channel, name, EdgeKind.COLLABORATION, (), how) for name in subscribers]
    names = [n for w in ways for n in (w.source, w.target) if n != channel]
    return _Part(_parties(*names) | _channel(change.conduit), tuple(ways))


def _over(edge: EdgeChange, change: ChannelChange) -> _Part:
    """The end of a channel that stayed, where the other one came or went."""
    _, source, target, _ = edge.identity
    channel = _key(change.conduit)
    moved = {*change.publishers.added, *change.publishers.removed}, {*change.subscribers.added, *change.subscribers.removed}
    first = Way(source, channel, EdgeKind.COLLABORATION, (), edge.how if source in moved[0] else None)
    last = Way(channel, target, EdgeKind.COLLABORATION, (), edge.how if target in moved[1] else None)
    return _Part(_parties(source, target) | _channel(change.conduit), (first, last))
