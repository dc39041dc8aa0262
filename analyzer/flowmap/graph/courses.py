"""What the handler of an endpoint or subscription goes through, in order, and how long that may make others wait."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import prod
from typing import TypeVar

from flowmap.model.interaction import Interaction, Role
from flowmap.model.step import Around, Surrounding

T = TypeVar("T")
EITHER = {Surrounding.BRANCH, Surrounding.TOGETHER}
"""Of what is surrounded so at the same place, only the longest counts."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A site in the work of a handler, with what surrounds it there, outermost first."""

    site: Interaction
    around: tuple[Around, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether the handler cannot end before somebody else has answered."""
        return self.site.role is Role.CALL and self.site.waits and not self.has(Surrounding.LATER)

    def has(self, kind: Surrounding) -> bool:
        """Whether it is surrounded so."""
        return any(a.kind is kind for a in self.around)


def tries(call: Interaction) -> int | None:
    """How often a call may be made in all; None if nothing bounds that. What only repeats a connection that failed, and what nobody
    can tell, counts once."""
    counted = [r for r in call.retries if not (r.connections or r.unknown)]
    if any(r.attempts is None and r.within is None for r in counted):
        return None
    return prod(r.attempts for r in counted if r.attempts is not None)


@dataclass(frozen=True, slots=True)
class Time:
    """Seconds that something may take at least, and the sum that they come from."""

    seconds: float = 0.0
    sum: str = ""

    def __add__(self, other: Time) -> Time:
        return Time(self.seconds + other.seconds, " + ".join(s for s in (self.sum, other.sum) if s))


NOTHING = Time()


def spent(course: Sequence[Taken], of_call: Callable[[Interaction], Time]) -> Time:
    """What the calls of a course may take together: one after the other added, the longest of what excludes each other or runs at
    the same time. A loop counts once."""
    return _spent([(t.around, of_call(t.site)) for t in course if t.waits])


def _spent(parts: Sequence[tuple[tuple[Around, ...], Time]]) -> Time:
    total = Time()
    for group in _grouped(parts):
        around = group[0][0]
        if not around:
            total += group[0][1]
            continue
        arms: dict[int, list[tuple[tuple[Around, ...], Time]]] = {}
        for inner, time in group:
            arms.setdefault(inner[0].arm if around[0].kind in EITHER else 0, []).append((inner[1:], time))
        total += max((_spent(arm) for arm in arms.values()), key=lambda time: time.seconds)
    return total


def _grouped(parts: Iterable[tuple[tuple[Around, ...], T]]) -> list[list[tuple[tuple[Around, ...], T]]]:
    """The parts by the outermost thing around them, in order; what nothing surrounds stands alone."""
    groups: dict[object, list[tuple[tuple[Around, ...], T]]] = {}
    for number, part in enumerate(parts):
        key = (part[0][0].kind, part[0][0].at) if part[0] else number
        groups.setdefault(key, []).append(part)
    return list(groups.values())
