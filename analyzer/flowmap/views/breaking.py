"""What others rely on and is no longer so: fields that are read, channels that are listened to, endpoints that are called.

It is asked of the later graph who relies on it, and of the earlier one who kept it. Where a blind spot, or what is not understood,
may still keep it, nobody can tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from flowmap.graph.contracts import ENVELOPES, may_hold
from flowmap.graph.endpoints import NOTHING, by_service, operations
from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.matching import delivers
from flowmap.model.difference import Break, Breaking, Conduit, Proof
from flowmap.model.interaction import Confidence, Interaction, Match, Role
from flowmap.model.location import Evidence
from flowmap.model.payload import SIMPLE, Field
from flowmap.views.conduits import Ends, conduits, fields_of, types_of
from flowmap.views.differing_fields import ALWAYS, SOMETIMES, often
from flowmap.visible import listed

_SHOWN = 3


def breaking(old: FlowGraph, new: FlowGraph) -> list[Breaking]:
    """All of it, what is sure first."""
    found = chain(_silent(old, new), _gone(old, new), _fields(old, new))
    return sorted(found, key=lambda b: (not b.sure, list(Break).index(b.kind), b.subject, b.services))


def _names(sites: Iterable[Interaction]) -> tuple[str, ...]:
    return tuple(sorted({s.service for s in sites}))


def _said(names: tuple[str, ...]) -> str:
    return listed(list(names), _SHOWN)


def _verb(names: tuple[str, ...], one: str, several: str) -> str:
    return one if len(names) == 1 else several


def _at(sites: Iterable[Interaction], what: str) -> tuple[Evidence, ...]:
    """One place of each service."""
    first: dict[str, Interaction] = {}
    for site in sorted(sites, key=lambda s: (s.service, s.location, s.id)):
        first.setdefault(site.service, site)
    return tuple(Evidence(s.location, f"{s.service} {what}", s.function) for s in first.values())


def _silent(old: FlowGraph, new: FlowGraph) -> Iterator[Breaking]:
    """The channels that are not published any more, and that those who received from them still listen to."""
    then, now = conduits(old), conduits(new)
    for conduit, ends in sorted(then.items()):
        if not ends.publishers or (conduit in now and now[conduit].publishers) or (conduit in now and now[conduit].senders):
            continue
        sent, served = list(ends.publishers.values()), {s.service for s in ends.subscribers.values()}
        still = [s for s in new.role(Role.SUBSCRIBE) if s.service in served and any(delivers(p, s) for p in sent)]
        still = [s for s in still if not (s.called or new.publishers_for(s))]
        if not still:
            continue
        sure = not any(_may_come(new, s) or s.confidence is Confidence.GUESS for s in still)
        names, name = _names(still), conduit.event or conduit.name
        said = f"{_said(names)} still {_verb(names, 'listens', 'listen')} to {name}, which nobody publishes any more"
        shown = Proof(_at(sent, f"publishes {name}"), _at(still, f"listens to {name}"))
        yield Breaking(Break.CHANNEL_SILENT, sure, name, said, names, _names(sent), shown, conduit)


def _may_come(graph: FlowGraph, listener: Interaction) -> bool:
    """Whether a subscriber may still be sent something: by whoever is not resolved, or outside the scan."""
    unseen = graph.blind(Role.PUBLISH, listener) or graph.declared_publisher(listener)
    return bool(unseen) or listener.public or listener.outside or listener.match is not Match.EXACT


def _gone(old: FlowGraph, new: FlowGraph) -> Iterator[Breaking]:
    """The endpoints that are not there any more, and that somebody still calls."""
    then, asked = by_service(old.flow.interactions), operations(new.flow.interactions)
    left = {s.name for s in new.flow.services}
    calls: dict[tuple[str, str], tuple[list[Interaction], list[Interaction]]] = {}
    for site in new.role(Role.CALL):
        for service in _meant(old, site, left):
            met = [e for e in then.get(service, NOTHING).answering(site, asked) if e.role is Role.SERVE]
            if met and not (service in left and new.endpoints_of(site)):
                callers, ends = calls.setdefault((service, met[0].operation or ""), ([], []))
                callers.append(site)
                ends += met
    for (service, operation), (callers, ends) in sorted(calls.items()):
        blind = any(s.service == service and not s.resolved for s in new.role(Role.SERVE))
        sure = service in left and not blind and not any(c.confidence is Confidence.GUESS or "{}" in _path(c) for c in callers)
        names = _names(callers)
        gone = "does not serve any more" if service in left else "served; the service is not in the scan any more"
        said = f"{_said(names)} still {_verb(names, 'calls', 'call')} {operation}, which {service} {gone}"
        shown = Proof(_at(ends[:1], f"serves {operation}"), _at(callers, f"calls {operation}"))
        yield Breaking(Break.ENDPOINT_GONE, sure, f"{service} {operation}", said, names, (service,), shown)


def _path(call: Interaction) -> str:
    """What a call names as a whole: a path that varies from its start on means anything."""
    return (call.operation or "").partition(" ")[2].strip("/").partition("/")[0]


def _meant(old: FlowGraph, call: Interaction, left: set[str]) -> list[str]:
    """Whose endpoint a call asks for: of a service that is gone, whoever answered the same call of the same caller."""
    if call.target in left:
        return [call.target] if call.target else []
    same = (c for c in old.role(Role.CALL) if (c.service, c.endpoint) == (call.service, call.endpoint))
    return sorted({c.target for c in same if c.target and c.target not in left and not c.target.startswith("external:")})


def _fields(old: FlowGraph, new: FlowGraph) -> Iterator[Breaking]:
    """What is read and not set any more, not set always any more, or set as something else."""
    then, now = conduits(old), conduits(new)
    for conduit in sorted(then.keys() & now.keys()):
        was, becomes = then[conduit], now[conduit]
        if was.publishers and becomes.publishers:
            for name, readers in sorted(fields_of(becomes.subscribers.values()).items()):
                needing = [(s, f) for s, f in readers if not f.spare and f.leaf.lower() not in ENVELOPES]
                if needing:
                    yield from _field(new, conduit, name, needing, was, becomes)


def _field(
    graph: FlowGraph, conduit: Conduit, name: str, readers: list[tuple[Interaction, Field]], was: Ends, becomes: Ends
) -> Iterator[Breaking]:
    before, after = _setting(was, name), _setting(becomes, name)
    if not before:
        return
    sites = [s for s, _ in readers]
    names, kept, on = _names(sites), _names(s for s, _ in before), conduit.event or conduit.name
    shown = Proof(
        tuple(dict.fromkeys(Evidence(f.location, f"{s.service} sets {f.name}", s.function) for s, f in before))[:_SHOWN],
        tuple(dict.fromkeys(Evidence(f.location, f"{s.service} reads {name}", s.function) for s, f in readers))[:_SHOWN],
    )
    reads = f"{_said(names)} {_verb(names, 'reads', 'read')} {name} of {on}"
    blind = any(graph.blind(Role.PUBLISH, s) for s in sites) or any(s.confidence is Confidence.GUESS for s in sites)
    subject = f"{on}: {name}"
    if not after:
        known = [p.payload for p in becomes.publishers.values()]
        sure = (
            not blind
            and not any(p is None or may_hold(p, name) for p in known)
            and any(f.always or s.match is Match.EXACT for s, f in readers)
        )
        yield Breaking(Break.FIELD_GONE, sure, subject, f"{reads}, which nobody sets any more", names, kept, shown, conduit)
        return
    kinds = types_of(f for _, f in before), types_of(f for _, f in after)
    if all(kinds) and kinds[0] != kinds[1] and not any(f.type == kinds[1] for _, f in readers):
        sure = not blind and any(_kind(f.type) not in ("", _kind(kinds[1])) for _, f in readers)
        said = f"{reads}, which is set as {kinds[1]} and was {kinds[0]}"
        yield Breaking(Break.FIELD_TYPE, sure, subject, said, names, kept, shown, conduit)
    if _often(was, before) == ALWAYS and _often(becomes, after) == SOMETIMES:
        said = f"{reads}, which is not set in every message any more"
        yield Breaking(Break.FIELD_SOMETIMES, False, subject, said, names, kept, shown, conduit)


def _often(ends: Ends, found: list[tuple[Interaction, Field]]) -> str:
    return often(ends.publishers.values(), found)


def _setting(ends: Ends, name: str) -> list[tuple[Interaction, Field]]:
    """Who sets what is read under a name: the same one, or one more or less deep, since a reader may have unwrapped the message."""
    every = fields_of(ends.publishers.values())
    if name in every:
        return every[name]
    return [pair for n, found in every.items() if n.endswith(f".{name}") or name.endswith(f".{n}") for pair in found]


def _kind(type_: str) -> str:
    """Whether a type is a list, a mapping or one simple type; "" where it does not say."""
    head = type_.partition("[")[0]
    return "list" if head == "list" else "mapping" if head in {"dict", "object"} else head if head in SIMPLE else ""
