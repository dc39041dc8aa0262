"""Types of messages that choose a function of a family: `getattr(self, f"on_{kind}")`, `functools.singledispatch`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flowmap.linker.activations import last_name
from flowmap.linker.dispatch import MAX_TYPES, QUIET, Case, Dispatch, event_names, functions_of
from flowmap.linker.mappings import walk
from flowmap.linker.received import Received, is_message, type_key
from flowmap.linker.tables import expressions
from flowmap.linker.terms import Class, Instance, Place, Symbol
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir
from flowmap.model.summary import Define, Raise

if TYPE_CHECKING:
    from flowmap.linker.view import View

GENERIC = {"functools.singledispatch", "functools.singledispatchmethod"}


def family(view: View, place: Place, found: Received) -> Dispatch | None:
    """The types for which a function picks another one by name, or a generic function has one of its own."""
    for site in view.unit(place.scope.path).table(place.scope.index).calls:
        at = Place(place.frame, place.scope, site.position)
        told = _by_name(view, site.call, at, found) or _generic(view, site.call, at, found)
        if told is not None:
            return told
    return None


def _by_name(view: View, call: ir.Call, place: Place, found: Received) -> Dispatch | None:
    if call.callee != ir.Name("getattr") or len(call.arguments) < 2:
        return None
    prefix = _prefix(view, call.arguments[1].value, place, found)
    owners = [t for t in view.values(call.arguments[0].value, place) if isinstance(t, Instance)]
    if not prefix or len(owners) != 1:
        return None
    methods = dict(reversed(list(_methods(view, owners[0].scope, prefix))))
    cases = tuple(Case(name, ref, (place.scope, ref)) for name, ref in sorted(methods.items()))
    default = call.arguments[2].value if len(call.arguments) > 2 else ir.Constant(None)
    return Dispatch(cases, default == ir.Constant(None), clean=False, guessed=True) if 0 < len(cases) <= MAX_TYPES else None


def _prefix(view: View, node: ir.Expression, place: Place, found: Received) -> str:
    """What stands before the type in the name of a method; "" if that is not how the name is made."""
    match node:
        case ir.Joined(parts=(ir.Constant(value=str() as prefix), kind)) if type_key(kind, found) is not None:
            return prefix
        case ir.Binary(left=ir.Constant(value=str() as prefix), operator="+", right=kind) if type_key(kind, found) is not None:
            return prefix
        case ir.Name(id=name):
            bound = view.unit(place.scope.path).table(place.scope.index).names.get(name, ())
            values = [b.value for b in bound if b.value is not None and not isinstance(b.value, ir.Name)]
            return _prefix(view, values[0], place, found) if len(values) == 1 else ""
        case _:
            return ""


def _methods(view: View, cls: ScopeRef, prefix: str) -> Iterator[tuple[str, ScopeRef]]:
    """What methods of a class and of those above it are called behind a prefix, nearest first."""
    for ref in (t.scope for t in view.mro(cls) if isinstance(t, Class)):
        for name, bindings in view.unit(ref.path).table(ref.index).names.items():
            for statement in (b.statement for b in bindings):
                if isinstance(statement, Define) and name.startswith(prefix) and name != prefix:
                    yield name.removeprefix(prefix), ScopeRef(ref.path, statement.scope)


def _generic(view: View, call: ir.Call, place: Place, found: Received) -> Dispatch | None:
    if not call.arguments or not is_message(call.arguments[0].value, found):
        return None
    name, path = last_name(call.callee), place.scope.path
    beside = (ScopeRef(path, n) for n, s in enumerate(view.unit(path).summary.scopes) if name and s.name == name)
    for ref in (*functions_of(view, call, place), *beside):
        if any(isinstance(t, Symbol) and t.name in GENERIC for t in view.decorators(ref)):
            cases = tuple(_registered(view, ref, place.scope))
            return Dispatch(cases, _does_nothing(view, ref), clean=False) if 0 < len(cases) <= MAX_TYPES else None
    return None


def _registered(view: View, generic: ScopeRef, teller: ScopeRef) -> Iterator[Case]:
    """The types for which the module of a generic function has a function of their own."""
    name = view.scope(generic).name
    for index, scope in enumerate(view.unit(generic.path).summary.scopes):
        place = view.symbolic_place(ScopeRef(generic.path, max(scope.parent, 0)))
        for node in scope.decorators:
            given = node.arguments[0].value if isinstance(node, ir.Call) and node.arguments else None
            head = node.callee if isinstance(node, ir.Call) else node
            if not (isinstance(head, ir.Attribute) and head.attr == "register" and last_name(head.value) == name):
                continue
            kind = given or next((p.annotation for p in scope.parameters if p.annotation is not None), None)
            for event in event_names(view, view.values(kind, place)) if kind is not None else ():
                yield Case(event, ScopeRef(generic.path, index), (teller, ScopeRef(generic.path, index)))


def _does_nothing(view: View, ref: ScopeRef) -> bool:
    """Whether a function at most complains."""
    statements = (s for s in view.scope(ref).statements if not isinstance(s, Raise))
    calls = (n for s in statements for e in expressions(s) for n in walk(e) if isinstance(n, ir.Call))
    return all(last_name(c.callee) in QUIET for c in calls)
