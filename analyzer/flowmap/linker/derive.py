"""From the questions that a value rests on to the few steps that a reader would take: what gave nothing of it falls away, and what
stands on one line is one step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flowmap.linker import collections
from flowmap.linker.hierarchy import declared
from flowmap.linker.lines import Span, lines_of
from flowmap.linker.marks import Marks, fitting, marks_of, shown
from flowmap.linker.observed import Key, Observed
from flowmap.linker.terms import Literal, Place, Unset, Value
from flowmap.model import expression as ir
from flowmap.model.derivation import Hop, Sought
from flowmap.model.location import Location
from flowmap.model.summary import Iterate

if TYPE_CHECKING:
    from flowmap.model.project import Service, Setting

MAX_STEPS = 40
"""Steps of one derivation."""
MAX_DEPTH = 300
"""Questions inside one another that are looked through for steps."""
_FEW = 3
"""Variables without a value that one expression is said to have asked for."""


@dataclass(slots=True)
class Tracer:
    """What one service's view was asked, as steps. `left` counts down over one derivation."""

    view: Observed
    service: Service
    sources: Mapping[str, bytes]
    left: int = MAX_STEPS
    seen: set[Key] = field(default_factory=set)
    _lines: dict[str, dict[int, Span]] = field(default_factory=dict)

    def sought(self, name: str, key: Key, value: Value, *, waits: bool) -> Sought:
        """What is asked for under a name; with `waits`, callers had to be asked for it."""
        self.left, self.seen = MAX_STEPS, set()
        marks = replace(marks_of(self.view, (*value, *self.view.texts(value))), waits=waits)
        return Sought(name, shown(self.view, value), self._below(key, marks, None, 0))

    def _below(self, key: Key, marks: Marks, around: Location | None, depth: int) -> tuple[Hop, ...]:
        """The steps that an answer rests on; `around` is the place of the step above, which is not said again."""
        if depth > MAX_DEPTH:
            return ()
        found: list[Hop] = []
        for asked in self.view.asked.get(key, ()):
            if asked in self.seen or self.left <= 0:
                continue
            if asked in self.view.questions:
                self.seen.add(asked)
                found += self._step(asked, marks, around, depth)
            elif (inner := self._closing(key, asked, marks)) is not None:
                self.seen.add(asked)
                found += self._below(asked, inner, around, depth + 1)
        names = {f'"{name}"' for name in self.view.variables.get(key, ())}
        found = [h for h in found if not names.issuperset(h.gave) or not h.gave]
        return tuple(dict.fromkeys(self._with_outside(key, marks, around, found)))

    def _with_outside(self, key: Key, marks: Marks, around: Location | None, found: list[Hop]) -> list[Hop]:
        """The steps with what lies outside the code: variables, below the field of a settings class where they are read for one;
        files of data, where no other step leads to them."""
        outside = tuple(self._outside(key, marks))
        field_at = self._declared(key) if outside else None
        default = next((n for n, hop in enumerate(found) if hop.location == field_at), None)
        if field_at is None or field_at == around:
            found = [*outside, *found]
        elif default is not None:
            gave = next((hop.gave for hop in outside if hop.gave), found[default].gave)
            found[default] = replace(found[default], gave=gave, below=(*outside, *found[default].below))
        else:
            found = [Hop(field_at, "", (), outside), *found]
        return found or [Hop(Location(f, 1, 1), "a file of data that the code reads", ()) for f in self.view.opened.get(key, ())]

    def _closing(self, outer: Key, key: Key, marks: Marks) -> Marks | None:
        """What to look for below a question that is no expression; None if nothing. Where what callers gave is the object on which
        the value was found, that is the object."""
        closed = self.view.answers.get(key, ()) if key[0] == "closed" else ()
        if not closed:
            return marks
        found = fitting(self.view, closed, marks) or (closed if outer[0] == "closed" else ())
        return marks_of(self.view, found) if found else None

    def _step(self, key: Key, marks: Marks, around: Location | None, depth: int) -> tuple[Hop, ...]:
        """The step of one expression, or those below it if it stands on the line of the step above."""
        gave = fitting(self.view, self.view.answers.get(key, ()), marks)
        if not gave:
            return ()
        node, place = self.view.questions[key]
        here, own = self._location(node, place), marks_of(self.view, gave)
        if here == around:
            return (*self._loops(node, place, own, here, depth), *self._below(key, own, around, depth + 1))
        self.left -= 1
        below = (*self._loops(node, place, own, here, depth), *self._below(key, own, here, depth + 1))
        return (Hop(here, "", shown(self.view, gave), below),)

    def _location(self, node: ir.Expression, place: Place) -> Location:
        path = place.scope.path
        if path not in self._lines:
            source = self.sources.get(path, b"").decode("utf-8", "replace").splitlines()
            self._lines[path] = lines_of(self.view.unit(path).summary, source)
        first, last = self._lines[path].get(id(node)) or self._statement(place)
        return Location(path, first, last)

    def _statement(self, place: Place) -> Span:
        scope = self.view.scope(place.scope)
        if place.position < len(scope.statements):
            statement = scope.statements[place.position]
            return statement.line, statement.end_line
        return scope.line, scope.line

    def _loops(self, node: ir.Expression, place: Place, marks: Marks, around: Location, depth: int) -> Iterator[Hop]:
        """The heads of the loops that fixed a variable of the expression, with what they run over."""
        fixed = {name for name, _ in place.overlay} & set(_names(node))
        if not fixed:
            return
        for statement in self.view.scope(place.scope).statements:
            if not isinstance(statement, Iterate) or not fixed & set(_names(statement.target)):
                continue
            key: Key = ("loop", id(statement), place.frame.id)
            with self.view.opening(key):
                collections.iterate(self.view, self.view.values(statement.iterable, place))
            below = self._below(key, marks, Location(place.scope.path, statement.line, statement.line), depth + 1)
            here = Location(place.scope.path, statement.line, statement.line)
            yield from below if here == around else (Hop(here, "", (), below),)

    def _outside(self, key: Key, marks: Marks) -> Iterator[Hop]:
        """The variables that were read for an answer."""
        settings = {s.name: s for s in reversed(self.service.environment)}
        names = list(self.view.variables.get(key, ()))
        given = [settings[n] for n in names if n in settings]
        yield from (h for s in given if (h := self._variable(s, marks)) is not None)
        if not given:
            asked = {n.upper(): n.upper() for n in names} if len(names) > 1 else {n: n for n in names}
            for name in list(asked)[:_FEW] if len(asked) <= _FEW else ():
                then = "" if Unset(name) in marks.terms else "; the default counts"
                yield Hop(None, f"environment variable `{name}`, which no deployment file sets{then}", ())

    def _declared(self, key: Key) -> Location | None:
        """The field of a settings class that was read for an answer."""
        for ref, name in self.view.fields.get(key, ()):
            owner = declared(self.view, ref).get(name)
            for binding in self.view.unit(owner.path).table(owner.index).names.get(name, ()) if owner is not None else ():
                if owner is not None and binding.statement is not None:
                    return Location(owner.path, binding.statement.line, binding.statement.end_line)
        return None

    def _variable(self, setting: Setting, marks: Marks) -> Hop | None:
        value = (Literal(setting.value),)
        if not fitting(self.view, value, marks):
            return None
        return Hop(setting.location, f"environment variable `{setting.name}`", shown(self.view, value))


def _names(node: ir.Expression) -> Iterator[str]:
    if isinstance(node, ir.Name):
        yield node.id
    for child in ir.children(node):
        yield from _names(child)
