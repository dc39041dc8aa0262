"""The names that the things of a program have in the template."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from itertools import chain, count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flowmap.project.infrapy.values import Thing


@dataclass(slots=True)
class Labelling(ABC):
    """Names, each given out once, as they are asked for."""

    _of: dict[int, tuple[Thing, str]] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)
    _numbers: dict[str, count[int]] = field(default_factory=dict)

    @abstractmethod
    def names(self, thing: Thing) -> Sequence[str]:
        """The names that a thing may have, its own first."""

    def of(self, thing: Thing) -> str:
        """The name that a thing has: the first of its names that is free, else its own with a number."""
        if id(thing) not in self._of:
            names = self.names(thing)
            numbers = self._numbers.setdefault(names[0], count(2))
            label = next(n for n in chain(names, (f"{names[0]}{number}" for number in numbers)) if n not in self._taken)
            self._taken.add(label)
            self._of[id(thing)] = (thing, label)
        return self._of[id(thing)][1]
