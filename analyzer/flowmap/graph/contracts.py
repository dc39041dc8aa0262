"""Contracts: what the two ends of a channel take a message to hold. Every answer is three-valued; only what cannot be in a message
as far as all its publishers are understood counts as missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowmap.model.interaction import Interaction, Match, Role
from flowmap.model.payload import SIMPLE, Field, Payload

if TYPE_CHECKING:
    from flowmap.graph.flowgraph import FlowGraph

ENVELOPES = frozenset(
    "attributes body content data detail envelope event headers message meta metadata msg payload properties record value"
    .split()
)  # fmt: skip
"""Fields that hold a message: what stands in one may be read without it, and libraries put messages into them."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """Fields that the handler of some subscriptions reads and that none of those who send to them sets, and those that are set as
    something else (`disagreeing`, each as it is read and as it is set). `blind` are the sites that may send to them as well."""

    subscriptions: tuple[Interaction, ...]
    publishers: tuple[Interaction, ...]
    fields: tuple[Field, ...]
    disagreeing: tuple[tuple[Field, Field], ...]
    blind: tuple[Interaction, ...]

    @property
    def known(self) -> tuple[str, ...]:
        """The names of all fields that are set."""
        return tuple(dict.fromkeys(f.name for p in self.publishers if p.payload is not None for f in p.payload.fields))


def unmet(graph: FlowGraph) -> Iterator[Unmet]:
    """What handlers miss in the messages that they are sent."""
    handlers: dict[tuple[str, object], list[Interaction]] = defaultdict(list)
    for site in graph.role(Role.SUBSCRIBE):
        if site.payload is not None and site.handler is not None and not site.outside:
            handlers[site.service, site.handler.key].append(site)
    for sites in handlers.values():
        senders = [graph.publishers_for(s) for s in sites]
        publishers = tuple({p.id: p for found in senders for p in found}.values())
        if not all(senders) or any(p.payload is None or p.payload.open for p in publishers):
            continue
        sent = [p.payload for p in publishers if p.payload is not None]
        missing = tuple(f for f in _read(sites) if not any(may_hold(p, f.name) for p in sent))
        others = tuple(_disagreeing(sites, sent))
        if missing or others:
            blind = {b.id: b for s in sites for b in graph.blind(Role.PUBLISH, s)}
            yield Unmet(tuple(sites), publishers, _outermost(missing), others, tuple(blind.values()))


def _read(sites: Iterable[Interaction]) -> list[Field]:
    """What is read without provision for its absence, each field once; what the envelope of a message holds is none of it. Who
    listens to all names that fit a pattern may read in a branch what only messages of somebody unseen hold."""
    found = {f.name: f for s in sites if s.payload is not None for f in s.payload.fields if f.always or not _is_pattern(s)}
    return [f for f in found.values() if not f.spare and f.leaf.lower() not in ENVELOPES]


def _is_pattern(site: Interaction) -> bool:
    """Whether a subscription is to more than one name."""
    return site.match is not Match.EXACT and any(c in (site.channel or "") for c in "*#>+?[(|{")


def _outermost(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """The fields that stand in none of the others."""
    names = {f.name for f in fields}
    return tuple(f for f in fields if not any(f.name.startswith((f"{n}.", f"{n}[]")) for n in names if n != f.name))


def _disagreeing(sites: Iterable[Interaction], sent: Iterable[Payload]) -> Iterator[tuple[Field, Field]]:
    """The fields that are read as one kind of value, and that everybody who sets them sets as another."""
    setting: dict[str, list[Field]] = defaultdict(list)
    for field in (f for p in sent for f in p.fields):
        setting[field.name].append(field)
    for field in {f.name: f for s in sites if s.payload is not None for f in s.payload.fields}.values():
        wanted, kinds = _kind(field), {_kind(f) for f in setting.get(field.name, ())}
        if wanted and kinds and not kinds & {wanted, ""}:
            yield field, setting[field.name][0]


def _kind(field: Field) -> str:
    """Whether a field is a list, a mapping or a simple value; "" where its type does not say."""
    head = field.type.partition("[")[0]
    return "list" if head == "list" else "mapping" if head in {"dict", "object"} else "value" if head in SIMPLE else ""


def may_hold(payload: Payload, name: str) -> bool:
    """Whether a field may be in a message, at any depth: readers may have taken it out of others."""
    parts = [part.removesuffix("[]") for part in name.split(".")]
    if payload.open or parts[-1] in payload.leaves():
        return True
    return any(f.open or not _has_parts(payload, f) for f in payload.fields if f.leaf in parts[:-1]) or any(
        f.open for f in payload.fields if f.leaf in ENVELOPES
    )


def _has_parts(payload: Payload, field: Field) -> bool:
    return any(f.name.startswith((f"{field.name}.", f"{field.name}[]")) for f in payload.fields)
