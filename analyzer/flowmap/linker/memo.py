"""Answers that are remembered, and questions that come back to themselves: the bookkeeping under every evaluation."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flowmap.linker.terms import Unknown, Value
from flowmap.linker.units import ScopeRef

MAX_WORK = 20_000
"""Evaluation steps for one question; beyond it the answer is Unknown."""
MAX_NESTING = 2_000
"""Evaluations inside one another."""
STEPS, NESTING = "too many steps for one value", "values nested too deeply"
NO_CUT = 1 << 30
T = TypeVar("T")


class Memo:
    """Remembers results by key. A result that rests on a question still being worked out is not kept."""

    def __init__(self) -> None:
        self.bounds_hit: dict[str, int] = {}
        self.bounds_at: dict[str, dict[ScopeRef, None]] = {}
        self._asked: ScopeRef | None = None
        self._memo: dict[tuple[object, ...], object] = {}
        self._busy: dict[tuple[object, ...], int] = {}
        self._cut = NO_CUT
        self._work = 0

    def ask(self, about: ScopeRef | None = None) -> None:
        """Starts the count of steps for a new question; `about` is the function or module that it is asked of, unless it belongs
        to the one before."""
        self._work = 0
        self._asked = about or self._asked

    def counted(self, key: tuple[object, ...], work: Callable[[], Value]) -> Value:
        """An evaluation: remembered, and counted against the bound of the current question."""
        known = self._memo.get(key)
        if known is not None:
            return known  # type: ignore[return-value]
        self._work += 1
        if self._work > MAX_WORK:
            return (self.bounded_out(STEPS),)
        if len(self._busy) >= MAX_NESTING and key not in self._busy:
            return (self.bounded_out(NESTING),)
        return self.guarded(key, work, ())

    def guarded(self, key: tuple[object, ...], work: Callable[[], T], meanwhile: T) -> T:
        """The result of `work`, remembered under its key unless it rests on something that is still being worked out;
        to a question that comes back to itself the answer is `meanwhile`."""
        if key in self._memo:
            return self._memo[key]  # type: ignore[return-value]
        if key in self._busy:
            self._cut = min(self._cut, self._busy[key])
            return meanwhile
        depth, outside = len(self._busy), self._cut
        if depth >= MAX_NESTING:
            self.bounded_out(NESTING)
            return meanwhile
        self._busy[key], self._cut = depth, NO_CUT
        try:
            result = work()
        finally:
            del self._busy[key]
        if self._cut >= depth:
            self._memo[key], self._cut = result, NO_CUT
        self._cut = min(self._cut, outside)
        return result

    def working_on(self, *kinds: str) -> bool:
        """Whether a question of one of these kinds is being worked out."""
        return any(key[0] in kinds for key in self._busy)

    def bounded_out(self, why: str) -> Unknown:
        """A bound was hit: counted for the diagnostics with the place that was asked of, and said in the value."""
        self.bounds_hit[why] = self.bounds_hit.get(why, 0) + 1
        places = self.bounds_at.setdefault(why, {})
        if self._asked is not None:
            places[self._asked] = None
        return Unknown(why, cut=True)
