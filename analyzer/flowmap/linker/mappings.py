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
    for ref in view.scopes:
        for position, statement in enumerate(view.scope(ref).statements):
            place = Place(view.symbolic_place(ref).frame, ref, position)
            for node in (n for e in expressions(statement) for n in walk(e)):
                for value, line in _under(node, key):
                    yield view.values(value, place), (ref.path, line or statement.line, line or statement.end_line)
    for ref, store in view.item_stores.get(Literal(key), ()):
        if store.binding.value is not None and store.binding.statement is not None:
            place = view.symbolic_place(ref, store.binding.position)
            statement = store.binding.statement
            yield view.values(store.binding.value, place), (ref.path, statement.line, statement.end_line)


def _under(node: ir.Expression, key: str) -> Iterator[tuple[ir.Expression, int]]:
    if isinstance(node, ir.Mapping):
        for item in node.items:
            if isinstance(item.key, ir.Constant) and item.key.value == key:
                yield item.value, item.line
    elif isinstance(node, ir.Call):
        for argument in node.arguments:
            if argument.keyword == key:
                yield argument.value, node.span.line


def walk(node: ir.Expression) -> Iterator[ir.Expression]:
    """The expression and all inside it."""
    yield node
    for child in ir.children(node):
        yield from walk(child)
