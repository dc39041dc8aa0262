"""What a rule lets a team set: keys of `[tool.flowmap.rules]`, each with its default, its bounds and what it means."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar, cast

T = TypeVar("T", int, float, frozenset[str])


@dataclass(frozen=True, slots=True)
class Threshold(Generic[T]):
    """A key that a rule reads, of the type of its default: a whole number, a number, or a set of words. `least` and `most` bound a
    number. Rules may share a key if they mean the same by it, and have the same default."""

    name: str
    default: T
    what: str
    least: float = 0
    most: float = math.inf

    def read(self, value: object) -> T:
        """The value as the rule gets it. Raises ValueError with the end of a sentence that begins with the key."""
        if isinstance(self.default, frozenset):
            if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
                raise ValueError("should be a list of words.")
            return frozenset(value)
        whole = isinstance(self.default, int)
        fits = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
        if not fits or not self.least <= cast("float", value) <= self.most:
            bounds = f"of at least {self.least:g}" if self.most == math.inf else f"from {self.least:g} to {self.most:g}"
            raise ValueError(f"should be a {'whole ' * whole}number {bounds}.")
        return cast("T", value if whole else float(cast("float", value)))


AVAILABILITY = Threshold("availability", 0.999, "how often one service answers", least=0.0001, most=1)
MAX_SYNC_HOPS = Threshold("max-sync-hops", 2, "the longest chain that is allowed")
MAX_SYNC_FAN_OUT = Threshold("max-sync-fan-out", 4, "the services that one handler may wait for")
DEFERRABLE = Threshold("deferrable", frozenset[str](), "words that name work which can wait")
"""What the numbers and the advice of every report are worked out with, too."""

AnyThreshold: TypeAlias = Threshold[int] | Threshold[float] | Threshold[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Options:
    """The values of thresholds by their names; what is not there has its default."""

    values: Mapping[str, int | float | frozenset[str]]

    @classmethod
    def by_default(cls) -> Options:
        """Nothing is set."""
        return cls({})

    def __getitem__(self, threshold: Threshold[T]) -> T:
        return cast("T", self.values.get(threshold.name, threshold.default))
