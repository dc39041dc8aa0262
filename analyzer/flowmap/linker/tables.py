"""What one scope binds, stores and calls: tables derived from its statements, made once and asked often."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from flowmap.model import expression as ir
from flowmap.model.summary import (
    AnyStatement,
    Assign,
    Augment,
    Block,
    Define,
    Enter,
    Import,
    Iterate,
    Raise,
    Return,
    Run,
    Scope,
)

Step = int | tuple[int, int]
"""What one part of a target takes: an element, counted from the end behind a starred one; or, starred, all but so many at the
start and at the end."""
Path = tuple[Step, ...]
"""How a target takes its part of a value: one step for each level of unpacking."""


@dataclass(frozen=True, slots=True, eq=False)
class Binding:
    """One way a name gets a value. `kind`: assign, augment, iterate, enter, import, define. `scope` is where the
    statement stands, which is another one than the name's for `global` and `nonlocal`."""

    kind: str
    scope: int
    position: int
    block: int
    value: ir.Expression | None = None
    path: Path = ()
    statement: AnyStatement | None = None
    annotation: ir.Expression | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Store:
    """`target.attr = value` (key is the attribute) or `target[index] = value`, `target.append(value)`."""

    target: ir.Expression
    binding: Binding
    attr: str | None = None
    index: ir.Expression | None = None


@dataclass(frozen=True, slots=True, eq=False)
class CallSite:
    """A call in its scope, in source order; `clauses` are the comprehension clauses around it."""

    call: ir.Call
    scope: int
    position: int
    block: int
    clauses: tuple[ir.Clause, ...] = ()
    awaited: bool = False


@dataclass(slots=True)
class ScopeTable:
    """All tables of one scope."""

    names: dict[str, list[Binding]] = field(default_factory=dict)
    outer: dict[str, list[Binding]] = field(default_factory=dict)
    stores: list[Store] = field(default_factory=list)
    calls: list[CallSite] = field(default_factory=list)
    returns: list[tuple[int, ir.Expression]] = field(default_factory=list)
    yields: list[tuple[int, ir.Yield]] = field(default_factory=list)


ADDERS = {"append", "add", "appendleft", "extend", "update", "insert", "setdefault"}
"""Methods that put something into a collection."""
SORTED_IN = {"heappush", "insort", "insort_left", "insort_right"}
"""Functions of `heapq` and `bisect` that put something into the list that they are given, at a place of their own choice."""


def build_table(scopes: tuple[Scope, ...], index: int) -> ScopeTable:
    """The tables of the scope `index` of a module."""
    table, scope = ScopeTable(), scopes[index]
    for position, statement in enumerate(scope.statements):
        at = (index, position, statement.block)
        if isinstance(statement, Define):
            _add(table, scopes[statement.scope].name, Binding("define", *at, None, (), statement), scope)
            for expression in heading(scopes[statement.scope]):
                _collect(table, expression, at, scope, (), False)
        else:
            _bind(table, statement, at, scope)
        for expression in expressions(statement):
            _collect(table, expression, at, scope, (), False)
    return table


def heading(scope: Scope) -> Iterator[ir.Expression]:
    """What a definition evaluates where it stands: decorators, bases, defaults."""
    yield from scope.decorators
    yield from (a.value for a in scope.arguments)
    yield from (p.default for p in scope.parameters if p.default is not None)


def expressions(statement: AnyStatement) -> tuple[ir.Expression, ...]:
    """The expressions that a statement evaluates, its targets left out."""
    match statement:
        case Assign(value=value) | Return(value=value) | Raise(value=value):
            return () if value is None else (value,)
        case Augment(value=value) | Run(value=value):
            return (value,)
        case Iterate(iterable=value) | Enter(context=value):
            return (value,)
        case _:
            return ()


