"""What has changed between two reports: everything by what it is, nothing by where it stands or how sure it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from flowmap.graph.agreements import proof
from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.coupling import Change
from flowmap.model.difference import (
    ChannelChange,
    Detail,
    Difference,
    EdgeChange,
    EndpointChange,
    FindingChange,
    How,
    Proof,
    ServiceChange,
    Shift,
)
from flowmap.model.flow import Edge
from flowmap.model.gate import EdgeIdentity, Identity, identity_of, identity_of_edge
from flowmap.model.interaction import Interaction, Role
from flowmap.model.location import Evidence
from flowmap.model.project import Service
from flowmap.model.report import Report
from flowmap.views.breaking import breaking
from flowmap.views.conduits import Ends, conduits
from flowmap.views.differing_fields import field_changes
from flowmap.views.renaming import renamed, renames
from flowmap.views.trend import numbers, trend

_PLACES = 5
"""Places that show one change."""
_OF_SERVICES = "services"


def difference(before: Report, after: Report, names: tuple[str, str], remarks: tuple[str, ...] = ()) -> Difference:
    """The difference between two reports that go by some names."""
    known_as = renames(before.flow, after.flow)
    before = renamed(before, known_as)
    old, new = FlowGraph(before.flow), FlowGraph(after.flow)
    return Difference(
        *names,
        root=after.root,
        breaking=tuple(breaking(old, new)),
        services=tuple(_services(before, after, {now: then for then, now in known_as.items()})),
        channels=tuple(_channels(old, new)),
        endpoints=tuple(_endpoints(old, new)),
        edges=tuple(_edges(old, new)),
        fields=tuple(field_changes(old, new)),
        findings=tuple(_findings(before, after)),
        numbers=tuple(c for c in trend(numbers(before), after).changes if not (c.service and c.measure == _OF_SERVICES)),
        blind=tuple(_blind(old, new)),
        remarks=(*remarks, *_unread(before, after, names[0]), *_unread(after, before, names[1])),
    )


def _unread(report: Report, other: Report, name: str) -> Iterator[str]:
    """What one scan met and the other did not: it may be why something is not there."""
    met = {(d.message, d.location.path if d.location else "") for d in other.diagnostics}
    for found in report.diagnostics:
        if (found.message, found.location.path if found.location else "") not in met:
            yield f"{name}: {f'{found.location}: ' if found.location else ''}{found.message}"


def how(*, before: bool, after: bool) -> How:
    """What has become of something that was there, is there, or both."""
    return How.CHANGED if before and after else How.REMOVED if before else How.ADDED


def shift(before: Collection[str], after: Collection[str]) -> Shift:
    """The names that came and went."""
    return Shift(tuple(sorted(set(after) - set(before))), tuple(sorted(set(before) - set(after))))


def _services(before: Report, after: Report, former: Mapping[str, str]) -> Iterator[ServiceChange]:
    old, new = ({s.name: s for s in r.flow.services} for r in (before, after))
    for name in sorted({*old, *new}):
        was, now = old.get(name), new.get(name)
        details = tuple(_details(was, now, former)) if was and now else ()
        if details or not (was and now):
            shown = Proof(was.evidence[:1] if was else (), now.evidence[:1] if now else ())
            yield ServiceChange(how(before=was is not None, after=now is not None), name, details, shown)


def _details(was: Service, now: Service, former: Mapping[str, str]) -> Iterator[Detail]:
    for name, old, new in (
        ("name", former.get(now.name, now.name), now.name),
        ("domain", was.domain, now.domain),
        ("system", was.system, now.system),
        ("owners", ", ".join(was.owners), ", ".join(now.owners)),
    ):
        if old != new:
            yield Detail(name, old, new)


def _channels(old: FlowGraph, new: FlowGraph) -> Iterator[ChannelChange]:
    then, now, nobody = conduits(old), conduits(new), Ends()
    for conduit in sorted({*then, *now}):
        was, becomes = then.get(conduit, nobody), now.get(conduit, nobody)
        publishers, subscribers = shift(was.publishing, becomes.publishing), shift(was.subscribing, becomes.subscribing)
        if publishers or subscribers:
            shown = Proof(_ends(was, publishers.removed, subscribers.removed), _ends(becomes, publishers.added, subscribers.added))
            yield ChannelChange(how(before=conduit in then, after=conduit in now), conduit, publishers, subscribers, shown)


def _ends(ends: Ends, publishers: Collection[str], subscribers: Collection[str]) -> tuple[Evidence, ...]:
    """The places of those at the two ends of a channel that come or go."""
    publish = _places((s for s in ends.publishers.values() if s.service in publishers), "publishes")
    listen = _places((s for s in ends.subscribers.values() if s.service in subscribers), "listens to")
    return (*publish, *listen)


def _places(sites: Iterable[Interaction], does: str) -> tuple[Evidence, ...]:
    """One place of each service, the first ones."""
    first: dict[str, Interaction] = {}
    for site in sorted(sites, key=lambda s: (s.service, s.location, s.id)):
        first.setdefault(site.service, site)
    return tuple(Evidence(s.location, f"{s.service} {does} {s.channel or s.operation}", s.function) for s in first.values())[
        :_PLACES
    ]


def _endpoints(old: FlowGraph, new: FlowGraph) -> Iterator[EndpointChange]:
    then, now = _served(old), _served(new)
    for key in sorted({*then, *now} - (then.keys() & now.keys())):
        shown = Proof(*(_places([s[key]] if key in s else (), "serves") for s in (then, now)))
        yield EndpointChange(how(before=key in then, after=key in now), *key, proof=shown)


def _served(graph: FlowGraph) -> dict[tuple[str, str, str], Interaction]:
    found: dict[tuple[str, str, str], Interaction] = {}
    for site in graph.role(Role.SERVE):
        if site.operation and not site.outside:
            found.setdefault((site.service, site.transport, site.operation), site)
    return found


def _edges(old: FlowGraph, new: FlowGraph) -> Iterator[EdgeChange]:
    then, now = _by_identity(old), _by_identity(new)
    for identity in sorted({*then, *now}):
        was, becomes = then.get(identity), now.get(identity)
        operations = shift(_operations(old, was), _operations(new, becomes))
        if was is None or becomes is None or operations:
            shown = Proof(*(tuple(proof(g, e)) if e is not None else () for g, e in ((old, was), (new, becomes))))
            transport = next(e.transport for e in (becomes, was) if e is not None)
            yield EdgeChange(how(before=was is not None, after=becomes is not None), identity, transport, operations, shown)


def _by_identity(graph: FlowGraph) -> dict[EdgeIdentity, Edge]:
    return {identity_of_edge(e): e for e in graph.flow.edges if not e.local}


def _operations(graph: FlowGraph, edge: Edge | None) -> set[str]:
    """What is called on an edge."""
    sites = (graph.by_id[i] for i in edge.interactions if i in graph.by_id) if edge is not None else ()
    return {s.operation for s in sites if s.role is Role.CALL and s.operation}


def _findings(before: Report, after: Report) -> Iterator[FindingChange]:
    then, now = (Counter(map(identity_of, r.findings)) for r in (before, after))
    shown = {identity_of(f): f for r in (before, after) for f in reversed(r.findings)}
    moved = _moved(then.keys() - now.keys(), now.keys() - then.keys())
    for identity in sorted({*then, *now} - set(moved.values())):
        becoming = moved.get(identity, identity)
        was, becomes = then[identity], now[becoming]
        if was != becomes or becoming != identity:
            change = how(before=was > 0, after=becomes > 0)
            yield FindingChange(change, shown[becoming], was, becomes, shift(identity[2], becoming[2]))


def _moved(gone: Iterable[Identity], come: Iterable[Identity]) -> dict[Identity, Identity]:
    """What is one finding still, although other services have a part in it: one of a rule and a subject for another one."""
    groups: dict[tuple[str, str], tuple[list[Identity], list[Identity]]] = {}
    for number, identities in enumerate((gone, come)):
        for identity in identities:
            groups.setdefault(identity[:2], ([], []))[number].append(identity)
    return {old[0]: new[0] for old, new in groups.values() if len(old) == len(new) == 1}


def _blind(old: FlowGraph, new: FlowGraph) -> Iterator[Change]:
    then, now = (Counter((s.service, f"{s.transport} {s.role.value}") for s in g.blind_spots) for g in (old, new))
    for service, what in sorted({*then, *now}):
        was, becomes = then[service, what], now[service, what]
        if was != becomes:
            yield Change(service, what, was, becomes)
