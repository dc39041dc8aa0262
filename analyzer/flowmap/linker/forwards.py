"""Infrastructure between a publisher and a reader: who reads from a queue that a topic fills listens to the topic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from flowmap.linker.drafts import Draft
from flowmap.model.interaction import Confidence, Interaction, Role
from flowmap.model.location import Evidence
from flowmap.model.project import Conduit, Forward

_MOST_HOPS = 5
S = TypeVar("S", Draft, Interaction)
"""A site, before it is one of the program's or after."""


def forwarded(
    sites: Iterable[S], forwards: Sequence[Forward], sent: frozenset[tuple[str, str]], told: Callable[[S, Evidence], S]
) -> Iterator[S]:
    """The sites, each subscription once per conduit that fills the one it names; itself where none does, or where something
    publishes to it by name. `sent` holds the transports and channels that are published to; `told` notes the reason."""
    for site in sites:
        origins = _origins(site, forwards, told) if site.role is Role.SUBSCRIBE and site.channel else []
        yield from origins
        if not origins or (site.transport, site.channel or "") in sent:
            yield site


def _origins(site: S, forwards: Sequence[Forward], told: Callable[[S, Evidence], S]) -> list[S]:
    """The subscription as one to what fills its conduit, through any number of others."""
    found: list[S] = []
    reached = [site]
    for _ in range(_MOST_HOPS):
        reached = [_at(s, f, told) for s in reached for f in forwards if _is_at(s, f.target)]
        found += [s for s in reached if not any(_is_at(s, f.target) for f in forwards)]
    return list(dict.fromkeys(found))


def _at(site: S, forward: Forward, told: Callable[[S, Evidence], S]) -> S:
    source = forward.source
    named = Confidence.DERIVED if "{}" in source.channel else Confidence.CERTAIN
    there = replace(
        site,
        transport=source.transport,
        channel=source.channel,
        exchange=source.exchange or None,
        event=source.event or site.event,
        source=source.source or None,
        match=source.match,
        group=site.group or site.channel,
        confidence=min(site.confidence, forward.confidence, named, key=lambda c: c.rank),
    )
    return told(there, Evidence(forward.location, f"brings {source.channel} to {forward.target.channel}"))


def _is_at(site: S, conduit: Conduit) -> bool:
    """Whether a subscription reads from a conduit; one that listens to an exchange or bus reads from no queue."""
    same = site.transport == conduit.transport and site.channel == conduit.channel
    return same and (not site.exchange or conduit.exchange == site.exchange)


def sent_to(sites: Iterable[S]) -> frozenset[tuple[str, str]]:
    """The transports and channels that are published to; what goes into an exchange of AMQP goes to no queue by its name."""
    sent = (s for s in sites if s.role is Role.PUBLISH and s.channel and not (s.transport == "amqp" and s.exchange))
    return frozenset((s.transport, s.channel or "") for s in sent)