def _bind(table: ScopeTable, statement: AnyStatement, at: tuple[int, int, int], scope: Scope) -> None:
    match statement:
        case Assign():
            _target(table, statement.target, Binding("assign", *at, statement.value, (), statement, statement.annotation), scope)
        case Augment():
            value = ir.Binary(statement.target, statement.operator, statement.value)
            _target(table, statement.target, Binding("augment", *at, value, (), statement), scope)
        case Iterate():
            _target(table, statement.target, Binding("iterate", *at[:2], statement.body, statement.iterable, (), statement), scope)
        case Enter(target=target) if target is not None:
            _target(table, target, Binding("enter", *at, statement.context, (), statement), scope)
        case Import():
            name = statement.alias or (statement.name or statement.module.partition(".")[0])
            _add(table, name, Binding("import", *at, None, (), statement), scope)
        case Return(value=value) if value is not None:
            table.returns.append((at[1], value))
        case _:
            pass


def _add(table: ScopeTable, name: str, binding: Binding, scope: Scope) -> None:
    names = table.outer if name in scope.outer else table.names
    names.setdefault(name, []).append(binding)


def _target(table: ScopeTable, target: ir.Expression, binding: Binding, scope: Scope) -> None:
    match target:
        case ir.Name(id=name):
            _add(table, name, binding, scope)
        case ir.Attribute(value=value, attr=attr):
            table.stores.append(Store(value, binding, attr=attr))
        case ir.Subscript(value=value, index=index):
            table.stores.append(Store(value, binding, index=index))
        case ir.Sequence(elements=elements):
            for element, step in unpacked(elements):
                _target(table, element, _part(binding, step), scope)
        case _:
            pass


def unpacked(elements: tuple[ir.Expression, ...]) -> Iterator[tuple[ir.Expression, Step]]:
    """The parts of a tuple or list that is assigned to, each with what it takes."""
    star = next((n for n, e in enumerate(elements) if isinstance(e, ir.Starred)), len(elements))
    for number, element in enumerate(elements):
        if isinstance(element, ir.Starred):
            yield element.value, (number, len(elements) - number - 1)
        else:
            yield element, number if number < star else number - len(elements)


def _part(binding: Binding, step: Step) -> Binding:
    path = (*binding.path, step)
    return Binding(
        binding.kind, binding.scope, binding.position, binding.block, binding.value, path, binding.statement, binding.annotation
    )


def _collect(
    table: ScopeTable,
    node: ir.Expression,
    at: tuple[int, int, int],
    scope: Scope,
    clauses: tuple[ir.Clause, ...],
    awaited: bool,
) -> None:
    """Calls (outer before inner, so a chain reads from its end), walrus bindings, yields."""
    match node:
        case ir.Call():
            table.calls.append(CallSite(node, *at, clauses, awaited))
            _adder(table, node, at)
        case ir.Walrus():
            _add(table, node.name, Binding("assign", *at, node.value), scope)
        case ir.Yield():
            table.yields.append((at[1], node))
        case ir.Comprehension():
            _comprehension(table, node, at, scope, clauses)
            return
        case _:
            pass
    for child in ir.children(node):
        _collect(table, child, at, scope, clauses, isinstance(node, ir.Await))


def _comprehension(
    table: ScopeTable, node: ir.Comprehension, at: tuple[int, int, int], scope: Scope, clauses: tuple[ir.Clause, ...]
) -> None:
    for clause in node.clauses:
        _collect(table, clause.iterable, at, scope, clauses, False)
        clauses = (*clauses, clause)
        for condition in clause.conditions:
            _collect(table, condition, at, scope, clauses, False)
    for part in (node.element, node.value):
        if part is not None:
            _collect(table, part, at, scope, clauses, False)


