"""Ids of interactions: what a site does and where in the code, not on which line, so that unrelated edits change none."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from flowmap.model.interaction import Interaction


def identified(interactions: Sequence[Interaction]) -> list[Interaction]:
    """The interactions, in their order, each with its id; what is alike in everything is numbered by place. What they are
    triggered by is left as it is."""
    counts: Counter[str] = Counter()
    found: dict[int, Interaction] = {}
    for number, interaction in sorted(enumerate(interactions), key=lambda pair: (*_place(pair[1]), pair[0])):
        identity = _identity(interaction)
        counts[identity] += 1
        digest = hashlib.blake2b(f"{identity}|{counts[identity]}".encode(), digest_size=6).hexdigest()
        found[number] = replace(interaction, id=digest)
    return [found[number] for number in range(len(interactions))]


def in_order(interactions: Iterable[Interaction]) -> tuple[Interaction, ...]:
    """The interactions of all services, sorted by place."""
    return tuple(sorted(interactions, key=lambda i: (i.service, i.location, i.role, str(i.channel), str(i.event), i.id)))


def _place(i: Interaction) -> tuple[object, ...]:
    return (i.service, i.location, str(i.channel), str(i.event), str(i.endpoint))


def _identity(i: Interaction) -> str:
    destination = i.operation or i.channel
    return "|".join(str(p) for p in (i.service, i.role, i.transport, destination, i.exchange, i.event, i.location.path, i.function))
