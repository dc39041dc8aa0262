"""Which writes add one more each time they are done: what leads there asks nowhere whether that has been done already, and nothing
in what is kept would refuse it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from flowmap.linker.activations import last_name
from flowmap.linker.contexts import frame_scope
from flowmap.linker.drafts import key_of
from flowmap.linker.effects import Deed
from flowmap.linker.failing import names_in
from flowmap.linker.tables import expressions
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir
from flowmap.model.summary import Scope

if TYPE_CHECKING:
    from flowmap.linker.view import View

MOST = 60
"""Functions on the way to one write that are looked at."""
TOLD = re.compile(
    r"exist|already|duplic|dedup|idempot|processed|inbox|outbox|seen|or_?none|or_?create|upsert|conflict|setnx|is_?new|claim|unique|integrity",
    re.IGNORECASE,
)
"""What names speak of that tell whether something has been done already."""
ASKS = re.compile(
    r"(a|_)?(get|first|one|scalar|scalars|find|fetch|query|execute|count|load|select|lookup|filter)(_|$|one|all|row|val)"
)
"""Calls that ask for something that is kept."""
KEYS = {"id", "_id", "pk", "uuid"}


class Adding:
    """The writes of one service that add, given the handlers at which the way to them begins."""

    def __init__(self, view: View, handlers: frozenset[str]) -> None:
        self._view = view
        self._handlers = handlers

    def adds(self, deed: Deed) -> bool:
        """Whether a write adds one more each time. What is not known of its model tells nothing, and counts as no."""
        if not deed.pattern.adds or deed.site is None or not deed.about:
            return False
        way = list(self._way(deed.scope))
        if any(self._tells(ref, deed.about) for ref in way):
            return False
        if deed.about in self._models:
            made = [deed.site.call] if last_name(deed.site.call.callee) != "add" else []
            made += (c for ref in way for c in self._calls(ref) if last_name(c.callee) == deed.about)
            return bool(made) and not any(_has_key(c, self._models[deed.about]) for c in made)
        return deed.plugin == "document-stores" and not self._is_indexed and not self._names_a_key(deed.scope)

    def _way(self, start: ScopeRef) -> Iterator[ScopeRef]:
        """The function of a write and those that lead to it, up to the handlers."""
        todo, seen = [start], {start}
        while todo and len(seen) <= MOST:
            ref = todo.pop(0)
            yield ref
            if key_of(ref) not in self._handlers:
                above = dict.fromkeys(frame_scope(self._view, c.scope) for c in self._view.callers_of(ref))
                todo += (a for a in above if a not in seen)
                seen.update(above)

    def _calls(self, ref: ScopeRef) -> Iterable[ir.Call]:
        return (site.call for site in self._view.unit(ref.path).table(ref.index).calls)

    def _tells(self, ref: ScopeRef, about: str) -> bool:
        """Whether a function speaks of what has been done already, or asks for such a thing and goes by whether it is there."""
        scope = self._view.scope(ref)
        spoken = [scope.name, *(n for b in scope.blocks if b.test is not None for n in names_in(b.test))]
        for call in self._calls(ref):
            spoken += (last_name(call.callee), *(a.keyword for a in call.arguments if a.keyword is not None))
        if any(TOLD.search(name) for name in spoken):
            return True
        names = self._view.unit(ref.path).table(ref.index).names
        tests = [b.test for b in scope.blocks if b.kind == "if" and b.test is not None]
        values = [b.value for t in tests for n in _there(t) for b in names.get(n, ()) if b.value is not None]
        return any(_asks(v, about) for v in (*tests, *values))

    def _names_a_key(self, ref: ScopeRef) -> bool:
        """Whether a function speaks of the key of a document."""
        table = self._view.unit(ref.path).table(ref.index)
        said = (n for s in self._view.scope(ref).statements for e in expressions(s) for n in names_in(e))
        return "_id" in said or any(s.index == ir.Constant("_id") for s in table.stores)

    @cached_property
    def _models(self) -> dict[str, set[str]]:
        """The scanned classes whose fields tell nothing of uniqueness, each with the names of its keys."""
        found: dict[str, set[str]] = {}
        refused: set[str] = set()
        for ref in self._view.scopes:
            scope = self._view.scope(ref)
            if scope.kind == "class":
                keys, unique = _keys(scope)
                found[scope.name] = keys | found.get(scope.name, KEYS)
                refused |= {scope.name} if unique else set()
        return {name: keys for name, keys in found.items() if name not in refused}

    @cached_property
    def _is_indexed(self) -> bool:
        """Whether the code makes an index somewhere that lets nothing be there twice."""
        calls = (c for ref in self._view.scopes for c in self._calls(ref))
        return any(a.keyword == "unique" for c in calls if "index" in last_name(c.callee).lower() for a in c.arguments)


def _keys(scope: Scope) -> tuple[set[str], bool]:
    """The fields of a class that are its key, and whether anything in it has to be unique."""
    keys: set[str] = set()
    unique = False
    for statement in scope.statements:
        target = getattr(statement, "target", None)
        for expression in expressions(statement):
            said = defaultdict(list)
            for call in _calls_in(expression):
                for argument in call.arguments:
                    said[argument.keyword].append(argument.value)
            words = {*names_in(expression), *(names_in(target) if target is not None else ())}
            unique = unique or ir.Constant(True) in said["unique"] or any(w.lower().startswith("unique") for w in words)
            if ir.Constant(True) in said["primary_key"] and isinstance(target, ir.Name):
                keys.add(target.id)
    return keys, unique


def _calls_in(node: ir.Expression) -> Iterator[ir.Call]:
    if isinstance(node, ir.Call):
        yield node
    for child in ir.children(node):
        yield from _calls_in(child)


def _has_key(call: ir.Call, keys: set[str]) -> bool:
    """Whether an object is made with a key that is not made up on the spot, or with what nobody can see."""
    for argument in call.arguments:
        given = {argument.keyword: argument.value} if argument.keyword else _entries(argument.value)
        if any(k in keys and not any("uuid" in n.lower() for n in names_in(v)) for k, v in given.items()):
            return True
    return False


def _entries(node: ir.Expression) -> dict[str | None, ir.Expression]:
    """The entries of a mapping that is written out, by their keys."""
    items = node.items if isinstance(node, ir.Mapping) else ()
    return {i.key.value: i.value for i in items if isinstance(i.key, ir.Constant) and isinstance(i.key.value, str)}


def _there(test: ir.Expression) -> Iterator[str]:
    """The names of which a condition asks whether they are there."""
    match test:
        case ir.Name(id=name):
            yield name
        case ir.Negation(operand=inner) | ir.Compare(left=inner):
            yield from _there(inner)
        case ir.Choice(operands=operands):
            for operand in operands:
                yield from _there(operand)


def _asks(value: ir.Expression, about: str) -> bool:
    """Whether a value is asked of what is kept, and not of things of other kinds than what is added."""
    calls = [c for c in _calls_in(value) if ASKS.match(last_name(c.callee)) and not _is_of_mapping(c)]
    classes = {n for c in calls for n in names_in(c) if n[:1].isupper()}
    return bool(calls) and (not classes or about in classes)


def _is_of_mapping(call: ir.Call) -> bool:
    """Whether it is `x.get("key")`."""
    first = call.arguments[0].value if call.arguments else None
    return last_name(call.callee) == "get" and isinstance(first, ir.Constant)
