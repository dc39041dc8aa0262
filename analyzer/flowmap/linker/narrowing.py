"""What the branch around a place says of a name: `if isinstance(x, T)`, `case T()`, `assert isinstance(x, T)`, `if x`.

Only tests that hold whenever the place is reached, on a name that nothing gives another value in between. Attributes and
items are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowmap.linker.hierarchy import is_abstract
from flowmap.linker.promises import instance_of, promised
from flowmap.linker.tables import enclosing
from flowmap.linker.terms import Class, Instance, Literal, Place, Term, Unknown, Unset, Value
from flowmap.linker.texts import bounded
from flowmap.model import expression as ir
from flowmap.model.summary import Leave, Raise, Return, Run, Scope

if TYPE_CHECKING:
    from flowmap.linker.view import View


@dataclass(frozen=True, slots=True, eq=False)
class Fact:
    """`name` is an object of `kind` (merely true if None), inside `block` from the statement `start` on."""

    block: int
    start: int
    kind: ir.Expression | None


def narrowed(view: View, value: Value, name: str, place: Place, block: int) -> Value:
    """The value of a name as the tests around the place leave it."""
    nothing: dict[str, list[Fact]] = {}
    facts = view.guarded(("facts", place.scope), lambda: _facts(view.scope(place.scope)), nothing).get(name)
    if not facts:
        return value
    around = {-1, *enclosing(view.scope(place.scope).blocks, block)}
    bindings = view.unit(place.scope.path).table(place.scope.index).names.get(name, ())
    for fact in facts:
        holds = fact.block in around and fact.start <= place.position
        if holds and not any(fact.start <= b.position < place.position for b in bindings):
            value = _true(value) if fact.kind is None else _typed(view, value, fact.kind, place)
    return value


def _true(value: Value) -> Value:
    rest = tuple(t for t in value if not (isinstance(t, Unset) or (isinstance(t, Literal) and not t.value)))
    return rest or value


def _typed(view: View, value: Value, kind: ir.Expression, place: Place) -> Value:
    parts = kind.elements if isinstance(kind, ir.Sequence) else (kind,)
    kinds = [instance_of(view, p, place) for p in parts]
    if not all(kinds):
        return value
    fitting = bounded(t for k in kinds for t in k)
    left = tuple(t for t in value if _may_be(view, t, fitting))
    return promised(view, left, fitting) if left or not value else (Unknown("no value of this type reaches this place"),)


def _may_be(view: View, term: Term, kinds: Value) -> bool:
    """Whether an object of a scanned class may be of one of these types: one below the other."""
    if not isinstance(term, Instance):
        return True
    known = [k for k in kinds if isinstance(k, Instance)]
    related = any(Class(k.scope) in view.mro(term.scope) or Class(term.scope) in view.mro(k.scope) for k in known)
    return related or len(known) < len(kinds) or any(is_abstract(view, k.scope) for k in known)


def _facts(scope: Scope) -> dict[str, list[Fact]]:
    """All that the tests of a function say, by name."""
    found: dict[str, list[Fact]] = {}
    for test, block, start in (*_assertions(scope), *_branches(scope)):
        for name, kind in _said(test):
            found.setdefault(name, []).append(Fact(block, start, kind))
    return found


def _assertions(scope: Scope) -> Iterator[tuple[ir.Expression, int, int]]:
    """What is asserted, in which block, from which statement on."""
    for position, statement in enumerate(scope.statements):
        if isinstance(statement, Run) and _is_assertion(scope, statement):
            yield statement.value, statement.block, position + 1


def _branches(scope: Scope) -> Iterator[tuple[ir.Expression, int, int]]:
    """The tests of branches, inside of them; behind `if not ...: return` or `continue`, the test that it denies."""
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    for position, statement in enumerate(scope.statements):
        for inner in enclosing(scope.blocks, statement.block):
            starts.setdefault(inner, position)
        if isinstance(statement, Return | Raise | Leave):
            ends[statement.block] = position
    for number, block in enumerate(scope.blocks):
        if block.test is not None and block.kind in {"if", "while", "case"} and number in starts:
            yield block.test, number, starts[number]
        if isinstance(block.test, ir.Negation) and number in ends and _is_first(scope, number):
            yield block.test.operand, block.parent, ends[number] + 1


def _is_first(scope: Scope, number: int) -> bool:
    """Whether a block is an `if` that no other branch comes before."""
    block = scope.blocks[number]
    return block.kind == "if" and not any(b.group == block.group for b in scope.blocks[:number])


def _is_assertion(scope: Scope, statement: Run) -> bool:
    """Whether a test stands alone; the head of a branch is a statement too, but what it says holds inside of it only."""
    test = statement.value
    if not (isinstance(test, ir.Call) and isinstance(test.callee, ir.Name) and test.callee.id == "isinstance"):
        return False
    return not any(b.line == statement.line and b.test == test for b in scope.blocks)


def _said(test: ir.Expression) -> Iterator[tuple[str, ir.Expression | None]]:
    match test:
        case ir.Name(id=name):
            yield name, None
        case ir.Call(callee=ir.Name(id="isinstance"), arguments=(ir.Argument(value=ir.Name(id=name)), ir.Argument(value=kind))):
            yield name, kind
        case ir.Choice(operator="and", operands=operands):
            for operand in operands:
                yield from _said(operand)
        case ir.Choice(operator="or", operands=operands):
            yield from _either(operands)
        case _:
            return


def _either(operands: tuple[ir.Expression, ...]) -> Iterator[tuple[str, ir.Expression | None]]:
    """`isinstance(x, A) or isinstance(x, B)` is one of both."""
    said = [list(_said(o)) for o in operands]
    kinds = [kind for facts in said for _, kind in facts if kind is not None]
    if len(kinds) == len(operands) and len({name for facts in said for name, _ in facts}) == 1:
        yield said[0][0][0], ir.Sequence("tuple", tuple(kinds))
