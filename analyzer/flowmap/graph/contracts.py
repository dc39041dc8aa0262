"""Contracts: what the two ends of a channel take a message to hold. Every answer is three-valued; only what cannot be in a message
as far as all its publishers are understood counts as missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowmap.model.interaction import Interaction, Role
from flowmap.model.payload import Field, Payload

if TYPE_CHECKING:
    from flowmap.graph.flowgraph import FlowGraph

ENVELOPES = frozenset(
    "attributes body content data detail envelope event headers message meta metadata msg payload properties record value"
    .split()
)  # fmt: skip
"""Fields that hold a message: what stands in one may be read without it, and libraries put messages into them."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """Fields that the handler of some subscriptions reads and that none of those who send to them sets. `blind` are the sites that
    may send to them as well."""

    subscriptions: tuple[Interaction, ...]
    publishers: tuple[Interaction, ...]
    fields: tuple[Field, ...]
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
        if missing:
            blind = {b.id: b for s in sites for b in graph.blind(Role.PUBLISH, s)}
            yield Unmet(tuple(sites), publishers, _outermost(missing), tuple(blind.values()))


def _read(sites: Iterable[Interaction]) -> list[Field]:
    """What is read without provision for its absence, each field once; what the envelope of a message holds is none of it."""
    found = {f.name: f for s in sites if s.payload is not None for f in s.payload.fields}
    return [f for f in found.values() if not f.spare and f.leaf.lower() not in ENVELOPES]


def _outermost(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """The fields that stand in none of the others."""
    names = {f.name for f in fields}
    return tuple(f for f in fields if not any(f.name.startswith((f"{n}.", f"{n}[]")) for n in names if n != f.name))


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
