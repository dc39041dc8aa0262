"""Interactions to the graph: targets found, channels joined, chains followed. Read-only afterwards."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from flowmap.graph.chains import chains
from flowmap.graph.data_stores import without_data
from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.inside import between_processes
from flowmap.graph.matching import arrives, delivers, same_text
from flowmap.graph.meeting import Ends
from flowmap.graph.targets import directory, in_the_words_of_its_endpoint, resolve
from flowmap.model.effect import Effect
from flowmap.model.flow import Edge, EdgeKind, Flow, Parts
from flowmap.model.interaction import Confidence, Interaction, Role
from flowmap.model.project import External, ExternalKind, Forward, Project

_OF_MESSAGES = re.compile(r"_*(publish|enqueue|send|emit|dispatch|produce|subscribe|consume|receive|listen|dequeue)(_|$)")


def connect(
    interactions: tuple[Interaction, ...],
    project: Project,
    *,
    bindings: tuple[Forward, ...] = (),
    effects: tuple[Effect, ...] = (),
    local: bool = False,
) -> FlowGraph:
    """The graph of a project's interactions; those inside one process are counted and left out, unless `local` asks for them.
    `bindings` are those of queues in the code, which the interactions have been led through; `effects` are handed on."""
    meant = _spoken(interactions)
    known = directory(project, meant)
    services = {s.name for s in project.services}
    called = (in_the_words_of_its_endpoint(resolve(i, known), known) if i.role is Role.CALL else i for i in meant)
    everything = _settled(tuple(without_data(called, project.externals)), services)
    between = between_processes(everything)
    resolved = everything if local else between
    edges = (*_collaboration(resolved), *_coordination(resolved), *_declared(resolved, project))
    externals = (*project.externals, *_hosts(resolved, project))
    in_order, hidden = tuple(sorted(edges, key=_order)), len(everything) - len(resolved)
    found = chains(between, services)
    heard_of = {i.channel for i in interactions}
    elsewhere = tuple(e for e in project.elsewhere if e.channel in heard_of)
    parts = Parts(interactions, project.forwards, bindings, project.routes, project.existing, effects, project.disposals, elsewhere)
    return FlowGraph(Flow(project.services, externals, resolved, in_order, found, hidden, parts))


def _spoken(interactions: tuple[Interaction, ...]) -> tuple[Interaction, ...]:
    """Without the reads and writes of lists that nobody uses as a queue, and the writes into tables that nobody follows."""
    ends = Ends(i for i in interactions if i.speculative or i.role is Role.SUBSCRIBE)
    kept = {i.id for i in interactions if i.speculative and any(_confirms(o, i) and _meets(i, o) for o in ends.near(i))}
    queues = {_wrapper(i) for i in interactions if i.id in kept} - {None}
    return tuple(i for i in interactions if not i.speculative or i.id in kept or _wrapper(i) in queues)


def _wrapper(doubtful: Interaction) -> tuple[str, int] | None:
    """The place in a function of one's own through which a list is used, if its name says that these are messages: where
    one of its lists is a queue, all are."""
    inside = doubtful.via[-1] if doubtful.via and doubtful.space == "list" else None
    speaks = inside is not None and _OF_MESSAGES.match(inside.function.rpartition(".")[2]) is not None
    return (inside.location.path, inside.location.line) if inside is not None and speaks else None


def _confirms(other: Interaction, doubtful: Interaction) -> bool:
    """Whether a site may be what a doubtful one is there for: another doubtful one, or a subscription that is none."""
    return other.role is not doubtful.role and (other.speculative or doubtful.role is Role.PUBLISH)


def _settled(interactions: tuple[Interaction, ...], services: set[str]) -> tuple[Interaction, ...]:
    """Of the hosts that one call may have in several environments, the ones that are services of the scan, if any is."""
    inside = {_call_site(i) for i in interactions if i.role is Role.CALL and i.target in services}
    return tuple(i for i in interactions if i.role is not Role.CALL or i.target in services or _call_site(i) not in inside)


def _call_site(call: Interaction) -> tuple[object, ...]:
    return (call.service, call.location, call.operation, call.via)


def _meets(one: Interaction, other: Interaction) -> bool:
    return delivers(one, other) if one.role is Role.PUBLISH else delivers(other, one)


def _collaboration(interactions: tuple[Interaction, ...]) -> Iterable[Edge]:
    """An edge per publisher, channel and subscriber; channels inside one process join nobody else."""
    subscribers = Ends(i for i in interactions if i.role is Role.SUBSCRIBE)
    found: dict[tuple[str, str, str, str], list[Interaction]] = defaultdict(list)
    for published in interactions:
        if published.role is not Role.PUBLISH or published.channel is None:
            continue
        for subscribed in subscribers.near(published):
            if arrives(published, subscribed):
                key = (published.service, subscribed.service, published.channel, published.transport)
                found[key] += [published, subscribed]
    for (source, target, channel, transport), pair in found.items():
        local = all(i.local for i in pair)
        yield Edge(EdgeKind.COLLABORATION, source, target, channel, _ids(pair), _weakest(pair), transport, local)


def _coordination(interactions: tuple[Interaction, ...]) -> Iterable[Edge]:
    found: dict[tuple[str, str, str], list[Interaction]] = defaultdict(list)
    for call in interactions:
        if call.role is Role.CALL and call.target is not None and call.target != call.service:
            found[call.service, call.target, call.transport].append(call)
    for (source, target, transport), calls in found.items():
        waited = [c for c in calls if c.waits]
        if waited:
            yield Edge(EdgeKind.COORDINATION, source, target, None, _ids(waited), _strongest(waited), transport)
        for call in calls:
            if not call.waits:
                yield Edge(EdgeKind.COLLABORATION, source, target, call.operation, (call.id,), call.confidence, transport)


def _declared(interactions: tuple[Interaction, ...], project: Project) -> Iterable[Edge]:
    """Edges from and to the externals for which the configuration declares channels."""
    for external in project.externals:
        name = f"external:{external.name}"
        for site in interactions:
            if site.channel is None:
                continue
            if site.role is Role.PUBLISH and any(same_text(site.channel, c) for c in external.subscribes):
                yield Edge(EdgeKind.COLLABORATION, site.service, name, site.channel, (site.id,), site.confidence, site.transport)
            elif site.role is Role.SUBSCRIBE and any(same_text(c, site.channel) for c in external.publishes):
                yield Edge(EdgeKind.COLLABORATION, name, site.service, site.channel, (site.id,), site.confidence, site.transport)


def _ids(interactions: Iterable[Interaction]) -> tuple[str, ...]:
    return tuple(sorted({i.id for i in interactions}))


def _weakest(interactions: Iterable[Interaction]) -> Confidence:
    return min((i.confidence for i in interactions), key=lambda c: c.rank)


def _strongest(interactions: Iterable[Interaction]) -> Confidence:
    return max((i.confidence for i in interactions), key=lambda c: c.rank)


def _hosts(interactions: tuple[Interaction, ...], project: Project) -> list[External]:
    """The externals that only a call names."""
    declared = {e.name for e in project.externals}
    names = sorted({(i.target or "").removeprefix("external:") for i in interactions if (i.target or "").startswith("external:")})
    return [External(n, ExternalKind.API if "." in n else ExternalKind.DECLARED) for n in names if n not in declared]


def _order(edge: Edge) -> tuple[str, ...]:
    return (edge.kind, edge.source, edge.channel or "", edge.target, edge.transport)
