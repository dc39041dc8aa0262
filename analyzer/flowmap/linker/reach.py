"""From a site back to what starts it: the handlers whose work leads there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker.contexts import frame_scope
from flowmap.linker.units import ScopeRef

if TYPE_CHECKING:
    from flowmap.linker.view import View

MAX_REACH = 4_000
"""Functions above one site."""


def reached_from(view: View, scope: ScopeRef, known: dict[ScopeRef, frozenset[ScopeRef]]) -> frozenset[ScopeRef]:
    """The function and everything that can call it, directly or not; `known` remembers answers."""
    start = frame_scope(view, scope)
    if start not in known:
        found = {start}
        todo = [start]
        while todo and len(found) < MAX_REACH:
            view.ask()
            for caller in view.callers_of(todo.pop()):
                above = frame_scope(view, caller.scope)
                if above not in found:
                    found.add(above)
                    todo.append(above)
        known[start] = frozenset(found)
    return known[start]
