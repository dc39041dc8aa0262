"""A view that remembers who asked what: the same answers, with the questions that each of them rests on.

It is made for the few sites that somebody wants to have explained; recognition itself never pays for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeAlias, TypeVar

from flowmap.linker.knowledge import Knowledge
from flowmap.linker.surroundings import ALONE, Surroundings
from flowmap.linker.terms import Instance, Place, Value
from flowmap.linker.units import ScopeRef, Units
from flowmap.linker.view import View
from flowmap.model.expression import Expression

Key: TypeAlias = tuple[object, ...]
T = TypeVar("T")
V = TypeVar("V")
PASSED_ON = {"closed", "outcome", "member", "given", "promise"}
"""Questions that are no expressions, and hand on what expressions give. All others are about the shape of the program: what is
asked for them is not noted."""


class Watched(Mapping[str, V]):
    """A mapping that tells which of its names are read."""

    def __init__(self, known: Mapping[str, V], told: Callable[[str], None]) -> None:
        self._known = known
        self._told = told

    def __getitem__(self, name: str) -> V:
        self._told(name)
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


class Observed(View):
    """`asked` are the questions that came up while one was worked out, in order; `questions` says what the keys of expressions
    mean; `variables`, `opened` and `fields` are what was read of the environment, of files of data and of objects of scanned
    classes while a question was open."""

    def __init__(
        self,
        units: Units,
        files: frozenset[str],
        environment: Mapping[str, str],
        knowledge: Knowledge,
        surroundings: Surroundings = ALONE,
    ) -> None:
        self.asked: dict[Key, dict[Key, None]] = {}
        self.questions: dict[Key, tuple[Expression, Place]] = {}
        self.answers: dict[Key, Value] = {}
        self.variables: dict[Key, dict[str, None]] = {}
        self.opened: dict[Key, dict[str, None]] = {}
        self.fields: dict[Key, dict[tuple[ScopeRef, str], None]] = {}
        self._open: list[Key | None] = []
        self._next: tuple[Expression, Place] | None = None
        around = replace(surroundings, data=Watched(surroundings.data, lambda path: self._read(self.opened, path)))
        variables = Watched(environment, lambda name: self._read(self.variables, name))
        super().__init__(units, files, variables, knowledge, around)

    def values(self, node: Expression, place: Place) -> Value:
        """As every view, with a note of which question this is."""
        self._next = (node, place)
        return super().values(node, place)

    def counted(self, key: Key, work: Callable[[], Value]) -> Value:
        """As every view: remembered answers are asked for like others."""
        if self._next is not None:
            self.questions.setdefault(key, self._next)
        self._note(key)
        found = super().counted(key, work)
        self.answers[key] = found
        return found

    def guarded(self, key: Key, work: Callable[[], T], meanwhile: T) -> T:
        """As every view."""
        self._note(key)
        inside = key if isinstance(key[0], int) or key[0] in PASSED_ON else None

        def opened() -> T:
            self._open.append(inside)
            try:
                return work()
            finally:
                self._open.pop()

        found = super().guarded(key, opened, meanwhile)
        if key[0] == "closed" and isinstance(found, tuple):
            self.answers[key] = found
        return found

    def field(self, instance: Instance, name: str) -> Value | None:
        """As every view, with a note of the class that is asked."""
        outer = self._open[-1] if self._open else None
        if outer is not None:
            self.fields.setdefault(outer, {})[instance.scope, name] = None
        return super().field(instance, name)

    @contextmanager
    def opening(self, key: Key) -> Iterator[None]:
        """What is asked inside counts as asked by this question."""
        self._open.append(key)
        try:
            yield
        finally:
            self._open.pop()

    def _note(self, key: Key) -> None:
        outer = self._open[-1] if self._open else None
        if outer is not None and outer != key and (isinstance(key[0], int) or key[0] in PASSED_ON):
            self.asked.setdefault(outer, {})[key] = None

    def _read(self, reads: dict[Key, dict[str, None]], name: str) -> None:
        outer = self._open[-1] if self._open else None
        if outer is not None:
            reads.setdefault(outer, {})[name] = None
