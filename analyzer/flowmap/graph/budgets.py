"""The numbers for which a budget can be set: of the whole system, or of one service, each with the places that make it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flowmap.graph.agreements import edges, proof
from flowmap.graph.flowgraph import FlowGraph, LooseEnd
from flowmap.model.flow import Chain, EdgeKind
from flowmap.model.interaction import OUTSIDE, Confidence, Interaction
from flowmap.model.location import Evidence
from flowmap.visible import counted

_SHOWN = 12
"""Places that are shown of a number that many make."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A number, what it consists of in words, the services that have a part in it, and the places, the most telling first."""

    value: float
    what: str
    services: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    confidence: Confidence = Confidence.DERIVED


def measured(graph: FlowGraph, name: str, service: str = "") -> Measured:
    """The number of a budget's key (`hops`, `fan_out`, `blind_spots`, `orphans`, `sync_share`) of a service, or of the system."""
    return _MEASURES[name](graph, service)


def _hops(graph: FlowGraph, service: str) -> Measured:
    """The longest chain that no name alone makes, of a service the longest that begins at it."""
    found: Chain | None = None
    for chain in graph.flow.chains:
        start = chain.services.index(service) if service in chain.services else None if service else 0
        if start is not None and start < chain.hops:
            rest = Chain(chain.services[start:], chain.interactions[start:])
            known = _weakest(graph.by_id[i] for i in rest.interactions) is not Confidence.GUESS
            found = rest if known and (found is None or rest.hops > found.hops) else found
    if found is None:
        return Measured(0, "nobody waits for anybody")
    calls = [graph.by_id[i] for i in found.interactions]
    hops = tuple(Evidence(c.location, f"{c.service} waits for {c.target}: {c.operation}", c.function) for c in calls)
    way = " → ".join(found.services)
    return Measured(found.hops, f"the longest chain has {counted(found.hops, 'hop')}: {way}", found.services, hops, _weakest(calls))


def _fan_out(graph: FlowGraph, service: str) -> Measured:
    starts = (s for s in graph.starts if service in ("", s.service))
    ways = {s: [w for w in graph.waiting.waited(s) if _weakest(w.calls) is not Confidence.GUESS] for s in starts}
    widest, waited = max(ways.items(), key=lambda way: len(way[1]), default=(None, []))
    if widest is None or not waited:
        return Measured(0, "nobody waits for anybody")
    parties, calls = [w.service for w in waited], [w.calls[-1] for w in waited]
    hops = tuple(
        Evidence(c.location, f"{c.service} waits for {(c.target or '?').removeprefix(OUTSIDE)}: {c.operation}", c.function)
        for c in calls
    )
    name = widest.operation or widest.channel or widest.function
    named = ", ".join(p.removeprefix(OUTSIDE) for p in parties)
    what = f"{name} of {widest.service} waits for {counted(len(parties), 'service')}: {named}"
    return Measured(len(parties), what, (widest.service, *parties), hops, _weakest(calls))


def _blind_spots(graph: FlowGraph, service: str) -> Measured:
    sites = [i for i in graph.blind_spots if service in ("", i.service) and not i.outside]
    hops = tuple(
        Evidence(i.location, f"{i.service} {_DOES[i.role.value]} something unknown: {i.unresolved}", i.function) for i in sites
    )
    what = f"{counted(len(sites), 'site')} could not be resolved"
    return Measured(len(sites), what, tuple(dict.fromkeys(s.service for s in sites)), hops[:_SHOWN])


_DOES = {"publish": "publishes", "subscribe": "listens to", "call": "calls", "serve": "serves"}


def _orphans(graph: FlowGraph, service: str) -> Measured:
    ends = [e for e in graph.unheard() if not e.blind and any(service in ("", s.service) for s in e.sites) and _sure(e)]
    hops = tuple(Evidence(e.sites[0].location, f"{e.sites[0].service} publishes {e.channel}", e.sites[0].function) for e in ends)
    what = f"{counted(len(ends), 'channel is', 'channels are')} published and nobody listens: {', '.join(e.channel for e in ends)}"
    return Measured(len(ends), what, tuple(dict.fromkeys(s.service for e in ends for s in e.sites)), hops[:_SHOWN])


def _sure(end: LooseEnd) -> bool:
    return any(s.confidence is not Confidence.GUESS and not s.beside for s in end.sites)


def _sync_share(graph: FlowGraph, service: str) -> Measured:
    own = [e for e in edges(graph, "any") if service in ("", e.source)]
    waits = [e for e in own if e.kind is EdgeKind.COORDINATION]
    if not own:
        return Measured(0, "there are no edges")
    share = round(len(waits) / len(own), 6)
    hops = tuple(hop for e in waits[:_SHOWN] for hop in proof(graph, e)[:1])
    parties = tuple(dict.fromkeys(e.source for e in waits))
    return Measured(share, f"somebody waits on {len(waits)} of {counted(len(own), 'edge')}, {share:.0%}", parties, hops)


def _weakest(sites: Iterable[Interaction]) -> Confidence:
    return min((Confidence.GUESS if s.beside else s.confidence for s in sites), key=lambda c: c.rank, default=Confidence.DERIVED)


_MEASURES: dict[str, Callable[[FlowGraph, str], Measured]] = {
    "hops": _hops,
    "fan_out": _fan_out,
    "blind_spots": _blind_spots,
    "orphans": _orphans,
    "sync_share": _sync_share,
}
