"""Functions that run without a call being written: properties that are read, contexts that are entered and left."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from flowmap.linker.classes import PROPERTIES
from flowmap.linker.mappings import walk
from flowmap.linker.parameters import decorator_names
from flowmap.linker.tables import expressions
from flowmap.linker.terms import Class, Instance, Place
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir
from flowmap.model.summary import Enter

if TYPE_CHECKING:
    from flowmap.linker.view import View

MAX_READS = 2_000
"""Reads of one attribute name that are looked at."""
CONTEXT = {"__enter__", "__exit__", "__aenter__", "__aexit__"}


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
        elif decorator_names(scope) & PROPERTIES:
            uses = self._read.get(scope.name, [])
        else:
            return []
        found = (p.scope for node, p in uses[:MAX_READS] if self._is_of(node, p, owner))
        return list(dict.fromkeys(found))

    def _is_of(self, node: ir.Expression, place: Place, owner: ScopeRef) -> bool:
        """Whether the expression can be an object of the class."""
        self._view.ask()
        objects = (t for t in self._view.close(self._view.values(node, place)) if isinstance(t, Instance))
        return any(Class(owner) in self._view.mro(o.scope) for o in objects)

    @cached_property
    def _entered(self) -> list[tuple[ir.Expression, Place]]:
        return [
            (s.context, Place(self._view.symbolic_place(ref).frame, ref, n))
            for ref in self._view.scopes
            for n, s in enumerate(self._view.scope(ref).statements)
            if isinstance(s, Enter)
        ]

    @cached_property
    def _read(self) -> dict[str, list[tuple[ir.Expression, Place]]]:
        """Name of a property -> the expressions of which an attribute of that name is read."""
        scopes = [(ref, self._view.scope(ref)) for ref in self._view.scopes]
        names = {s.name for _, s in scopes if s.decorators and decorator_names(s) & PROPERTIES}
        found: dict[str, list[tuple[ir.Expression, Place]]] = defaultdict(list)
        for ref, scope in scopes:
            for n, statement in enumerate(scope.statements):
                for node in (a for e in expressions(statement) for a in walk(e) if isinstance(a, ir.Attribute)):
                    if node.attr in names:
                        found[node.attr].append((node.value, Place(self._view.symbolic_place(ref).frame, ref, n)))
        return found
