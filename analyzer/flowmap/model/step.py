"""How the work of a handler comes to what it sends and asks: in which order, and what surrounds it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from flowmap.model.location import Location


class Surrounding(StrEnum):
    """What may surround a step: a loop over data, one that only repeats, a branch, a handler of errors, others that run at the same
    time, work that nobody waits for, another thread, an event loop that can do nothing else meanwhile."""

    LOOP = "loop"
    AGAIN = "again"
    BRANCH = "branch"
    FAILURE = "failure"
    TOGETHER = "together"
    LATER = "later"
    THREAD = "thread"
    BLOCKING = "blocking"


@dataclass(frozen=True, slots=True)
class Around:
    """One thing around a step. Those at the same place are the same thing; of a branch just one `arm` is taken, of what runs
    together all run at once."""

    kind: Surrounding
    at: Location
    arm: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """A site as it comes up in the work of the handler of `trigger`, the id of an endpoint or subscription: `number` orders the
    steps of that handler, `around` is what surrounds this one, outermost first."""

    trigger: str
    number: int
    around: tuple[Around, ...] = ()
