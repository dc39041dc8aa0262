"""Functions that code names in a list, a tuple or a mapping: a table of handlers, the tools of an agent. Who writes one down means
to have it run, whoever goes through the collection later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from flowmap.linker.mappings import walk
from flowmap.linker.tables import expressions
from flowmap.linker.terms import Function, Place
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir

if TYPE_CHECKING:
    from flowmap.linker.view import View

MOST = 60
"""Mentions of one name that are looked at."""
Mentions: TypeAlias = dict[str, list[tuple[Place, ir.Expression]]]


class Listed:
    """The functions that stand in collections of some files, asked one by one."""

    def __init__(self, view: View, among: Callable[[str], bool]) -> None:
        self._view, self._among = view, among

    def has(self, ref: ScopeRef) -> bool:
        """Whether one of the collections holds the function."""
        mentions = self._mentions.get(self._view.scope(ref).name, ())[:MOST]
        return any(isinstance(t, Function) and t.scope == ref for place, node in mentions for t in self._view.values(node, place))

    @cached_property
    def _mentions(self) -> Mentions:
        """The last name of what stands in a collection -> where it does."""
        found: Mentions = defaultdict(list)
        for ref in (r for r in self._view.scopes if self._among(r.path)):
            frame = self._view.symbolic_place(ref).frame
            for position, statement in enumerate(self._view.scope(ref).statements):
                for node in (n for e in expressions(statement) for n in walk(e)):
                    for part in _parts(node):
                        if isinstance(part, ir.Name | ir.Attribute):
                            name = part.id if isinstance(part, ir.Name) else part.attr
                            found[name].append((Place(frame, ref, position), part))
        return found


def _parts(node: ir.Expression) -> tuple[ir.Expression, ...]:
    match node:
        case ir.Sequence(elements=parts):
            return parts
        case ir.Mapping(items=items):
            return tuple(i.value for i in items)
        case _:
            return ()
