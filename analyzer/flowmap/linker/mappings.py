"""Looking for a key: the values under it in any dict display, keyword argument or item assignment of a view."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flowmap.linker.tables import expressions
from flowmap.linker.terms import Literal, Place, Value
from flowmap.model import expression as ir

if TYPE_CHECKING:
    from flowmap.linker.view import View

Where = tuple[str, int, int]


def values_under(view: View, key: str) -> Iterator[tuple[Value, Where]]:
    """Every value that stands under the constant `key`, with its lines."""
    for place, node, where in _index(view).get(key, ()):
        yield view.values(node, place), where
    for ref, store in view.item_stores.get(Literal(key), ()):
        if store.binding.value is not None and store.binding.statement is not None:
            place = view.symbolic_place(ref, store.binding.position)
            statement = store.binding.statement
            yield view.values(store.binding.value, place), (ref.path, statement.line, statement.end_line)


def displays(view: View, keys: tuple[str, ...]) -> Iterator[tuple[Value, Where]]:
    """Every dict display that has all of the constant `keys`, with its lines."""
    for ref in view.scopes:
        for position, statement in enumerate(view.scope(ref).statements):
            for node in (n for e in expressions(statement) for n in walk(e) if isinstance(n, ir.Mapping)):
                if set(keys) <= {key for key, _, _ in _entries(node)}:
                    yield view.values(node, view.symbolic_place(ref, position)), (ref.path, node.span.line, node.span.end_line)


Index = dict[str, list[tuple[Place, ir.Expression, Where]]]


def _index(view: View) -> Index:
    nothing: Index = {}
    return view.aside(("keys",), lambda: _indexed(view), nothing)


def _indexed(view: View) -> Index:
    """Constant keys and keywords of the whole view, each with what stands under it."""
    found: Index = {}
    for ref in view.scopes:
        frame = view.symbolic_place(ref).frame
        for position, statement in enumerate(view.scope(ref).statements):
            place = Place(frame, ref, position)
            for node in (n for e in expressions(statement) for n in walk(e) if isinstance(n, ir.Mapping | ir.Call)):
                for key, value, line in _entries(node):
                    where = (ref.path, line or statement.line, line or statement.end_line)
                    found.setdefault(key, []).append((place, value, where))
    return found


def _entries(node: ir.Mapping | ir.Call) -> Iterator[tuple[str, ir.Expression, int]]:
    if isinstance(node, ir.Mapping):
        for item in node.items:
            if isinstance(item.key, ir.Constant) and isinstance(item.key.value, str):
                yield item.key.value, item.value, item.line
    else:
        yield from ((a.keyword, a.value, node.span.line) for a in node.arguments if a.keyword is not None)


def walk(node: ir.Expression) -> Iterator[ir.Expression]:
    """The expression and all inside it, outer before inner, in source order."""
    todo = [node]
    while todo:
        inner = todo.pop()
        yield inner
        todo += reversed(ir.children(inner))
