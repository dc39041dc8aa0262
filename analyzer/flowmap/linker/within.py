"""What surrounds a call inside its function: loops, branches, handlers of errors, what runs at the same time or later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING

from flowmap.linker.activations import Caller, last_name
from flowmap.linker.callbacks import MAPPERS
from flowmap.linker.collections import elements
from flowmap.linker.mappings import walk
from flowmap.linker.tables import CallSite, enclosing, expressions
from flowmap.linker.terms import Place
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir
from flowmap.model.location import Location
from flowmap.model.step import Around, Surrounding
from flowmap.model.summary import Assign, Iterate, Leave, Raise, Return, Run, Scope

if TYPE_CHECKING:
    from flowmap.linker.view import View

BRANCHES = {"if", "else", "case"}
COUNTING = {"range", "count", "repeat", "cycle"}
"""What a loop goes through that only repeats."""
GATHERING = {"gather", "wait", "as_completed"}
"""Calls that run their arguments at the same time, and wait for them."""
STARTING = {"create_task", "ensure_future", "start_soon", "spawn"}
"""Calls that start what they are given; somebody may wait for it later on."""
ASIDE = {"to_thread", "run_in_executor", "run_sync", "run_in_threadpool", "sync_to_async"}
"""Calls that run a function in another thread, and wait for it."""
DEFERRING = {"add_task", "call_soon", "call_later", "call_soon_threadsafe", "on_commit", "background", "defer"}
"""Calls that have a function run when the answer is given, or later."""
SEPARATE = {"Thread", "Process", "Timer", "start_new_thread", "start_background_task"}
"""Calls that have a function run beside everything else."""
LOOPS = {"asyncio", "loop", "event_loop"}
"""Objects whose tasks nobody waits for by himself, as a group of tasks does."""
OTHERWISE = -1
"""The arm of a branch that is taken where the ones that leave the function or the loop are not."""


def around(view: View, caller: Caller) -> tuple[Around, ...]:
    """What surrounds the call of a caller, outermost first."""
    if caller.site is None:
        return ()
    nothing: tuple[Around, ...] = ()
    return view.guarded(("surrounds", caller), partial(_around, view, caller, caller.site), nothing)


def handing(view: View, caller: Caller, target: ScopeRef) -> Caller:
    """The place where an anonymous function is handed to somebody, for one that is only known to be defined there."""
    if caller.kind != "closure" or view.scope(target).kind != "lambda":
        return caller
    for site in view.unit(caller.scope.path).table(caller.scope.index).calls:
        for number, argument in enumerate(site.call.arguments):
            if isinstance(argument.value, ir.Lambda) and argument.value.scope == target.index:
                return Caller(caller.scope, site, "callback", number)
    return caller


def _around(view: View, caller: Caller, site: CallSite) -> tuple[Around, ...]:
    scope = view.scope(caller.scope)
    blocks = [-1, *reversed(list(enclosing(scope.blocks, site.block)))]
    nobody: list[_Left] = []
    left = view.guarded(("left", caller.scope), partial(_leaving, view, caller.scope), nobody)
    found: list[Around] = []
    for block in blocks:
        if block >= 0:
            around = _of_block(view, caller.scope, block)
            found += (a for a in around if a.kind is not Surrounding.LOOP or not _is_last_turn(scope, site, block))
        found += (Around(Surrounding.BRANCH, b.at, OTHERWISE) for b in left if b.parent == block and b.end < site.position)
    return (*found, *_in_statement(view, caller, site))


def _is_last_turn(scope: Scope, site: CallSite, loop: int) -> bool:
    """Whether a call in the body of a loop is made in its last turn only: what follows it there leaves the loop."""
    inside = {loop, *takewhile(lambda b: b != loop, enclosing(scope.blocks, site.block))}
    for statement in scope.statements[site.position :]:
        if statement.block not in inside:
            continue
        if isinstance(statement, Return | Raise):
            return True
        if isinstance(statement, Leave) and _left_by(scope, statement) == loop:
            return statement.whole
    return False


def _left_by(scope: Scope, statement: Leave) -> int:
    """The loop that a `break` or `continue` is of."""
    return next((b for b in enclosing(scope.blocks, statement.block) if scope.blocks[b].kind in {"for", "while"}), -1)


def _at(view: View, ref: ScopeRef, line: int) -> Location:
    return view.unit(ref.path).location(line, line)


def _of_block(view: View, ref: ScopeRef, block: int) -> Iterator[Around]:
    scope = view.scope(ref)
    kind, line = scope.blocks[block].kind, scope.blocks[block].line
    if kind in BRANCHES:
        yield Around(Surrounding.BRANCH, _at(view, ref, _line_of(view, ref, scope.blocks[block].group)), block)
    elif kind == "except":
        yield Around(Surrounding.FAILURE, _at(view, ref, line))
    elif kind == "while":
        yield Around(Surrounding.AGAIN, _at(view, ref, line))
    elif kind == "for":
        head = next(((n, s) for n, s in enumerate(scope.statements) if isinstance(s, Iterate) and s.body == block), None)
        if head is not None:
            place = Place(view.symbolic_place(ref).frame, ref, head[0])
            yield Around(_loop(view, head[1].iterable, place), _at(view, ref, head[1].line))


def _line_of(view: View, ref: ScopeRef, group: int) -> int:
    """The line that the branches of a statement have in common."""
    return next((b.line for b in view.scope(ref).blocks if b.group == group and b.line), view.scope(ref).line)


def _loop(view: View, iterable: ir.Expression, place: Place) -> Surrounding:
    """Whether a loop runs once per element of data: no messages that a library gives, nor a few things that the code lists."""
    if isinstance(iterable, ir.Call) and last_name(iterable.callee) in COUNTING:
        return Surrounding.AGAIN
    terms = view.close(view.values(iterable, place))
    listed = [found for t in terms if (found := elements(view, t)) is not None and not found.open]
    if terms and (len(listed) == len(terms) or any(view.is_known(t) for t in terms)):
        return Surrounding.AGAIN
    return Surrounding.LOOP


@dataclass(frozen=True, slots=True)
class _Left:
    """A branch in the block `parent` of which an arm leaves the function or the turn of a loop; it ends at the position `end`."""

    parent: int
    end: int
    at: Location


def _leaving(view: View, ref: ScopeRef) -> list[_Left]:
    scope = view.scope(ref)
    leaving = {s.block for s in scope.statements if isinstance(s, Return | Raise | Leave) and s.block >= 0}
    groups = {scope.blocks[b].group for b in leaving if scope.blocks[b].kind in BRANCHES}
    found = []
    for group in sorted(groups):
        arms = {n for n, b in enumerate(scope.blocks) if b.group == group and b.kind in BRANCHES}
        inside = [n for n, s in enumerate(scope.statements) if not arms.isdisjoint(enclosing(scope.blocks, s.block))]
        found.append(_Left(scope.blocks[min(arms)].parent, max(inside), _at(view, ref, _line_of(view, ref, group))))
    return found


def _in_statement(view: View, caller: Caller, site: CallSite) -> Iterator[Around]:
    """What surrounds a call in its own statement."""
    place = Place(view.symbolic_place(caller.scope).frame, caller.scope, site.position)
    at = view.unit(caller.scope.path).location(site.call.span.line, site.call.span.end_line, site.call.span.column)
    for other in view.unit(caller.scope.path).table(caller.scope.index).calls:
        if other.position == site.position and other is not site:
            number = next((n for n, a in enumerate(other.call.arguments) if any(n is site.call for n in walk(a.value))), None)
            if number is not None:
                yield from _given(view, caller.scope, other, number, at)
    for clause in site.clauses:
        yield Around(_loop(view, clause.iterable, place), at)
    if caller.kind == "callback":
        yield from _handed(view, caller.scope, site, at)


def _given(view: View, ref: ScopeRef, site: CallSite, number: int, at: Location) -> Iterator[Around]:
    """What it means for a call to be, or to be in, an argument of another one."""
    name = last_name(site.call.callee)
    if name in GATHERING:
        yield Around(Surrounding.TOGETHER, _at(view, ref, site.call.span.line), number)
    elif name in STARTING:
        yield _started(view, ref, site, at)


def _handed(view: View, ref: ScopeRef, site: CallSite, at: Location) -> Iterator[Around]:
    """What it means for a function to be handed to a library."""
    name = last_name(site.call.callee)
    if name in STARTING:
        yield _started(view, ref, site, at)
    elif name in DEFERRING | SEPARATE:
        yield Around(Surrounding.LATER, at)
    elif name == "submit" or (name in MAPPERS and isinstance(site.call.callee, ir.Attribute)):
        yield Around(Surrounding.TOGETHER, _at(view, ref, view.scope(ref).line), _order(at))
    if name in MAPPERS:
        yield Around(Surrounding.LOOP, at)
    if name in ASIDE | SEPARATE or name == "submit":
        yield Around(Surrounding.THREAD, at)


def _order(at: Location) -> int:
    return at.line * 1_000 + at.column


def _started(view: View, ref: ScopeRef, site: CallSite, at: Location) -> Around:
    """A task: it runs together with the others of the function, or, where nobody there waits for it, later."""
    callee = site.call.callee
    owner = last_name(callee.value) if isinstance(callee, ir.Attribute) else ""
    grouped = bool(owner) and owner not in LOOPS
    calls = view.unit(ref.path).table(ref.index).calls
    if grouped or any(last_name(c.call.callee) in GATHERING for c in calls):
        return Around(Surrounding.TOGETHER, _at(view, ref, view.scope(ref).line), _order(at))
    return Around(Surrounding.LATER, at)


def blocking(view: View, caller: Caller, surrounded: tuple[Around, ...]) -> tuple[Around, ...]:
    """Whether a call of a function that is not asynchronous keeps an event loop waiting, given what surrounds it."""
    site = caller.site
    if site is None or caller.kind != "call" or site.awaited or not view.scope(caller.scope).is_async:
        return ()
    if any(a.kind in (Surrounding.TOGETHER, Surrounding.LATER) for a in surrounded):
        return ()
    return (Around(Surrounding.BLOCKING, _at(view, caller.scope, site.call.span.line)),)


def used_at_once(view: View, caller: Caller) -> tuple[Around, ...]:
    """Whether the result of a library's call in an asynchronous function is used without being waited for: then the call has
    blocked, and is no promise of a result."""
    site = caller.site
    if site is None or caller.kind != "call" or site.awaited or not view.scope(caller.scope).is_async:
        return ()
    statement = view.scope(caller.scope).statements[site.position]
    values = expressions(statement)
    exactly = any(value is site.call for value in values)
    match statement:
        case Run() if exactly or any(_begins(value, site.call) for value in values):
            at_once = True
        case Assign(target=ir.Name(id=name)) if exactly:
            at_once = _is_looked_into(view, caller.scope, site.position, name)
        case Assign() | Return():
            at_once = not exactly and any(_begins(value, site.call) for value in values)
        case _:
            at_once = False
    return (Around(Surrounding.BLOCKING, _at(view, caller.scope, site.call.span.line)),) if at_once else ()


def _begins(node: ir.Expression, call: ir.Call) -> bool:
    """Whether an expression looks into what a call gives: `call(...).json()["x"]`."""
    while node is not call:
        match node:
            case ir.Attribute(value=inner) | ir.Subscript(value=inner) | ir.Call(callee=inner) | ir.Compare(left=inner):
                node = inner
            case ir.Negation(operand=inner):
                node = inner
            case _:
                return False
    return True


def _is_looked_into(view: View, ref: ScopeRef, position: int, name: str) -> bool:
    """Whether what a name holds is looked into behind a statement, and never waited for or entered."""
    nodes = [n for s in view.scope(ref).statements[position + 1 :] for e in expressions(s) for n in walk(e)]
    if any(isinstance(n, ir.Await) and any(i == ir.Name(name) for i in walk(n.value)) for n in nodes):
        return False
    return any(isinstance(n, ir.Attribute) and n.value == ir.Name(name) for n in nodes)
