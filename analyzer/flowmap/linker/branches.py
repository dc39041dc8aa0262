"""Which branches a frame takes, as far as known values decide it: `if kind == "kafka"`, `if isinstance(topic, str)`, `case "x"`."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flowmap.linker import conditions
from flowmap.linker.tables import Binding, enclosing
from flowmap.linker.terms import Frame, Place
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir
from flowmap.model.summary import Run, Scope

if TYPE_CHECKING:
    from flowmap.linker.view import View

Heads = dict[tuple[int, ir.Expression | None], list[tuple[int, int]]]
ALTERNATIVES = {"if", "else", "case"}


def living(view: View, bindings: list[Binding], place: Place, block: int) -> tuple[list[Binding], bool]:
    """The bindings of a name (latest first) without those in branches that the frame does not take, and whether one of them hides
    all that was there before."""
    scope = view.scope(place.scope)
    around = {-1, *enclosing(scope.blocks, block)}
    kept: list[Binding] = []
    hidden = False
    for binding in bindings:
        if hidden and binding.position < place.position:
            continue
        own = binding.scope == place.scope.index
        runs = _runs(view, place.frame, place.scope, binding.block, around) if own and binding.block not in around else None
        if runs is not False:
            kept.append(binding)
        hidden = hidden or (bool(runs) and binding.position < place.position)
    return kept, hidden


def is_dead(view: View, frame: Frame, ref: ScopeRef, block: int) -> bool:
    """Whether the frame does not take the branch because of what its callers pass: one that no caller could take counts as taken,
    since a switch that is off may be on tomorrow."""
    symbolic = view.symbolic_place(ref).frame
    if block == -1 or frame is symbolic or _runs(view, frame, ref, block, {-1}) is not False:
        return False
    return _runs(view, symbolic, ref, block, {-1}) is not False


def taken(view: View, place: Place, block: int) -> bool | None:
    """Whether the frame of a place comes through a block of its scope; None if nobody can tell."""
    return _runs(view, place.frame, place.scope, block, {-1})


def untaken(view: View, ref: ScopeRef, position: int) -> bool:
    """Whether a statement stands in a branch that is not taken with what the service is given, whoever calls."""
    scope = view.scope(ref)
    block = scope.statements[position].block if position < len(scope.statements) else -1
    return block != -1 and _runs(view, view.symbolic_place(ref).frame, ref, block, {-1}, closed=True) is False


def returned(view: View, frame: Frame) -> Iterator[tuple[int, ir.Expression]]:
    """The returns that the frame may come to, with their positions; all where nothing would be left."""
    scope = view.scope(frame.scope)
    returns = view.unit(frame.scope.path).table(frame.scope.index).returns
    left = False
    for position, node in returns:
        block = scope.statements[position].block if position < len(scope.statements) else -1
        runs = _runs(view, frame, frame.scope, block, {-1})
        if runs is not False:
            left = True
            yield position, node
        if runs and block != -1:
            return
    yield from returns if not left else ()


def by_argument(view: View, ref: ScopeRef) -> bool:
    """Whether the branches around the returns of a function hang on its parameters."""
    return view.guarded(("by argument", ref), lambda: _by_argument(view, ref), False)


def _by_argument(view: View, ref: ScopeRef) -> bool:
    scope = view.scope(ref)
    returns = view.unit(ref.path).table(ref.index).returns
    blocks = {b for at, _ in returns if at < len(scope.statements) for b in enclosing(scope.blocks, scope.statements[at].block)}
    groups = {scope.blocks[b].group for b in blocks}
    names = {p.name for p in scope.parameters} - {"self", "cls"}
    return any(names & _names(b.test) for b in scope.blocks if b.group in groups and b.kind in ALTERNATIVES and b.test is not None)


def _names(node: ir.Expression) -> set[str]:
    match node:
        case ir.Name(id=name):
            return {name}
        case ir.Compare(left=left, right=right):
            return _names(left) | _names(right)
        case ir.Choice(operands=operands):
            return {n for o in operands for n in _names(o)}
        case ir.Negation(operand=inner) | ir.Attribute(value=inner):
            return _names(inner)
        case ir.Call(callee=callee, arguments=arguments):
            return _names(callee) | {n for a in arguments for n in _names(a.value)}
        case _:
            return set()


def _runs(view: View, frame: Frame, ref: ScopeRef, block: int, around: set[int], *, closed: bool = False) -> bool | None:
    """Whether a block is entered by who comes to one of `around`; None if nobody can tell. With `closed`, what a parameter is worth
    for all callers together counts."""
    result: bool | None = True
    for number in enclosing(view.scope(ref).blocks, block):
        if number in around:
            break
        entered = view.guarded(
            ("entered", frame.id, ref, number, closed),
            lambda n=number: _entered(view, frame, ref, n, closed),  # type: ignore[misc]
            None,
        )
        if entered is False:
            return False
        result = result and entered
    return result


def _entered(view: View, frame: Frame, ref: ScopeRef, number: int, closed: bool) -> bool | None:
    scope = view.scope(ref)
    block = scope.blocks[number]
    if block.kind == "with":
        return True
    if block.kind not in ALTERNATIVES:
        return None
    earlier = _earlier(view, frame, ref, number, closed)
    if earlier:
        return False
    own = True if block.kind == "else" else _test(view, frame, ref, number, closed)
    return False if own is False else None if earlier is None else own


def _earlier(view: View, frame: Frame, ref: ScopeRef, number: int, closed: bool) -> bool | None:
    """Whether a branch of the same statement before this one has a test that holds; None if nobody can tell."""
    none: dict[int, int] = {}
    previous = view.guarded(("previous", ref), lambda: _previous(view.scope(ref)), none).get(number)
    if previous is None:
        return False
    return view.guarded(("earlier", frame.id, ref, previous, closed), lambda: _up_to(view, frame, ref, previous, closed), None)


def _up_to(view: View, frame: Frame, ref: ScopeRef, number: int, closed: bool) -> bool | None:
    before, own = _earlier(view, frame, ref, number, closed), _test(view, frame, ref, number, closed)
    return True if before or own else None if before is None or own is None else False


def _previous(scope: Scope) -> dict[int, int]:
    """Branch -> the one before it of the same statement."""
    found: dict[int, int] = {}
    last: dict[int, int] = {}
    for number, block in enumerate(scope.blocks):
        if block.group in last:
            found[number] = last[block.group]
        last[block.group] = number
    return found


def _test(view: View, frame: Frame, ref: ScopeRef, number: int, closed: bool) -> bool | None:
    test = view.scope(ref).blocks[number].test
    position = _head(view, ref, number)
    if test is None or position is None:
        return None
    asked = conditions.closed if closed else conditions.condition
    return asked(view, test, Place(frame, ref, position))


def _head(view: View, ref: ScopeRef, number: int) -> int | None:
    """The statement in which the test of a branch is worked out: before the branch, in the block around it."""
    block = view.scope(ref).blocks[number]
    nothing: Heads = {}
    heads = view.guarded(("heads", ref), lambda: _heads(view.scope(ref)), nothing)
    lines = heads.get((block.parent, None if block.kind == "case" else block.test), [])
    before = bisect_right(lines, (block.line, sys.maxsize))
    return lines[before - 1][1] if before else None


def _heads(scope: Scope) -> Heads:
    """Block and expression that is worked out there -> the lines and positions of the statements; all of a block under None."""
    found: Heads = defaultdict(list)
    for position, statement in enumerate(scope.statements):
        if isinstance(statement, Run):
            found[statement.block, statement.value].append((statement.line, position))
            found[statement.block, None].append((statement.line, position))
    return found
