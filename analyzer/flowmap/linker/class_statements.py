"""Attributes that a class gets by its own statement: `class Paid(Event, topic="paid")`, where an `__init_subclass__` above it takes
the keywords and puts them, or anything else that it knows of the class, into `cls`.

Metaclasses are not followed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker import branches
from flowmap.linker.making import deferred
from flowmap.linker.tables import Store
from flowmap.linker.terms import Class, Link, Literal, Passed, Place, Unknown, Value
from flowmap.linker.texts import bounded
from flowmap.linker.units import ScopeRef

if TYPE_CHECKING:
    from flowmap.linker.view import View

HOOK = "__init_subclass__"
METACLASS = "metaclass"


def by_statement(view: View, ref: ScopeRef, name: str) -> Value:
    """`Class.name` as a hook has put it there when the class, or the nearest of its bases, was made; empty if none has, or if the
    body of a nearer one says what it is."""
    for base in view.mro(ref):
        if isinstance(base, Class):
            if found := _put(view, base.scope, name):
                return found
            if name in view.unit(base.scope.path).table(base.scope.index).names:
                break
    return ()


def is_hooked(view: View, ref: ScopeRef, name: str) -> bool:
    """Whether classes below this one get the attribute by their statements."""
    below = view.subclasses(ref)
    return bool(below) and any(_stores(view, base.scope, name) for base in view.mro(ref) if isinstance(base, Class))


def _put(view: View, ref: ScopeRef, name: str) -> Value:
    """What the hooks of the bases put into the attribute of one class."""
    key = (hash((HOOK, ref)),)
    for base in view.mro(ref)[1:]:
        for method, store in _stores(view, base.scope, name) if isinstance(base, Class) else ():
            frame = view.frame(method, Link(None, _keywords(view, ref), key), None, Class(ref))
            if not branches.is_dead(view, frame, method, store.binding.block):
                value = view.bound(store.binding, Place(frame, method, store.binding.position))
                known = bounded(t for t in value if not isinstance(t, Unknown) and t != Literal(None))
                if known:
                    return known
    return ()


def _stores(view: View, ref: ScopeRef, name: str) -> list[tuple[ScopeRef, Store]]:
    return [(m, s) for m, s in view.self_stores(ref).get(name, ()) if view.scope(m).name == HOOK]


def _keywords(view: View, ref: ScopeRef) -> tuple[Passed, ...]:
    """The keywords of the class statement, as the hook is called with them."""
    place = view.symbolic_place(ScopeRef(ref.path, max(view.scope(ref).parent, 0)))
    written = (a for a in view.scope(ref).arguments if (a.keyword is not None and a.keyword != METACLASS) or a.stars == 2)
    return tuple(Passed(deferred(a.value, place), a.keyword, a.stars) for a in written)
