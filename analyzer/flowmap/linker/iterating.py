"""Loops over objects of libraries, as the calls that they make: `async for message in queue` calls `queue.__aiter__()`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flowmap.linker.tables import CallSite
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir
from flowmap.model.summary import Iterate

if TYPE_CHECKING:
    from flowmap.linker.view import View

ITERATION = "__aiter__"
"""The method whose call stands for a loop, whether it waits for what comes or not."""


def iterations(view: View, ref: ScopeRef) -> tuple[CallSite, ...]:
    """What the loops of a scope call; each stands where the loop does."""
    return view.guarded(("iterations", ref), lambda: tuple(_iterations(view, ref)), ())


def _iterations(view: View, ref: ScopeRef) -> Iterator[CallSite]:
    for position, statement in enumerate(view.scope(ref).statements):
        if isinstance(statement, Iterate):
            span = ir.Span(statement.line, statement.end_line, 1)
            yield CallSite(ir.Call(ir.Attribute(statement.iterable, ITERATION), (), span), ref.index, position, statement.block)
