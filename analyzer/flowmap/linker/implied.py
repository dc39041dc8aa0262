"""Functions that run without a call being written: properties that are read, contexts that are entered and left, objects that are
iterated over, classes that are raised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from flowmap.linker import loops
from flowmap.linker.classes import PROPERTIES
from flowmap.linker.mappings import walk
from flowmap.linker.parameters import decorator_names
from flowmap.linker.protocols import ITERATING, STEPPING, iterators
from flowmap.linker.tables import expressions
from flowmap.linker.terms import Class, Function, Instance, Place, Value
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir
from flowmap.model.summary import AnyStatement, Assign, Enter, Iterate, Raise

if TYPE_CHECKING:
    from flowmap.linker.view import View

MAX_USES = 2_000
"""Reads of one attribute name, contexts, iterations, that are looked at."""
CONTEXT = {"__enter__", "__exit__", "__aenter__", "__aexit__"}
GOING_THROUGH = {"list", "tuple", "set", "sorted", "enumerate", "zip", "map", "filter", "any", "all", "sum", "next"}
"""Functions of the language that iterate over what they are given."""


@dataclass(frozen=True, slots=True)
class Use:
    """An expression whose object may have a method run; `clauses` are those of the comprehension around it."""

    node: ir.Expression
    scope: ScopeRef
    position: int
    clauses: tuple[ir.Clause, ...] = ()


class Implied:
    """Where the methods of a view run without being called, asked by method."""

    def __init__(self, view: View) -> None:
        self._view = view

    def of(self, target: ScopeRef) -> list[ScopeRef]:
        """The scopes in which the method runs so."""
        scope = self._view.scope(target)
        owner = ScopeRef(target.path, scope.parent)
        if scope.parent <= 0 or self._view.scope(owner).kind != "class":
            return []
        if scope.name in CONTEXT:
            uses = self._entered
        elif scope.name in {*ITERATING, *STEPPING}:
            uses = self._iterated
        elif scope.name == "__init__":
            nothing: dict[ScopeRef, dict[ScopeRef, None]] = {}
            return list(self._view.aside(("raised",), self._raised, nothing).get(target, ()))
        elif decorator_names(scope) & PROPERTIES:
            uses = self._read.get(scope.name, [])
        else:
            return []
        return list(dict.fromkeys(u.scope for u in uses[:MAX_USES] if self._is_of(u, scope.name, owner)))

    def _value(self, use: Use) -> Value:
        outside = self._view.asked_of
        self._view.ask(use.scope.path, self._view.scope(use.scope).line)
        place = Place(self._view.symbolic_place(use.scope).frame, use.scope, use.position)
        if use.clauses:
            place = Place(place.frame, place.scope, place.position, loops.loose(self._view, place, use.clauses))
        found = self._view.close(self._view.values(use.node, place))
        self._view.asked_of = outside
        return found

    def _is_of(self, use: Use, name: str, owner: ScopeRef) -> bool:
        """Whether the method of this class is the one that runs."""
        for term in self._value(use):
            if isinstance(term, Instance):
                objects = (*iterators(self._view, term), term) if name in STEPPING else (term,)
                if any(isinstance(o, Instance) and self._has(o, name, owner) for o in objects):
                    return True
        return False

    def _has(self, instance: Instance, name: str, owner: ScopeRef) -> bool:
        """Whether an object gets the method from this class, which may be below the only one that is known of it."""
        if instance.creation is None and owner in self._view.subclasses(instance.scope):
            return True
        bases = (b.scope for b in self._view.mro(instance.scope) if isinstance(b, Class))
        return next((b for b in bases if name in self._view.unit(b.path).table(b.index).names), None) == owner

    def _statements(self) -> Iterator[tuple[AnyStatement, ScopeRef, int]]:
        for ref in self._view.scopes:
            for position, statement in enumerate(self._view.scope(ref).statements):
                yield statement, ref, position

    @cached_property
    def _entered(self) -> list[Use]:
        return [Use(s.context, ref, n) for s, ref, n in self._statements() if isinstance(s, Enter)]

    def _raised(self) -> dict[ScopeRef, dict[ScopeRef, None]]:
        """Constructor -> where a class that is named there is raised, and so an object of it made, by this one."""
        found: dict[ScopeRef, dict[ScopeRef, None]] = defaultdict(dict)
        for statement, ref, n in self._statements():
            if isinstance(statement, Raise) and isinstance(statement.value, ir.Name | ir.Attribute):
                self._view.ask(ref.path, statement.line)
                place = Place(self._view.symbolic_place(ref).frame, ref, n)
                classes = (t for t in self._view.values(statement.value, place) if isinstance(t, Class))
                for made in (f for c in classes for f in self._view.attribute(Instance(c.scope), "__init__")):
                    if isinstance(made, Function):
                        found[made.scope][ref] = None
        return found

    @cached_property
    def _iterated(self) -> list[Use]:
        found: list[Use] = []
        for statement, ref, n in self._statements():
            if isinstance(statement, Iterate):
                found.append(Use(statement.iterable, ref, n))
            elif isinstance(statement, Assign) and statement.value is not None and isinstance(statement.target, ir.Sequence):
                found.append(Use(statement.value, ref, n))
            for node in (inner for e in expressions(statement) for inner in walk(e)):
                found += (Use(part, ref, n, clauses) for part, clauses in _gone_through(node))
        return found

    @cached_property
    def _read(self) -> dict[str, list[Use]]:
        """Name of a property -> the expressions of which an attribute of that name is read."""
        scopes = (self._view.scope(ref) for ref in self._view.scopes)
        names = {s.name for s in scopes if s.decorators and decorator_names(s) & PROPERTIES}
        found: dict[str, list[Use]] = defaultdict(list)
        for statement, ref, n in self._statements():
            for node in (inner for e in expressions(statement) for inner in walk(e)):
                if isinstance(node, ir.Attribute) and node.attr in names:
                    found[node.attr].append(Use(node.value, ref, n))
        return found


def _gone_through(node: ir.Expression) -> Iterator[tuple[ir.Expression, tuple[ir.Clause, ...]]]:
    """What an expression iterates over, with the clauses of a comprehension that come before it."""
    match node:
        case ir.Comprehension(clauses=clauses):
            yield from ((c.iterable, clauses[:number]) for number, c in enumerate(clauses))
        case ir.Yield(value=value, delegated=True) | ir.Starred(value=value):
            yield value, ()
        case ir.Call(callee=ir.Name(id=name), arguments=arguments):
            yield from ((a.value, ()) for a in arguments if a.stars == 1 or (name in GOING_THROUGH and a.keyword is None))
        case ir.Call(arguments=arguments):
            yield from ((a.value, ()) for a in arguments if a.stars == 1)
        case _:
            return
