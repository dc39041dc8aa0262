"""What a function reads from a message that it is given: items, attributes, models that are made of it, functions it is handed to.

Statements are followed in their order, branches and loops once. A message is first what the library hands over, then, once it is
read, an object with fields. What is done with it and not understood leaks: anything may be read there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from flowmap.linker.activations import last_name
from flowmap.linker.mappings import walk
from flowmap.linker.modelled import modelled
from flowmap.linker.reading_calls import called
from flowmap.linker.reads import Held, Reads, Situation
from flowmap.linker.received import carries, is_taken
from flowmap.linker.tables import enclosing
from flowmap.linker.terms import Place
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir
from flowmap.model.summary import AnyStatement, Assign, Augment, Define, Enter, Iterate, Return, Run

if TYPE_CHECKING:
    from flowmap.linker.view import View

BRANCHES = {"if", "else", "case", "except", "for", "while"}
"""Blocks that may not run."""
MAX_CALLS = 5
"""Functions that hand a message on to one another."""
MAX_FUNCTIONS = 40
"""Functions that are looked into for one subscription."""


class Reader(Situation):
    """One function that is given a message; `surely`: it runs for every message."""

    def __init__(
        self, view: View, place: Place, names: Mapping[str, Held], found: Reads, *, depth: int = 0, surely: bool = True
    ) -> None:
        super().__init__(view, place, names, found)
        self._depth, self._surely = depth, surely
        self._scope = view.scope(place.scope)
        self._given = frozenset(names)

    def take(self, names: Mapping[str, Held]) -> None:
        """The names under which the function has the message from the start."""
        self.names, self._given = dict(names), frozenset(names)

    def run(self) -> Held | None:
        """Reads the function to its end; gives what it returns of the message, if that is one part of it."""
        returned: dict[Held, None] = {}
        for position, statement in enumerate(self._scope.statements):
            self.position, self.line = position, statement.line
            blocks = {self._scope.blocks[n].kind for n in enclosing(self._scope.blocks, statement.block)}
            self.sure, self.spare = self._surely and not blocks & BRANCHES, self._is_rescued(statement)
            if isinstance(statement, Return) and statement.value is not None:
                held = self.value(statement.value)
                returned |= {held: None} if held is not None else {}
            else:
                self._statement(statement)
        if len(returned) == 1:
            return next(iter(returned))
        self.leak(*returned)
        return None

    def _is_rescued(self, statement: AnyStatement) -> bool:
        """Whether a missing key is caught around a statement."""
        blocks = self._scope.blocks
        tried = {blocks[n].group for n in enclosing(blocks, statement.block) if blocks[n].kind == "try"}
        caught = (b.test for b in blocks if b.kind == "except" and b.group in tried and b.test is not None)
        return any(last_name(e) in {"KeyError", "LookupError"} for t in caught for e in walk(t))

    def _is_test(self, statement: Run) -> bool:
        """Whether an expression is the condition of a branch."""
        return any(b.line == statement.line and b.test == statement.value for b in self._scope.blocks if b.kind in {"if", "while"})

    def _statement(self, statement: AnyStatement) -> None:
        match statement:
            case Assign(target=target, value=value) if value is not None:
                self._assign(target, value)
            case Augment(value=value, target=target):
                self.leak(self.value(value))
                self.value(target)
            case Iterate(target=target, iterable=iterable):
                held = self.value(iterable)
                self._bind(target, held.element if held is not None else None, iterable)
            case Enter(context=context, target=target):
                held = self.value(context)
                if target is not None:
                    self._bind(target, held, context)
            case Run(value=value) if self._is_test(statement):
                self.test(value)
            case Run(value=value):
                self.value(value)
            case Define(scope=index):
                self.nested(ScopeRef(self.ref.path, index))
            case _:
                pass

    def _assign(self, target: ir.Expression, value: ir.Expression) -> None:
        match target, value:
            case (ir.Sequence(elements=targets), ir.Sequence(elements=values)) if len(targets) == len(values):
                found = [self.value(v) for v in values]
                for one, held, node in zip(targets, found, values, strict=True):
                    self._bind(one, held, node)
            case _:
                self._bind(target, self.value(value), value)

    def _bind(self, target: ir.Expression, held: Held | None, value: ir.Expression) -> None:
        match target:
            case ir.Name(id=name) if held is not None:
                self.names[name] = held
            case ir.Name(id=name):
                if not (name in self._given and (is_taken(value) or self._depth == 0)):
                    self.names.pop(name, None)
            case ir.Sequence(elements=targets):
                whole = held if held is not None and held.raw else None
                self.leak(held if whole is None else None)
                for one in targets:
                    self._bind(one, whole, value)
            case ir.Subscript(value=owner, index=ir.Constant(value=str() as key)) if (own := self.value(owner)) is not None:
                self.own.add((*own.path, key))
                self.leak(held)
            case _:
                self.leak(held)

    def nested(self, ref: ScopeRef) -> None:
        """A function that is defined here knows the same names."""
        scope = self.view.scope(ref)
        if scope.kind in {"function", "lambda"} and self.names and self._depth < MAX_CALLS:
            own = {p.name for p in scope.parameters}
            names = {n: h for n, h in self.names.items() if n not in own}
            place = Place(self.view.frame(ref, None, self.frame), ref, 0)
            self.leak(Reader(self.view, place, names, self.found, depth=self._depth + 1, surely=False).run())

    def enter(self, ref: ScopeRef, names: Mapping[str, Held]) -> Held | None:
        """A function of the scan that is given parts of the message; gives what it returns of it."""
        key = (ref, tuple(sorted((n, h.raw, h.path) for n, h in names.items())))
        if key in self.found.entered:
            return self.found.entered[key]
        self.found.entered[key] = None
        if self._depth >= MAX_CALLS or len(self.found.entered) > MAX_FUNCTIONS:
            self.leak(*names.values())
            return None
        place = self.view.symbolic_place(ref)
        held = Reader(self.view, place, names, self.found, depth=self._depth + 1, surely=self.sure).run()
        self.found.entered[key] = held
        return held

    def value(self, node: ir.Expression) -> Held | None:
        """Follows an expression; gives the part of the message that it is."""
        handler = HANDLERS.get(type(node))
        if handler is not None:
            return handler(self, node)
        for child in ir.children(node):
            self.value(child)
        return None

    def test(self, node: ir.Expression) -> Held | None:
        """Follows an expression that may only be looked at: a field that is asked for there may be missing."""
        before, self.spare = self.spare, self.spare or isinstance(node, ir.Call | ir.Negation | ir.Choice)
        try:
            return self.value(node)
        finally:
            self.spare = before


def _name(reader: Reader, node: ir.Name) -> Held | None:
    return reader.names.get(node.id)


def _attribute(reader: Reader, node: ir.Attribute) -> Held | None:
    owner = reader.value(node.value)
    if owner is None:
        return None
    if owner.raw:
        if not carries(node.attr) and not owner.framed:
            reader.leak(owner)
        return owner.opened(node.attr) if carries(node.attr) else None
    model = modelled(reader.view, owner.model) if owner.model is not None else None
    if owner.plain or (model is not None and model.named(node.attr) is not None):
        return reader.read(owner, node.attr)
    if not owner.path:
        reader.leak(owner)
    return None


def _subscript(reader: Reader, node: ir.Subscript) -> Held | None:
    owner = reader.value(node.value)
    if owner is None:
        reader.value(node.index)
        return None
    if isinstance(node.index, ir.Slice) or (isinstance(node.index, ir.Constant) and isinstance(node.index.value, int)):
        return owner.element
    key = reader.view.text(reader.terms(node.index))
    if key is not None:
        return reader.item(owner, key)
    reader.value(node.index)
    reader.leak(owner)
    return None


def _choice(reader: Reader, node: ir.Choice) -> Held | None:
    before, reader.spare = reader.spare, True
    found = [reader.value(o) for o in node.operands]
    reader.spare = before
    return next((h for h in found if h is not None), None)


def _conditional(reader: Reader, node: ir.Conditional) -> Held | None:
    before, reader.spare = reader.spare, True
    reader.value(node.test)
    found = [reader.value(node.then), reader.value(node.orelse)]
    reader.spare = before
    return next((h for h in found if h is not None), None)


def _compare(reader: Reader, node: ir.Compare) -> Held | None:
    right = reader.value(node.right)
    if node.operator in {"in", "not in"} and right is not None:
        key = reader.view.text(reader.terms(node.left))
        if key is not None and not right.raw:
            reader.found.tested.add((*right.path, key))
        return None
    reader.value(node.left)
    return None


def _transparent(reader: Reader, node: ir.Await | ir.Starred) -> Held | None:
    return reader.value(node.value)


def _walrus(reader: Reader, node: ir.Walrus) -> Held | None:
    held = reader.value(node.value)
    if held is not None:
        reader.names[node.name] = held
    return held


def _display(reader: Reader, node: ir.Mapping | ir.Sequence | ir.Yield) -> Held | None:
    """What is put into something else goes on, nobody knows where."""
    reader.leak(*[reader.value(child) for child in ir.children(node)])
    return None


def _comprehension(reader: Reader, node: ir.Comprehension) -> Held | None:
    before = dict(reader.names)
    for clause in node.clauses:
        held = reader.value(clause.iterable)
        if isinstance(clause.target, ir.Name) and held is not None:
            reader.names[clause.target.id] = held.element
        else:
            reader.leak(held)
        for condition in clause.conditions:
            reader.test(condition)
    reader.leak(*[reader.value(e) for e in (node.element, node.value) if e is not None])
    reader.names = before
    return None


def _lambda(reader: Reader, node: ir.Lambda) -> Held | None:
    reader.nested(ScopeRef(reader.ref.path, node.scope))
    return None


def _binary(reader: Reader, node: ir.Binary) -> Held | None:
    parts = [reader.value(node.left), reader.value(node.right)]
    if node.operator == "|":
        reader.leak(*parts)
    return None


# A handler takes the one node type it stands under; a mapping cannot say so, hence Any.
HANDLERS: Mapping[type[ir.Expression], Callable[[Reader, Any], Held | None]] = {
    ir.Name: _name,
    ir.Attribute: _attribute,
    ir.Subscript: _subscript,
    ir.Call: called,
    ir.Choice: _choice,
    ir.Conditional: _conditional,
    ir.Compare: _compare,
    ir.Await: _transparent,
    ir.Starred: _transparent,
    ir.Walrus: _walrus,
    ir.Mapping: _display,
    ir.Sequence: _display,
    ir.Yield: _display,
    ir.Comprehension: _comprehension,
    ir.Lambda: _lambda,
    ir.Binary: _binary,
}
