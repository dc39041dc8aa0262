"""Answers that are remembered, and questions that come back to themselves: the bookkeeping under every evaluation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from flowmap.linker.terms import Unknown, Value

MAX_WORK = 20_000
"""Evaluation steps for one question; beyond it the answer is Unknown."""
PATIENCE, IMPATIENT = 150_000, 500
"""Steps for all questions together, three times what large programs take, after which a question has fewer: one program in which
everything leads to everything must not keep its reader waiting."""
MAX_NESTING = 2_000
"""Evaluations inside one another."""
STEPS, NESTING, TABLES = "too many steps for one value", "values nested too deeply", "tables nested too deeply"
ENOUGH = 2
"""A question that is so many times over its steps ends, whatever it asks."""
AGAIN = 5
"""How often a question that comes back to itself is worked out once more: so deep may tables lie in tables."""
T = TypeVar("T")


@dataclass(slots=True)
class Hit:
    """How often a bound was hit, and for which line of which file first; "" where no line asked."""

    count: int
    path: str
    line: int


class Memo:
    """Remembers results by key. A result that rests on questions still being worked out is kept until the innermost of them is
    answered: until then, asking again could only come back to the same ones. What a result rests on is a set of depths, as bits:
    each question that is being worked out stands at a depth of its own."""

    def __init__(self) -> None:
        self.bounds_hit: dict[str, Hit] = {}
        self._memo: dict[tuple[object, ...], object] = {}
        self._busy: dict[tuple[object, ...], int] = {}
        self._aside: dict[tuple[object, ...], int] = {}
        self._so_far: dict[tuple[object, ...], Value] = {}
        self._depth = 0
        self._rests = 0
        self._asides = 0
        self._for_all: dict[tuple[object, ...], tuple[object, int]] = {}
        self._for_now: dict[tuple[object, ...], tuple[object, int]] = {}
        self._until: dict[int, list[tuple[object, ...]]] = {}
        self._work = 0
        self._spent = 0
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
        if key in self._for_now or key in self._for_all:
            return self.guarded(key, work, ())
        self._work += 1
        self._spent += 1
        if self._work > self._most():
            return (self.bounded_out(STEPS),)
        if self._depth >= MAX_NESTING and key not in self._busy:
            return (self.bounded_out(NESTING),)
        return self.guarded(key, work, ())

    def settled(self, key: tuple[object, ...], work: Callable[[], Value], grows: Callable[[Value], Value]) -> Value:
        """As `counted`. Where the question comes back to itself, it is worked out again with that part of what was found which
        `grows` gives as the answer to itself, until nothing more is found."""
        return self.counted(key, lambda: self._again(key, work, grows))

    def _again(self, key: tuple[object, ...], work: Callable[[], Value], grows: Callable[[Value], Value]) -> Value:
        depth = self._depth - 1
        try:
            found = work()
            for _ in range(AGAIN):
                if not self._has_grown(key, depth, so_far := grows(found)):
                    return found
                self._so_far[key] = so_far
                self._forget(depth)
                found = work()
            return (*found, self.bounded_out(TABLES)) if self._has_grown(key, depth, grows(found)) else found
        finally:
            self._so_far.pop(key, None)

    def _has_grown(self, key: tuple[object, ...], depth: int, so_far: Value) -> bool:
        """Whether the question at a depth rests on itself alone, and another time might find more."""
        return self._rests & ~self._asides == 1 << depth and not set(so_far) <= set(self._so_far.get(key, ()))

    def _forget(self, depth: int) -> None:
        """What rested on the question that stood at this depth has to be asked anew."""
        for other in self._until.pop(depth, ()):
            self._for_now.pop(other, None)
            self._for_all.pop(other, None)

    def _most(self) -> int:
        """The steps that a question has."""
        return MAX_WORK if self._spent < PATIENCE else IMPATIENT

    def guarded(self, key: tuple[object, ...], work: Callable[[], T], meanwhile: T) -> T:
        """The result of `work`, remembered under its key unless it rests on something that is still being worked out;
        to a question that comes back to itself the answer is `meanwhile`."""
        if key in self._memo:
            return self._memo[key]  # type: ignore[return-value]
        kept = self._for_now.get(key) or self._for_all.get(key)
        if kept is not None:
            self._rests |= kept[1]
            return kept[0]  # type: ignore[return-value]
        if key in self._busy:
            self._rests |= 1 << self._busy[key]
            return self._so_far.get(key, meanwhile)  # type: ignore[return-value]
        depth, outside = self._depth, self._rests
        if depth >= MAX_NESTING or self._work > ENOUGH * self._most():
            self.bounded_out(NESTING if depth >= MAX_NESTING else STEPS)
            return meanwhile
        self._busy[key], self._rests, self._depth = depth, 0, depth + 1
        try:
            result = work()
        finally:
            del self._busy[key]
            self._depth = depth
            self._forget(depth)
        self._rests &= (1 << depth) - 1
        self._keep(key, result)
        self._rests |= outside
        return result

    def _keep(self, key: tuple[object, ...], result: object) -> None:
        """Remembers a result for good, or for as long as what it rests on is being worked out: for all questions, if that are
        questions about the whole program alone, else for those inside of the one about the whole program that is worked out."""
        if self._rests:
            (self._for_now if self._rests & ~self._asides else self._for_all)[key] = result, self._rests
            self._until.setdefault(self._rests.bit_length() - 1, []).append(key)
        else:
            self._memo[key] = result

    def aside(self, key: tuple[object, ...], work: Callable[[], T], meanwhile: T) -> T:
        """As `guarded`, for a question about the whole program. It is worked out as if nothing had asked it, other such questions
        apart, so that the answer is the same whoever asks first, and is kept: for good, or, where it rests on such questions that
        are still open, until one of these is answered. Its steps are not those of the question around it."""
        if key in self._memo or key in self._for_all or key in self._busy:
            return self.guarded(key, work, meanwhile)
        busy, rests, steps, asked_of = self._busy, self._rests, self._work, self.asked_of
        for_now, so_far = self._for_now, self._so_far
        self._busy, self._rests, self._work, self._for_now, self._so_far = dict(self._aside), 0, 0, {}, {}
        self._aside[key] = self._depth
        self._asides |= 1 << self._depth
        try:
            return self.guarded(key, work, meanwhile)
        finally:
            self._asides ^= 1 << self._aside.pop(key)
            self._busy, self._rests, self._for_now, self._so_far = busy, self._rests | rests, for_now, so_far
            self._work, self.asked_of = steps, asked_of

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
        asked = [depth for key, depth in self._busy.items() if key[0] in kinds]
        for depth in asked:
            self._rests |= 1 << depth
        return bool(asked)

    def times_hit(self, why: str) -> int:
        """How often a bound was hit so far."""
        return self.bounds_hit[why].count if why in self.bounds_hit else 0

    def bounded_out(self, why: str) -> Unknown:
        """A bound was hit: counted for the diagnostics, and said in the value."""
        hit = self.bounds_hit.setdefault(why, Hit(0, *self.asked_of))
        hit.count += 1
        return Unknown(why, cut=True)
