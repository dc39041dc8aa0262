"""Answers that are remembered, and questions that come back to themselves: the bookkeeping under every evaluation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from flowmap.linker.terms import Unknown, Value

MAX_WORK = 20_000
"""Evaluation steps for one question; beyond it the answer is Unknown."""
MAX_NESTING = 2_000
"""Evaluations inside one another."""
STEPS, NESTING = "too many steps for one value", "values nested too deeply"
NO_CUT = 1 << 30
T = TypeVar("T")


@dataclass(slots=True)
class Hit:
    """How often a bound was hit, and for which line of which file first; "" where no line asked."""

    count: int
    path: str
    line: int


class Memo:
    """Remembers results by key. A result that rests on a question still being worked out is not kept."""

    def __init__(self) -> None:
        self.bounds_hit: dict[str, Hit] = {}
        self._memo: dict[tuple[object, ...], object] = {}
        self._busy: dict[tuple[object, ...], int] = {}
        self._aside: dict[tuple[object, ...], int] = {}
        self._rests: set[tuple[object, ...]] = set()
        self._held: dict[tuple[object, ...], tuple[object, frozenset[tuple[object, ...]]]] = {}
        self._leaning: dict[tuple[object, ...], list[tuple[object, ...]]] = {}
        self._depth = 0
        self._cut = NO_CUT
        self._work = 0
        self.asked_of = ("", 0)  # the file and line of the question; whoever asks another one in between puts it back

    def ask(self, path: str = "", line: int = 0) -> None:
        """Starts the count of steps for a new question, which is asked of a line of a file."""
        self._work = 0
        self.asked_of = (path, line)

    def counted(self, key: tuple[object, ...], work: Callable[[], Value]) -> Value:
        """An evaluation: remembered, and counted against the bound of the current question."""
        known = self._memo.get(key)
        if known is not None:
            return known  # type: ignore[return-value]
        self._work += 1
        if self._work > MAX_WORK:
            return (self.bounded_out(STEPS),)
        if self._depth >= MAX_NESTING and key not in self._busy:
            return (self.bounded_out(NESTING),)
        return self.guarded(key, work, ())

    def guarded(self, key: tuple[object, ...], work: Callable[[], T], meanwhile: T) -> T:
        """The result of `work`, remembered under its key unless it rests on something that is still being worked out;
        to a question that comes back to itself the answer is `meanwhile`."""
        if key in self._memo:
            return self._memo[key]  # type: ignore[return-value]
        if key in self._busy:
            self._cut = min(self._cut, self._busy[key])
            if key in self._aside:
                self._rests.add(key)
            return meanwhile
        depth, outside = self._depth, self._cut
        if depth >= MAX_NESTING:
            self.bounded_out(NESTING)
            return meanwhile
        self._busy[key], self._cut, self._depth = depth, NO_CUT, depth + 1
        try:
            result = work()
        finally:
            del self._busy[key]
            self._depth = depth
        if self._cut >= depth:
            self._memo[key], self._cut = result, NO_CUT
        self._cut = min(self._cut, outside)
        return result

    def aside(self, key: tuple[object, ...], work: Callable[[], T], meanwhile: T) -> T:
        """As `guarded`, for a question about the whole program. It is worked out as if nothing had asked it, other such questions
        apart, so that the answer is the same whoever asks first, and is kept: for good, or, where it rests on such questions that
        are still open, until one of these is answered. Its steps are not those of the question around it."""
        if key in self._memo or key in self._busy:
            return self.guarded(key, work, meanwhile)
        if key in self._held:
            result, rests_on = self._held[key]
            self._rests |= rests_on
            self._cut = min(self._cut, *(self._aside[other] for other in rests_on))
            return result  # type: ignore[return-value]
        busy, cut, steps, asked_of, rests = self._busy, self._cut, self._work, self.asked_of, self._rests
        self._busy, self._cut, self._rests = dict(self._aside), NO_CUT, set()
        self._aside[key] = self._depth
        try:
            found = self.guarded(key, work, meanwhile)
        finally:
            del self._aside[key]
            own = frozenset(self._rests - {key})
            self._busy, self._cut, self._rests = busy, min(self._cut, cut), rests | own
            self._work, self.asked_of = steps, asked_of
            for other in self._leaning.pop(key, ()):
                self._held.pop(other, None)
        if own:
            self._held[key] = found, own
            for other in own:
                self._leaning.setdefault(other, []).append(key)
        return found

    def apart(self, work: Callable[[], T]) -> T:
        """The result of a question beside the current one: it has steps of its own, and bounds that it hits are not reported, for
        what it does not know is said in its answer alone."""
        steps, hits = self._work, {why: replace(hit) for why, hit in self.bounds_hit.items()}
        self._work = 0
        try:
            return work()
        finally:
            self._work, self.bounds_hit = steps, hits

    def rests_on(self, *kinds: str) -> bool:
        """Whether a question of one of these kinds is being worked out; what is answered meanwhile rests on it then, and is not
        kept."""
        asked = [key for key in self._busy if key[0] in kinds]
        self._cut = min(self._cut, *(self._busy[key] for key in asked)) if asked else self._cut
        self._rests.update(key for key in asked if key in self._aside)
        return bool(asked)

    def times_hit(self, why: str) -> int:
        """How often a bound was hit so far."""
        return self.bounds_hit[why].count if why in self.bounds_hit else 0

    def bounded_out(self, why: str) -> Unknown:
        """A bound was hit: counted for the diagnostics, and said in the value."""
        hit = self.bounds_hit.setdefault(why, Hit(0, *self.asked_of))
        hit.count += 1
        return Unknown(why, cut=True)
