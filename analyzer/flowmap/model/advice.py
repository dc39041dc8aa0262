"""What could be done without waiting, and what that would save."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from flowmap.model.location import Evidence


class Remedy(StrEnum):
    """Work that can wait reacts to an event; data that is only read is kept as a copy, which events keep up to date."""

    REACT = "react"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Cost:
    """What an endpoint waits for: the most calls inside one another, how many different parties, how often they all answer, and how
    many seconds that may take as far as timeouts are known (0: none is)."""

    hops: int
    parties: int
    availability: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Advice:
    """The calls from `caller` to `callee`, by their ids, that could become events, the proof, and what the `endpoint` of a service
    that gains most by it waits for with and without them; `others` are endpoints that gain too (`service: endpoint`). `events` are
    those that are published already and could be listened to."""

    service: str
    endpoint: str
    remedy: Remedy
    caller: str
    callee: str
    calls: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    before: Cost
    after: Cost
    events: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
