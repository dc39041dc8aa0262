"""Methods of a library's class that do their work by another method of the same object, which a class of the scan has of its own:
`session.get(url)` runs the `request` of `class Session(requests.Session)` where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker.hierarchy import external_bases
from flowmap.linker.making import ready
from flowmap.linker.terms import Function, Instance, Literal, Partial, Passed, Value
from flowmap.linker.units import ScopeRef

if TYPE_CHECKING:
    from flowmap.linker.view import View
    from flowmap.model.pattern import Delegates


def delegated(view: View, instance: Instance, name: str) -> Value:
    """The scanned method that does the work of a library's method on this object; empty if none does."""
    known = _known(view, instance.scope, name)
    if known is None:
        return ()
    first = tuple(Passed(ready((Literal(text),))) for text in known.first)
    own = (t for t in view.attribute(instance, known.to) if isinstance(t, Function))
    return tuple(Partial(f, first) if first else f for f in own)


def delegating(view: View, method: ScopeRef) -> set[str]:
    """The names under which a scanned method is called by a library's methods."""
    scope = view.scope(method)
    names = view.knowledge.delegating.get(scope.name, set()) if scope.parent > 0 else set()
    owner = ScopeRef(method.path, scope.parent)
    return {n for n in names if _known(view, owner, n) is not None} if names and view.scope(owner).kind == "class" else set()


def _known(view: View, ref: ScopeRef, name: str) -> Delegates | None:
    """What a library says of a method that a class has from it."""
    for base in external_bases(view, ref) if name in view.knowledge.delegated else ():
        for path in view.plain_names_of(base):
            if (found := view.knowledge.delegates.get(f"{path}.{name}")) is not None:
                return found
    return None
