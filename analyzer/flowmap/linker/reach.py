"""From a site back to what starts it: the handlers whose work leads there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker.callgraph import ways_to
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
            view.ask(start.path, view.scope(start).line)
            ref = todo.pop()
            above_it = (w.start for w in ways_to(view, ref))
            for above in (*above_it, *view.wrapping.get(ref, ())):  # who starts a function starts what is around it
                if above not in found:
                    found.add(above)
                    todo.append(above)
        known[start] = frozenset(found)
    return known[start]
