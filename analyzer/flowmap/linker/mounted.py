"""Where the prefix of a path comes from: the routers that a route lies in, from the innermost to the application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker.marks import shown
from flowmap.linker.mounts import MAX_MOUNTS, Mount, own_prefix, prefixes
from flowmap.linker.terms import Element, Literal, Made, Member, Term
from flowmap.model.derivation import Hop, Sought
from flowmap.model.location import Location
from flowmap.plugin_api import FRONT

if TYPE_CHECKING:
    from flowmap.linker.view import View


def prefix_sought(view: View, router: Term | None, table: list[Mount]) -> Sought | None:
    """The prefixes of what is put into a router; None if there is none."""
    found = [p.replace(FRONT, "") for p in prefixes(view, router, table) if p]
    values = shown(view, tuple(Literal(p) for p in found))
    return Sought("prefix", values, _steps(view, router, table, 0)) if router is not None and found else None


def _steps(view: View, router: Term | None, table: list[Mount], depth: int) -> tuple[Hop, ...]:
    """The call that made the router, if it gave a prefix, and those that put it elsewhere, with the way on from there below."""
    if router is None or depth > MAX_MOUNTS:
        return ()
    own, made = own_prefix(view, router), router
    while isinstance(router, Member) and not any(m.child == router for m in table):
        router = router.owner
    steps = [_step(view, m, _steps(view, m.parent, table, depth + 1)) for m in table if m.child == router]
    while isinstance(made, Member | Element):
        made = made.owner
    if own and isinstance(made, Made) and made.creation is not None:
        span, path = made.creation.call.span, made.creation.place.scope.path
        steps.insert(0, Hop(Location(path, span.line, span.end_line, span.column), "", shown(view, (Literal(own),))))
    return tuple(s for s in steps if s.gave or s.below)


def _step(view: View, mount: Mount, below: tuple[Hop, ...]) -> Hop:
    return Hop(mount.where, "", shown(view, (Literal(mount.prefix),)) if mount.prefix else (), below)
