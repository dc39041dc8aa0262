"""Loops and comprehensions: their variables, and the places that they lead through, one per element."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowmap.linker import collections, conditions
from flowmap.linker.tables import Path, enclosing, unpacked
from flowmap.linker.terms import Elements, Place, Term, Value
from flowmap.linker.waiting import depends
from flowmap.model import expression as ir
from flowmap.model.summary import Iterate

if TYPE_CHECKING:
    from flowmap.linker.view import View
    from flowmap.model.summary import Scope

MAX_ITERATIONS = 1_000
"""Elements of a literal collection that are followed one by one."""
MAX_COMBINED = 256
"""The same for all elements together that several loops inside one another lead through."""


@dataclass(frozen=True, slots=True)
class Met:
    """The places that clauses lead through, one per element. `more`: there may be others, or fewer; `ordered` as for `Elements`."""

    places: list[Place]
    more: bool = False
    ordered: bool = True


def iterations(view: View, place: Place, clauses: tuple[ir.Clause, ...]) -> Met | None:
    """The place once per element of the literal collections that the clauses go through; None if one is not known."""
    met = Met([place])
    for clause in clauses:
        extended: list[Place] = []
        more, ordered = met.more, met.ordered
        for current in met.places:
            fixed = each(view, current, clause.target, clause.iterable)
            if fixed is None:
                return None
            through = view.values(clause.iterable, current)
            ordered = ordered and all(t.ordered for t in through if isinstance(t, Elements))
            more = more or any(_says_nothing(view, t) for t in through)
            for element in fixed:
                one, asked = _there(element, clause)
                kept = meets(view, asked, one)
                more, ordered = more or kept is None, ordered and kept is not None
                extended += () if kept is False else (one,)
            if len(met.places) > 1 and len(extended) > MAX_COMBINED:
                return None
        met = Met(extended, more, ordered)
    return met


def _there(place: Place, clause: ir.Clause) -> tuple[Place, tuple[ir.Expression, ...]]:
    """A place at an element, and the conditions under which it is gone on with: one that asks for nothing but the element itself
    holds where the program comes by, of an element that may be there."""
    overlay, rest = dict(place.overlay), list[ir.Expression]()
    for test in clause.conditions:
        name = _asked_for(test)
        there = tuple(t for t in overlay.get(name, ()) if conditions.truth(t) is not False)
        if there:
            overlay[name] = there
        else:
            rest.append(test)
    return Place(place.frame, place.scope, place.position, tuple(overlay.items())), tuple(rest)


def _asked_for(test: ir.Expression) -> str:
    """The name of which a condition asks whether it has a value (`if x`, `if x is not None`); empty for another condition."""
    match test:
        case ir.Name(id=name) | ir.Compare(left=ir.Name(id=name), operator="is not", right=ir.Constant(value=None)):
            return name
        case _:
            return ""


def loops_around(scope: Scope, block: int) -> list[ir.Clause]:
    """The heads of the loops around a block of a scope, the outermost first."""
    loops = [b for b in reversed(list(enclosing(scope.blocks, block))) if scope.blocks[b].kind == "for"]
    heads = {s.body: (s.target, s.iterable) for s in scope.statements if isinstance(s, Iterate)} if loops else {}
    return [ir.Clause(*heads[b]) for b in loops if b in heads]


def through(view: View, found: list[Place], clauses: list[ir.Clause]) -> list[Place]:
    """The places once per element of the literal collections that loops and comprehensions go through."""
    for clause in clauses:
        if not found:
            break
        first = each(view, found[0], clause.target, clause.iterable) or found[:1]
        if len(found) > 1 and len(found) * len(first) > MAX_COMBINED:
            break
        extended = [p for place in found for p in (each(view, place, clause.target, clause.iterable) or [place])]
        found = [p for p in extended if meets(view, clause.conditions, p) is not False]
    return found


def turns(view: View, place: Place, block: int) -> list[Place]:
    """A place in a block once per turn of the loops around it, as far as it is known what they go through: not at all where that is
    nothing."""
    found = [place]
    for clause in loops_around(view.scope(place.scope), block):
        met = [each(view, p, clause.target, clause.iterable) for p in found]
        if any(m is None for m in met) or sum(len(m or ()) for m in met) > MAX_COMBINED:
            return found
        found = [p for m in met for p in m or ()]
    return found


def meets(view: View, tests: tuple[ir.Expression, ...], place: Place) -> bool | None:
    """Whether all conditions of a clause hold at a place; None if nobody can tell."""
    found = [conditions.condition(view, test, place) for test in tests]
    return False if False in found else None if None in found else True


def each(view: View, place: Place, target: ir.Expression, iterable: ir.Expression) -> list[Place] | None:
    """The place with the loop variable fixed to each element in turn; None if the elements are not all known. Of several things
    that it may go through, one of which nobody knows anything counts only alone."""
    found: list[Place] = []
    value = view.values(iterable, place)
    for term in [t for t in value if not _says_nothing(view, t)] or value:
        known = collections.elements(view, term)
        if known is None or known.open or len(known.items) > MAX_ITERATIONS:
            return None
        found += [_fixed(view, place, target, view.force(item)) for item in known.items]
    return found


def _says_nothing(view: View, term: Term) -> bool:
    """Whether nobody can tell what an iteration over the term meets, whoever calls."""
    return collections.elements(view, term) is None and not depends(term)


def _fixed(view: View, place: Place, target: ir.Expression, value: Value) -> Place:
    overlay = dict(place.overlay)
    for name, path in targets(target):
        overlay[name] = collections.unpack(view, value, path)
    return Place(place.frame, place.scope, place.position, tuple(overlay.items()))


def loose(view: View, place: Place, clauses: tuple[ir.Clause, ...]) -> tuple[tuple[str, Value], ...]:
    """An overlay in which every clause's target is any element."""
    for clause in clauses:
        value = collections.iterate(view, view.values(clause.iterable, place))
        place = _fixed(view, place, clause.target, value)
    return place.overlay


def targets(target: ir.Expression, path: Path = ()) -> list[tuple[str, Path]]:
    """The names of an assignment target with the way each takes its part."""
    match target:
        case ir.Name(id=name):
            return [(name, path)]
        case ir.Sequence(elements=parts):
            return [found for part, step in unpacked(parts) for found in targets(part, (*path, step))]
        case _:
            return []
