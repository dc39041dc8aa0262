"""Which calls that endpoints wait for could become events, and what that would save: computed on the graph with and without them.

Only what the code shows to be so is advised: work whose names say that it can wait, and data of other services that is only read.
Whether the answer may be a little old, or come later, is the team's to decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from flowmap.graph.channels import message_name
from flowmap.graph.courses import Taken
from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.purposes import can_wait, reads
from flowmap.graph.waiting import Waiting
from flowmap.model.advice import Advice, Cost, Remedy
from flowmap.model.interaction import OUTSIDE, Interaction, Kind, Role
from flowmap.model.location import Evidence

MAX_ENDPOINTS = 60
"""Endpoints for which advice is sought."""
MAX_CHANGES = 20
"""Changes that are weighed for one endpoint: work that can wait first, then those next to it."""
_EVENTS = 3


@dataclass(frozen=True, slots=True)
class Limits:
    """Beyond which an endpoint waits for too much, the availability of one party, and words for work that can wait."""

    hops: int
    parties: int
    availability: float
    words: Collection[str]


def advice(graph: FlowGraph, limits: Limits) -> tuple[Advice, ...]:
    """The advice for endpoints over a limit, and for those that wait for work which can wait: that first, then what saves most."""
    found: dict[tuple[Remedy, str, str], list[Advice]] = defaultdict(list)
    for start in [s for s in graph.starts if s.role is Role.SERVE][:MAX_ENDPOINTS]:
        before = _cost(graph.waiting, start, limits)
        over = before.hops > limits.hops or before.parties > limits.parties
        for key, calls in ((k, c) for k, c in _groups(graph, start, limits).items() if over or k[0] is Remedy.REACT):
            after = _cost(_without(graph, {c.id for c in calls}), start, limits)
            if _saves(before, after):
                ids, proof = tuple(c.id for c in calls), tuple(_hop(c) for c in calls)
                said = start.operation or start.function
                found[key].append(Advice(start.service, said, *key, ids, proof, before, after, _events(graph, key[0], calls)))
    return tuple(sorted((_first(same) for same in found.values()), key=_rank))


def _first(same: list[Advice]) -> Advice:
    """The advice for the endpoint that gains most by it, with the names of the others."""
    first, *others = sorted(same, key=_rank)
    return replace(first, others=tuple(dict.fromkeys(f"{o.service}: {o.endpoint}" for o in others)))


def _groups(graph: FlowGraph, start: Interaction, limits: Limits) -> dict[tuple[Remedy, str, str], list[Interaction]]:
    """The calls on the ways from an endpoint that could become events, by what they are, who calls and who is called: work
    that can wait first, then the nearest."""
    own = {s.name for s in graph.flow.services}
    found: dict[tuple[Remedy, str, str], dict[str, Interaction]] = defaultdict(dict)
    for call in (path[-1] for path in sorted(graph.waiting.paths(start), key=len)):
        callee = call.target or ""
        if can_wait(call, limits.words):
            found[Remedy.REACT, call.service, callee][call.id] = call
        elif reads(call) and callee in own:
            found[Remedy.COPY, call.service, callee][call.id] = call
    work_first = sorted(found.items(), key=lambda item: item[0][0] is not Remedy.REACT)
    return {key: list(calls.values()) for key, calls in work_first[:MAX_CHANGES]}


def _without(graph: FlowGraph, calls: Collection[str]) -> Waiting:
    """Who waits for whom if some calls were not made."""

    def course_of(start: Interaction) -> list[Taken]:
        return [t for t in graph.course_of(start) if t.site.id not in calls]

    return Waiting(course_of, graph.endpoints_of)


def _cost(waiting: Waiting, start: Interaction, limits: Limits) -> Cost:
    parties = len(waiting.parties(start))
    return Cost(waiting.longest(start), parties, round(limits.availability**parties, 6), round(waiting.time_of(start).seconds, 3))


def _saves(before: Cost, after: Cost) -> bool:
    return after.hops < before.hops or after.parties < before.parties or after.seconds < before.seconds


def _events(graph: FlowGraph, remedy: Remedy, calls: Iterable[Interaction]) -> tuple[str, ...]:
    """What is announced already: by the handlers that have the work done, or by the owner of the data."""
    if remedy is Remedy.REACT:
        triggers = {t for c in calls for t in c.triggers}
        sites = [s for s in graph.role(Role.PUBLISH) if triggers & set(s.triggers)]
    else:
        owners = {c.target for c in calls}
        sites = [s for s in graph.role(Role.PUBLISH) if s.service in owners]
    names = (s.event or message_name(s) for s in sites if s.kind is Kind.EVENT)
    return tuple(dict.fromkeys(name for name in names if name))[:_EVENTS]


def _hop(call: Interaction) -> Evidence:
    target = (call.target or "").removeprefix(OUTSIDE)
    return Evidence(call.location, f"{call.service} waits for {target}: {call.operation or call.channel}", call.function)


def _rank(found: Advice) -> tuple[object, ...]:
    before, after = found.before, found.after
    return (
        found.remedy is not Remedy.REACT,
        after.hops - before.hops,
        after.parties - before.parties,
        after.seconds - before.seconds,
        (found.service, found.endpoint, found.caller, found.callee),
    )
