"""Which types of messages a function tells apart, and what it does with each: tests of a type, tables of handlers by type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowmap.linker import collections
from flowmap.linker.activations import last_name
from flowmap.linker.mappings import walk
from flowmap.linker.received import TAKING, TYPE_OF, Received, is_message, is_taken, type_key
from flowmap.linker.tables import enclosing, expressions
from flowmap.linker.terms import Class, Entries, Function, Literal, Place, Value
from flowmap.linker.units import ScopeRef, Turn
from flowmap.model import expression as ir
from flowmap.model.summary import AnyStatement, Assign, Return, Run

if TYPE_CHECKING:
    from flowmap.linker.view import View

WIRE = {
    "message", "pmessage", "subscribe", "psubscribe", "unsubscribe", "punsubscribe", "Notification", "SubscriptionConfirmation",
}  # fmt: skip
"""What brokers call the frames in which messages come."""
QUIET = {*TAKING} | {
    "debug", "info", "warning", "warn", "error", "exception", "critical", "log", "print", "ack", "nack", "reject", "commit",
    "basic_ack", "basic_nack", "basic_reject", "isinstance", "len", "complete_message", "abandon_message", "delete_message", "xack",
    "start", "stop", "close", "subscribe", "flush", "sleep", "inc", "observe", "dead_letter_message", "unsubscribe", "append",
}  # fmt: skip
"""Calls that are no reaction to a message: they log, count, or settle with the broker."""
SHOWING = {"print", "info", "debug"}
"""Calls that are all that is done with a type of messages where somebody tries things out."""
MAX_TYPES = 60


@dataclass(frozen=True, slots=True)
class Case:
    """A type of messages, and the function to which they are given and nothing else done with them (None: no such one). `turn` is
    what the function that tells them apart does for them alone: it runs another function, or one of its blocks."""

    event: str
    handler: ScopeRef | None
    turn: Turn


@dataclass(frozen=True, slots=True)
class Dispatch:
    """The types that a function tells apart. `complete`: nothing is done with messages of other types; `clean`: nothing else is
    done here at all; `guessed`: the types are known by the names of methods only."""

    cases: tuple[Case, ...]
    complete: bool
    clean: bool
    guessed: bool = False


def dispatch(view: View, place: Place, found: Received) -> Dispatch | None:
    """How the function at a place tells the messages apart that it receives; None if it does not."""
    return _by_table(view, place, found) or _by_tests(view, place, found)


# tables


def _by_table(view: View, place: Place, found: Received) -> Dispatch | None:
    for position, statement in enumerate(view.scope(place.scope).statements):
        at = Place(place.frame, place.scope, position)
        for node in (n for e in expressions(statement) for n in walk(e)):
            looked = _looked_up(node, found)
            if looked is None:
                continue
            owner, default = looked
            for term in view.close(view.values(owner, at)):
                cases = _entries(view, term, place.scope) if isinstance(term, Entries) else ()
                if cases and isinstance(term, Entries):
                    closed = not term.open and default is None
                    return Dispatch(cases, closed, closed and not _others(view, at, statement, node))
    return None


def _looked_up(node: ir.Expression, found: Received) -> tuple[ir.Expression, ir.Expression | None] | None:
    """The table in which the type of a message is looked up, and what it gives for others."""
    match node:
        case ir.Subscript(value=owner, index=index) if type_key(index, found) is not None:
            return owner, None
        case ir.Call(callee=ir.Attribute(value=owner, attr="get"), arguments=(ir.Argument(value=key), *rest)):
            default = rest[0].value if rest and rest[0].value != ir.Constant(None) else None
            return (owner, default) if type_key(key, found) is not None else None
        case _:
            return None


def _entries(view: View, table: Entries, teller: ScopeRef) -> tuple[Case, ...]:
    """The cases of a table of functions; none if one of its values is something else."""
    cases: list[Case] = []
    for key, value in table.items[:MAX_TYPES]:
        names = event_names(view, view.force(key)) if key is not None else ()
        functions = [t.scope for t in view.close(view.force(value)) if isinstance(t, Function)]
        if len(names) != 1 or len(functions) != 1:
            return ()
        cases.append(Case(names[0], functions[0], (teller, functions[0])))
    return tuple(cases)


def _others(view: View, place: Place, looked: AnyStatement, node: ir.Expression) -> bool:
    """Whether the function does more than to run what it has looked up."""
    name = looked.target.id if isinstance(looked, Assign) and isinstance(looked.target, ir.Name) else ""
    for statement in view.scope(place.scope).statements:
        for value in expressions(statement) if isinstance(statement, Run | Return) and statement is not looked else ():
            calls = [n for n in walk(value) if isinstance(n, ir.Call) and last_name(n.callee) not in QUIET]
            if any(c.callee != ir.Name(name) and c.callee != node for c in calls):
                return True
    return False


# tests


def _by_tests(view: View, place: Place, found: Received) -> Dispatch | None:
    blocks = view.scope(place.scope).blocks
    said = {n: s for n, b in enumerate(blocks) if b.kind in {"if", "case"} and (s := _said(view, b.test, place, found))}
    said = {n: s for n, s in said.items() if not set(s[1]) & WIRE}
    if not said:
        return None
    key = said[min(said)][0]
    chosen = {n: names for n, (k, names) in said.items() if k == key}
    body = _Body(view, place, found, frozenset(chosen))
    cases = {e: Case(e, body.handler(n), (place.scope, n)) for n in reversed(chosen) if body.acts(n) for e in chosen[n]}
    if not cases or len(cases) > MAX_TYPES:
        return None
    complete = all(chosen.values()) and not body.rest(errors=False)
    return Dispatch(tuple(reversed(cases.values())), complete, complete and not body.rest(errors=True))


def _said(view: View, test: ir.Expression | None, place: Place, found: Received) -> tuple[str, tuple[str, ...]] | None:
    """Under which key a test looks for the type, and the types for which it holds; none if they are not known."""
    match test:
        case ir.Choice(operator="and", operands=operands):
            return next((s for o in operands if (s := _said(view, o, place, found))), None)
        case ir.Choice(operator="or", operands=operands):
            all_said = [_said(view, o, place, found) for o in operands]
            known = [s for s in all_said if s is not None]
            same = len(known) == len(all_said) and len({k for k, _ in known}) == 1
            return (known[0][0], tuple(e for _, names in known for e in names)) if same else None
        case ir.Compare(left=left, operator="==" | "is" | "in" as sign, right=right):
            return _compared(view, left, sign, right, place, found)
        case ir.Call(callee=ir.Name(id="isinstance"), arguments=(ir.Argument(value=object_), ir.Argument(value=kinds))):
            names = event_names(view, view.values(kinds, place)) if is_message(object_, found) else ()
            return (TYPE_OF, names) if names else None
        case _:
            return None


def _compared(
    view: View, left: ir.Expression, sign: str, right: ir.Expression, place: Place, found: Received
) -> tuple[str, tuple[str, ...]] | None:
    key = type_key(left, found)
    if key is None and sign == "==":
        key, right = type_key(right, found), left
    if key is None:
        return None
    return key, event_names(view, view.close(view.values(right, place)), several=sign == "in")


def event_names(view: View, value: Value, *, several: bool = True) -> tuple[str, ...]:
    """The texts, and the names of scanned classes, that a value stands for; none if one of them is something else."""
    names: list[str] = []
    for term in value:
        known = collections.elements(view, term) if several and not isinstance(term, Literal | Class) else None
        inner = [t for item in known.items for t in view.force(item)] if known is not None else [term]
        for part in (t for i in inner for t in (view.texts((i,)) if not isinstance(i, Class) else (i,))):
            if isinstance(part, Class) and not view.is_enum(part.scope):
                names.append(view.scope(part.scope).name)
            elif isinstance(part, Literal) and isinstance(part.value, str) and part.value:
                names.append(part.value)
            else:
                return ()
    return tuple(dict.fromkeys(names))


class _Body:
    """What a function does inside and outside of the branches in which it has told a message's type."""

    def __init__(self, view: View, place: Place, found: Received, branches: frozenset[int]) -> None:
        self._view, self._place, self._found, self._branches = view, place, found, branches
        self._scope = view.scope(place.scope)

    def _inside(self, block: int) -> list[tuple[int, AnyStatement]]:
        held = enumerate(self._scope.statements)
        return [(n, s) for n, s in held if block in enclosing(self._scope.blocks, s.block)]

    def acts(self, block: int) -> bool:
        """Whether something is done in a branch: one that only leaves, complains or settles drops messages of its type."""
        return any(isinstance(s, Assign) or self._busy(s) or _shows(s) for _, s in self._inside(block))

    def handler(self, block: int) -> ScopeRef | None:
        """The one function that is run in a branch in which nothing else is done."""
        held = [(n, s) for n, s in self._inside(block) if isinstance(s, Assign) or self._busy(s)]
        if len(held) != 1 or held[0][1].block != block:
            return None
        table = self._view.unit(self._place.scope.path).table(self._place.scope.index)
        run = [c.call for c in table.calls if c.position == held[0][0]]
        return functions[0] if len(functions := [f for c in run for f in functions_of(self._view, c, self._place)]) == 1 else None

    def rest(self, *, errors: bool) -> bool:
        """Whether anything is done with a message whose type is none of those told, or (`errors`) with all messages."""
        first = min(self._scope.blocks[n].line for n in self._branches)
        for statement in self._scope.statements:
            around = set(enclosing(self._scope.blocks, statement.block))
            late = statement.line > first
            if around & self._branches or (not errors and (not late or self._is_rescue(around))):
                continue
            if self._busy(statement) and (errors or self._uses(statement)):
                return True
        return False

    def _is_rescue(self, around: set[int]) -> bool:
        return any(self._scope.blocks[n].kind in {"except", "finally"} for n in around)

    def _busy(self, statement: AnyStatement) -> bool:
        return isinstance(statement, Run | Return | Assign) and any(True for e in expressions(statement) for _ in self._deeds(e))

    def _deeds(self, node: ir.Expression) -> Iterator[ir.Call]:
        """Calls that may be a reaction to a message."""
        for call in (n for n in walk(node) if isinstance(n, ir.Call)):
            read = is_message(call, self._found) or is_taken(call) or type_key(call, self._found) is not None
            if last_name(call.callee) not in QUIET and not read:
                yield call

    def _uses(self, statement: AnyStatement) -> bool:
        """Whether what a statement does is done with the message."""
        deeds = (c for e in expressions(statement) for c in self._deeds(e))
        names = self._found.messages
        return any(isinstance(n, ir.Name) and n.id in names for c in deeds for a in c.arguments for n in walk(a.value))


def _shows(statement: AnyStatement) -> bool:
    return isinstance(statement, Run) and isinstance(statement.value, ir.Call) and last_name(statement.value.callee) in SHOWING


def functions_of(view: View, call: ir.Call, place: Place) -> list[ScopeRef]:
    """The scanned functions that a call may run."""
    return list(dict.fromkeys(t.scope for t in view.values(call.callee, place) if isinstance(t, Function)))