def _adder(table: ScopeTable, call: ir.Call, at: tuple[int, int, int]) -> None:
    callee = call.callee
    match callee, call.arguments:
        case (ir.Name(id=f) | ir.Attribute(value=ir.Name(id="heapq" | "bisect"), attr=f), (into, what, *_)) if f in SORTED_IN:
            table.stores.append(Store(into.value, Binding("insort", *at, what.value)))
        case ir.Name(id="setattr"), (owner, ir.Argument(value=ir.Constant(value=str() as name)), what):
            table.stores.append(Store(owner.value, Binding("assign", *at, what.value), attr=name))
    if not isinstance(callee, ir.Attribute) or callee.attr not in ADDERS or not call.arguments:
        return
    if callee.attr == "update":
        for argument in call.arguments:
            key = ir.Constant(argument.keyword) if argument.keyword is not None else None
            table.stores.append(Store(callee.value, Binding(callee.attr, *at, argument.value), index=key))
        return
    value = call.arguments[-1].value
    index = call.arguments[0].value if callee.attr == "setdefault" and len(call.arguments) > 1 else None
    table.stores.append(Store(callee.value, Binding(callee.attr, *at, value), index=index))


def enclosing(blocks: tuple[Block, ...], block: int) -> Iterator[int]:
    """The block and those around it, innermost first; the scope's own body (-1) is left out."""
    while block >= 0:
        yield block
        block = blocks[block].parent


def reaching(bindings: list[Binding], scope: Scope, position: int, block: int) -> list[Binding]:
    """The bindings that can hold at a point of the scope, latest first: a binding on every way to the point hides the
    earlier ones; exclusive branches do not see each other; a loop's end reaches its start."""
    around = set(enclosing(scope.blocks, block))
    here: list[Binding] = []
    looping = any(scope.blocks[a].kind in {"for", "while"} for a in around)
    later = [b for b in bindings if b.position > position and _same_loop(b, scope, around)] if looping else []
    for binding in reversed(bindings):
        if binding.position > position or (binding.position == position and not _early(binding)):
            continue
        if _exclusive(binding.block, around, scope):
            continue
        here.append(binding)
        if _covers(here, binding, around, scope):
            shadowed = [b for b in later if _loop_of(b, scope, around) in set(enclosing(scope.blocks, binding.block))]
            return here + [b for b in later if b not in shadowed]
    return here + later


def _early(binding: Binding) -> bool:
    """Whether the binding holds already in its own statement: a with target, a loop variable, a walrus."""
    return binding.kind in {"iterate", "enter"} or (binding.kind == "assign" and binding.statement is None)


def _exclusive(block: int, around: set[int], scope: Scope) -> bool:
    """Whether the block is another branch of a statement in one of whose branches the point lies."""
    for candidate in enclosing(scope.blocks, block):
        if candidate in around:
            return False
        kind, group = scope.blocks[candidate].kind, scope.blocks[candidate].group
        if kind in {"if", "else", "case"} and any(scope.blocks[a].group == group for a in around):
            return True
    return False


def _covers(found: list[Binding], latest: Binding, around: set[int], scope: Scope) -> bool:
    """Whether the bindings found so far leave no way on which an earlier one would survive."""
    solid = latest.block
    while solid >= 0 and scope.blocks[solid].kind in {"with", "finally"}:
        solid = scope.blocks[solid].parent
    if solid == -1 or solid in around:
        return True
    block = scope.blocks[solid]
    if block.parent != -1 and block.parent not in around:
        return False
    branches = {i for i, b in enumerate(scope.blocks) if b.group == block.group and b.kind in {"if", "else"}}
    complete = any(scope.blocks[i].kind == "else" for i in branches)
    return complete and branches <= {b.block for b in found}


def _loop_of(binding: Binding, scope: Scope, around: set[int]) -> int | None:
    loops = (b for b in enclosing(scope.blocks, binding.block) if scope.blocks[b].kind in {"for", "while"})
    return next((b for b in loops if b in around), None)


def _same_loop(binding: Binding, scope: Scope, around: set[int]) -> bool:
    return _loop_of(binding, scope, around) is not None
