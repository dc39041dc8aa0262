"""Contracts and the graph: who is meant by their names, which edges they speak of, and the proof of an edge, site by site."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from flowmap.config import (
    AllowedOnlyContract,
    AnyContract,
    BudgetContract,
    EdgeKinds,
    ForbiddenContract,
    IndependenceContract,
    LayersContract,
    OwnershipContract,
)
from flowmap.graph.domains import domains
from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.matching import arrives
from flowmap.model.flow import Edge, EdgeKind
from flowmap.model.interaction import OUTSIDE, Confidence, Interaction, Role
from flowmap.model.location import Evidence, Location

DOMAIN = "domain:"
"""What stands before the name of a domain where services are named."""
_KINDS: dict[EdgeKinds, frozenset[EdgeKind]] = {
    "sync": frozenset({EdgeKind.COORDINATION}),
    "async": frozenset({EdgeKind.COLLABORATION}),
    "any": frozenset(EdgeKind),
}


@dataclass(frozen=True, slots=True)
class Agreed:
    """A contract, and where it is written."""

    contract: AnyContract
    location: Location


def members(graph: FlowGraph, names: Iterable[str]) -> frozenset[str]:
    """The services and `external:<name>` that some names mean."""
    parties, domain = graph.once(_parties), graph.once(_domains)
    wanted = list(names)
    return frozenset(p for p in parties if any(_means(name, p, domain.get(p, "")) for name in wanted))


def _parties(graph: FlowGraph) -> tuple[str, ...]:
    outside = (end for e in graph.flow.edges for end in (e.source, e.target))
    named = [*(s.name for s in graph.flow.services), *(f"{OUTSIDE}{e.name}" for e in graph.flow.externals), *outside]
    return tuple(dict.fromkeys(named))


def _domains(graph: FlowGraph) -> dict[str, str]:
    return domains(graph.flow.services)


def _means(name: str, party: str, domain: str) -> bool:
    if name.startswith(DOMAIN):
        wanted = name.removeprefix(DOMAIN)
        return domain != "" and (fnmatchcase(domain, wanted) or fnmatchcase(domain.rpartition("/")[2], wanted))
    return fnmatchcase(party, name) or fnmatchcase(party.removeprefix(OUTSIDE), name)


def spoken_of(contract: AnyContract) -> list[str]:
    """All names of services and domains in a contract."""
    match contract:
        case ForbiddenContract():
            return [*contract.from_, *contract.to]
        case AllowedOnlyContract():
            return [*contract.services, *(name for e in contract.edges for name in (*e.from_, *e.to))]
        case LayersContract():
            return [name for layer in contract.layers for name in layer]
        case IndependenceContract() | BudgetContract():
            return contract.services
        case OwnershipContract():
            return contract.publishers


def absent(graph: FlowGraph, contract: AnyContract) -> list[str]:
    """The names in a contract that nobody in the scan has."""
    if contract.may_be_absent:
        return []
    return [name for name in dict.fromkeys(spoken_of(contract)) if not members(graph, [name])]


def _channels_of(contract: AnyContract) -> list[str]:
    match contract:
        case ForbiddenContract() | OwnershipContract():
            return contract.channels
        case AllowedOnlyContract():
            return [name for e in contract.edges for name in e.channels]
    return []


def unheard_of(graph: FlowGraph, contract: AnyContract) -> list[str]:
    """The globs of channels in a contract that mean nothing in the scan."""
    if contract.may_be_absent:
        return []
    sites = graph.flow.interactions
    return [name for name in dict.fromkeys(_channels_of(contract)) if not any(names(s, [name]) for s in sites)]


def named_here(graph: FlowGraph) -> list[str]:
    """What contracts can name: services, externals and domains."""
    flow = graph.flow
    found = {*(s.name for s in flow.services), *(e.name for e in flow.externals)}
    return sorted(found | {f"{DOMAIN}{name}" for name in graph.once(_domains).values()})


def edges(graph: FlowGraph, kind: EdgeKinds, channels: Sequence[str] = ()) -> list[Edge]:
    """The edges of a kind between different services, over certain channels if any are named."""
    found = (e for e in graph.flow.edges if e.kind in _KINDS[kind] and not e.local and e.source != e.target)
    return [e for e in found if not channels or is_over(graph, e, channels)]


def is_over(graph: FlowGraph, edge: Edge, channels: Sequence[str]) -> bool:
    """Whether what an edge stands for has a channel, exchange or type of message that is meant."""
    return any(names(graph.by_id[i], channels) for i in edge.interactions if i in graph.by_id)


def names(site: Interaction, patterns: Sequence[str]) -> bool:
    """Whether the channel of a site, its exchange or the type of its messages is meant."""
    known = [name for name in (site.channel, site.event, site.exchange) if name]
    return any(fnmatchcase(name, pattern) for name in known for pattern in patterns)


def shortest(found: Iterable[Edge], source: str, targets: frozenset[str]) -> tuple[Edge, ...]:
    """The fewest edges from a service to one of some others; none if no way leads there."""
    return next((way for end, way in _reached(_following(found), source) if end in targets), ())


def ways(found: Sequence[Edge], sources: Iterable[str]) -> Iterator[tuple[Edge, ...]]:
    """From each of some services to everybody whom it reaches: the fewest edges that are no guesses, else the fewest of all."""
    sure, any_ = _following(e for e in found if e.confidence is not Confidence.GUESS), _following(found)
    for source in sources:
        surely = dict(_reached(sure, source))
        yield from surely.values()
        yield from (way for end, way in _reached(any_, source) if end not in surely)


def _following(found: Iterable[Edge]) -> dict[str, list[Edge]]:
    """Edges by where they begin, the surest first."""
    after: dict[str, list[Edge]] = {}
    for edge in sorted(found, key=lambda e: -e.confidence.rank):
        after.setdefault(edge.source, []).append(edge)
    return after


def _reached(after: Mapping[str, Sequence[Edge]], source: str) -> Iterator[tuple[str, tuple[Edge, ...]]]:
    """Everybody who can be reached from a service, each with the fewest edges that lead there, the nearest first."""
    begun: deque[tuple[Edge, ...]] = deque((e,) for e in after.get(source, ()))
    seen = {source}
    while begun:
        way = begun.popleft()
        end = way[-1].target
        if end not in seen:
            seen.add(end)
            yield end, way
            begun += ((*way, e) for e in after.get(end, ()))


def proof(graph: FlowGraph, edge: Edge) -> list[Evidence]:
    """The places that show an edge, from where it is decided down to who receives it: the surest and shortest way of several."""
    sites = [graph.by_id[i] for i in edge.interactions if i in graph.by_id]
    senders = [s for s in sites if s.service == edge.source and s.role in (Role.PUBLISH, Role.CALL)]
    if not senders:
        return [_hop(s, f"{edge.target.removeprefix(OUTSIDE)} listens to {s.channel}") for s in _best(sites)[:1]]
    sender = _best(senders)[0]
    to = edge.target.removeprefix(OUTSIDE)
    if sender.role is Role.CALL:
        ends = [e for e in graph.endpoints_of(sender) if e.service == edge.target]
        does = "waits for" if sender.waits else "calls"
        first = _hop(sender, f"{edge.source} {does} {to}: {sender.operation or sender.channel}")
        last = [_hop(e, f"{to} serves {e.operation}") for e in _best(ends)[:1]]
    else:
        ends = [s for s in sites if s.service == edge.target and s.role is Role.SUBSCRIBE and arrives(sender, s)]
        first = _hop(sender, f"{edge.source} publishes {sender.channel}")
        last = [_hop(s, f"{to} listens to {s.channel}") for s in _best(ends)[:1]]
    return [first, *sender.via, *last]


def _hop(site: Interaction, what: str) -> Evidence:
    return Evidence(site.location, what, site.function)


def _best(sites: Iterable[Interaction]) -> list[Interaction]:
    return sorted(sites, key=lambda s: (-s.confidence.rank, len(s.via), s.location))
