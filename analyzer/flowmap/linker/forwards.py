"""Infrastructure between a publisher and a reader: who reads from a queue that a topic fills listens to the topic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from flowmap.linker.drafts import Draft
from flowmap.model.interaction import Role
from flowmap.model.location import Evidence
from flowmap.model.project import Conduit, Forward

_MOST_HOPS = 5


def forwarded(drafts: Iterable[Draft], forwards: Sequence[Forward], sent: frozenset[tuple[str, str]]) -> Iterator[Draft]:
    """The drafts, each subscription once per conduit that fills the one it names; itself where none does, or where something
    publishes to it by name. `sent` holds the transports and channels that are published to."""
    for draft in drafts:
        origins = _origins(draft, forwards) if draft.role is Role.SUBSCRIBE and draft.channel else []
        yield from origins
        if not origins or (draft.transport, draft.channel or "") in sent:
            yield draft


def _origins(draft: Draft, forwards: Sequence[Forward]) -> list[Draft]:
    """The subscription as one to what fills its conduit, through any number of others."""
    found: list[Draft] = []
    reached = [draft]
    for _ in range(_MOST_HOPS):
        reached = [_at(d, f) for d in reached for f in forwards if _is_at(d, f.target)]
        found += [d for d in reached if not any(_is_at(d, f.target) for f in forwards)]
    return list(dict.fromkeys(found))


def _at(draft: Draft, forward: Forward) -> Draft:
    source = forward.source
    why = Evidence(forward.location, f"brings {source.channel} to {forward.target.channel}")
    return replace(
        draft,
        transport=source.transport,
        channel=source.channel,
        exchange=source.exchange or None,
        event=source.event or draft.event,
        source=source.source or None,
        match=source.match,
        group=draft.group or draft.channel,
        wires=(*draft.wires, why),
    )


def _is_at(draft: Draft, conduit: Conduit) -> bool:
    same = draft.transport == conduit.transport and draft.channel == conduit.channel
    return same and (not conduit.exchange or not draft.exchange or conduit.exchange == draft.exchange)


def sent_to(drafts: Iterable[Draft]) -> frozenset[tuple[str, str]]:
    """The transports and channels that are published to."""
    return frozenset((d.transport, d.channel) for d in drafts if d.role is Role.PUBLISH and d.channel)
