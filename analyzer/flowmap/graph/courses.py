"""What the handler of an endpoint or subscription goes through, in order, and how long that may make others wait."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from math import prod
from typing import TypeAlias, TypeVar

from flowmap.model.interaction import Interaction, Role
from flowmap.model.step import Around, Surrounding


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


def waiting_triggers(call: Interaction) -> list[str]:
    """The ids of those whose handlers cannot end before a call has been answered: not of those that only leave it to be done
    later."""
    at_once = {s.trigger for s in call.steps if all(a.kind is not Surrounding.LATER for a in s.around)}
    later = {s.trigger for s in call.steps} - at_once
    return [trigger for trigger in call.triggers if trigger not in later]


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
T = TypeVar("T", Time, "_Set")


def spent(course: Sequence[Taken], of_call: Callable[[Interaction], Time]) -> Time:
    """What the calls of a course may take together: one after the other added, the longest of what excludes each other or runs at
    the same time. A loop counts once."""
    parts = [(t.around, of_call(t.site)) for t in course if t.waits]
    either = (Surrounding.BRANCH, Surrounding.TOGETHER)
    return _together(parts, NOTHING, either, lambda times: max(times, key=lambda time: time.seconds))


def met(course: Sequence[Taken], of_call: Callable[[Interaction], frozenset[str]]) -> frozenset[str]:
    """What the calls of a course come to in one run, each to a set of things; of branches the one that comes to most."""
    parts = [(t.around, _Set(of_call(t.site))) for t in course if t.waits]
    return _together(parts, _Set(), (Surrounding.BRANCH,), lambda sets: max(sets, key=lambda found: len(found.names))).names


@dataclass(frozen=True, slots=True)
class _Set:
    names: frozenset[str] = frozenset()

    def __add__(self, other: _Set) -> _Set:
        return _Set(self.names | other.names)


Part: TypeAlias = tuple[tuple[Around, ...], T]
"""Something in a course, with what surrounds it."""


def _together(parts: Sequence[Part[T]], nothing: T, either: Collection[Surrounding], most: Callable[[list[T]], T]) -> T:
    """The sum of the parts; of those that are in different arms of one of `either` only what is `most`."""
    total = nothing
    for group in _grouped(parts):
        around = group[0][0]
        if not around:
            total += group[0][1]
            continue
        arms: dict[int, list[Part[T]]] = {}
        for inner, value in group:
            arms.setdefault(inner[0].arm if around[0].kind in either else 0, []).append((inner[1:], value))
        total += most([_together(arm, nothing, either, most) for arm in arms.values()])
    return total


def _grouped(parts: Iterable[Part[T]]) -> list[list[Part[T]]]:
    """The parts by the outermost thing around them, in order; what nothing surrounds stands alone."""
    groups: dict[object, list[Part[T]]] = {}
    for number, part in enumerate(parts):
        key = (part[0][0].kind, part[0][0].at) if part[0] else number
        groups.setdefault(key, []).append(part)
    return list(groups.values())
