"""Calls of libraries that statements make without one being written: `async for message in queue` calls `queue.__aiter__()`,
`class Orders(View, attach=app)` calls `Orders.__init_subclass__(attach=app)`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flowmap.linker.tables import CallSite
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir
from flowmap.model.summary import Define, Iterate

if TYPE_CHECKING:
    from flowmap.linker.view import View

ITERATION, SUBCLASS = "__aiter__", "__init_subclass__"
"""The method whose call stands for a loop, whether it waits for what comes or not, and that for a class statement."""
UNWRITTEN = {ITERATION, SUBCLASS}


def unwritten(view: View, ref: ScopeRef) -> tuple[CallSite, ...]:
    """What the loops and class statements of a scope call; each call stands where the statement does."""
    return view.guarded(("unwritten", ref), lambda: tuple(_unwritten(view, ref)), ())


def _unwritten(view: View, ref: ScopeRef) -> Iterator[CallSite]:
    for position, statement in enumerate(view.scope(ref).statements):
        if isinstance(statement, Iterate):
            span = ir.Span(statement.line, statement.end_line, 1)
            yield CallSite(ir.Call(ir.Attribute(statement.iterable, ITERATION), (), span), ref.index, position, statement.block)
        elif isinstance(statement, Define):
            defined = view.scope(ScopeRef(ref.path, statement.scope))
            given = tuple(a for a in defined.arguments if a.keyword not in {None, "metaclass"})
            if defined.kind == "class" and given:
                span = ir.Span(defined.line, defined.line, 1)
                callee = ir.Attribute(ir.Name(defined.name), SUBCLASS)
                yield CallSite(ir.Call(callee, given, span), ref.index, position, statement.block)
