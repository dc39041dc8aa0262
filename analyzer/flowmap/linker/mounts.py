"""Routers and blueprints inside one another, and the prefixes that their paths and channels get by it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from flowmap import plugin_api as api
from flowmap.linker.contexts import follow
from flowmap.linker.hooks import is_same
from flowmap.linker.rendering import render
from flowmap.linker.sites import Site, conditions, location_of, subjects_of
from flowmap.linker.slots import ask
from flowmap.linker.subjects import Subject, of_creation
from flowmap.linker.terms import Element, Member, Place, Term, Value
from flowmap.linker.waiting import depends
from flowmap.model.location import Location

if TYPE_CHECKING:
    from flowmap.linker.view import View

MAX_MOUNTS = 8
"""Routers inside one another."""


@dataclass(frozen=True, slots=True)
class Mount:
    """`child` is put into `parent` under `prefix` by the call at `where`; `replaces` says that the child's own prefix then does not
    count."""

    parent: Term | None
    child: Term
    prefix: str
    replaces: bool
    where: Location = field(compare=False)


def mounts(view: View, sites: list[Site]) -> list[Mount]:
    """Every mount of the view."""
    found: dict[Mount, None] = {}
    for site in sites:
        if isinstance(site.pattern, api.Mounts):
            for answer in follow(view, site.caller, partial(_mounted, view, site)):
                found.update(dict.fromkeys(answer.content))
    return list(found)


def _mounted(view: View, site: Site, place: Place, final: bool) -> tuple[list[Mount], tuple[Value, ...]]:
    pattern = site.pattern
    assert isinstance(pattern, api.Mounts)
    found: list[Mount] = []
    there, waiting = conditions(view, site, subjects_of(view, site, place, final))
    deciding = list(waiting)
    for subject in there:
        children, prefix = ask(view, api.Each(pattern.child), subject), ask(view, pattern.prefix, subject)
        if final:
            children, prefix = view.close(children), view.close(prefix)
        deciding += [children, prefix]
        texts = [t.text for t in render(view, prefix) if t.text is not None] or [""]
        parent = next(iter(ask(view, pattern.parent, subject)), None) if pattern.parent is not None else router_of(subject)
        where = location_of(view, site.caller)
        found += [Mount(parent, child, text, pattern.replaces and bool(text), where) for child in children for text in texts]
    return found, tuple(deciding)


def receiver_of(subject: Subject) -> Term | None:
    """The object on which the subject's method is called."""
    return subject.callee.owner if isinstance(subject.callee, Member) else None


def router_of(subject: Subject) -> Term | None:
    """What a route is put into: the receiver, or the route itself, which is put somewhere as an object."""
    return receiver_of(subject) or subject.made


def prefixes(view: View, router: Term | None, table: list[Mount], depth: int = 0) -> list[str]:
    """Every prefix under which a router's paths are reached: one per way to the application, "" for the application itself. A
    function that is given the router by its callers is given each of theirs."""
    if router is None or depth > MAX_MOUNTS:
        return [""]
    if depends(router):
        given = (t for t in view.close((router,)) if not depends(t))
        return list(dict.fromkeys(p for t in given for p in prefixes(view, t, table, depth + 1))) or [""]
    own = own_prefix(view, router)
    found: list[str] = []
    while isinstance(router, Member) and not any(m.child == router for m in table):
        router = router.owner  # `app.router` is the application
    for mount in _mounts_of(router, table):
        inner = mount.prefix if mount.replaces else joined(mount.prefix, own_prefix(view, mount.child))
        found += [joined(outer, inner) for outer in prefixes(view, mount.parent, table, depth + 1)]
    return list(dict.fromkeys(found)) or [own]


def _mounts_of(router: Term, table: list[Mount]) -> list[Mount]:
    """Where a router is put; one that a function makes for its callers is put wherever one of these puts it."""
    return [m for m in table if m.child == router] or [m for m in table if is_same(m.child, router)]


def joined(outer: str, inner: str) -> str:
    """A prefix in front of another: one slash between paths, nothing between names. What the inner one has in front of everything
    takes the place of what the outer one has there."""
    first, mark, rest = inner.rpartition(api.FRONT)
    if mark:
        return first + mark + joined(outer.rpartition(api.FRONT)[2], rest)
    paths = inner.startswith("/") or (outer.startswith("/") and inner != "")
    return f"{outer.rstrip('/')}/{inner.lstrip('/')}" if outer and paths else outer + inner


def own_prefix(view: View, router: Term) -> str:
    """The prefix a router was made with."""
    inner = router
    while isinstance(inner, Member | Element):
        inner = inner.owner
    subject = of_creation(view, inner)
    for name in view.names_of(inner) if subject is not None else ():
        ref = view.knowledge.router_prefix.get(name)
        if ref is not None and subject is not None:
            return next((t.text for t in render(view, ask(view, ref, subject)) if t.text is not None), "")
    return ""
