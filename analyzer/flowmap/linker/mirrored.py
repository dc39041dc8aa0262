"""Attributes that no statement names: those that a class takes over one by one from a module, an object or a mapping, and what its
`__getattr__` gives.

`setattr(self, name, getattr(settings, name))`, `for key, value in given.items(): setattr(self, key, value)`,
`self.__dict__[name] = given[name]` and `self.__dict__.update(given)` are known, wherever in the class they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flowmap.linker import collections
from flowmap.linker.classes import class_attribute, method_frame
from flowmap.linker.making import ready
from flowmap.linker.tables import CallSite, enclosing
from flowmap.linker.terms import Class, Function, Instance, Link, Literal, Member, Passed, Place, Term, Unknown, Value
from flowmap.linker.texts import bounded
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir
from flowmap.model.summary import Assign, Define, Iterate, Scope

if TYPE_CHECKING:
    from flowmap.linker.view import View


def taken_over(view: View, instance: Instance, name: str) -> Value:
    """`object.name` where the class itself does not name it; empty if nothing is known of it."""
    if name.startswith("__"):
        return ()
    return view.guarded(("taken over", instance, name), lambda: _copied(view, instance, name) or _given(view, instance, name), ())


def _copied(view: View, instance: Instance, name: str) -> Value:
    found: list[Value] = []
    for method in _methods(view, instance.scope):
        for source, position in _sources(view, method):
            place = Place(method_frame(view, instance, method), method, position)
            match source:
                case ir.Call(callee=ir.Name(id="getattr"), arguments=(of, *_)):
                    found += [view.attribute(term, name) for term in view.values(of.value, place)]
                case _:
                    found += [_item(view, term, name) for term in view.values(source, place)]
    return bounded(t for value in found for t in value if not isinstance(t, Unknown))


def _item(view: View, mapping: Term, name: str) -> Value:
    """What a mapping holds under a name; that of an object's attributes holds these."""
    if isinstance(mapping, Member) and mapping.name == "__dict__":
        return view.attribute(mapping.owner, name)
    return collections.item(view, (mapping,), (Literal(name),))


def _sources(view: View, method: ScopeRef) -> Iterator[tuple[ir.Expression, int]]:
    """What a method takes attributes of its object from, and where."""
    scope = view.scope(method)
    sites = view.unit(method.path).table(method.index).calls
    yield from ((s, site.position) for site in sites if (s := _source(scope, site)) is not None)
    own = ir.Attribute(ir.Name(scope.parameters[0].name if scope.parameters else ""), "__dict__")
    for position, statement in enumerate(scope.statements):
        match statement:
            case Assign(target=ir.Subscript(value=target, index=ir.Name(id=key)), value=ir.Node() as value) if target == own:
                yield from ((s, position) for s in (_read(value, key),) if s is not None)


def _methods(view: View, ref: ScopeRef) -> Iterator[ScopeRef]:
    for base in view.mro(ref):
        if isinstance(base, Class):
            for statement in view.scope(base.scope).statements:
                if isinstance(statement, Define) and view.unit(base.scope.path).scope(statement.scope).kind == "function":
                    yield ScopeRef(base.scope.path, statement.scope)


def _source(scope: Scope, site: CallSite) -> ir.Expression | None:
    """What a call of a method takes attributes of its object from: a mapping, or the `getattr` that reads each; None if it does no
    such thing."""
    own = ir.Name(scope.parameters[0].name if scope.parameters else "")
    match [a.value for a in site.call.arguments], site.call.callee:
        case [owner, ir.Name(id=key), value], ir.Name(id="setattr") if owner == own:
            return _read(value, key) or _gone_through(scope, site, key, value)
        case [source], ir.Attribute(value=ir.Attribute(value=owner, attr="__dict__"), attr="update") if owner == own:
            return source
        case [source], ir.Attribute(value=ir.Call(callee=ir.Name(id="vars"), arguments=of), attr="update"):
            return source if [a.value for a in of] == [own] else None
        case _:
            return None


def _read(value: ir.Expression, key: str) -> ir.Expression | None:
    """`getattr(source, key)`, or the source of `source[key]`."""
    match value:
        case ir.Call(callee=ir.Name(id="getattr"), arguments=(_, name, *_)) if name.value == ir.Name(key):
            return value
        case ir.Subscript(value=source, index=ir.Name(id=name)) if name == key:
            return source
        case _:
            return None


def _gone_through(scope: Scope, site: CallSite, key: str, value: ir.Expression) -> ir.Expression | None:
    """The mapping whose items the loop around a call takes one by one as `key` and `value`."""
    heads = {s.body: s for s in scope.statements if isinstance(s, Iterate)}
    for block in enclosing(scope.blocks, site.block):
        head = heads.get(block)
        if head is None or not isinstance(head.target, ir.Sequence) or head.target.elements != (ir.Name(key), value):
            continue
        match head.iterable:
            case ir.Call(callee=ir.Attribute(value=source, attr="items"), arguments=()):
                return source
    return None


def _given(view: View, instance: Instance, name: str) -> Value:
    """What `__getattr__` gives for a name."""
    made_by = Link(None, (Passed(ready((Literal(name),))),), (hash((instance.scope, name)),))
    methods = [t for t in class_attribute(view, instance.scope, "__getattr__", instance) if isinstance(t, Function)]
    found = (t for m in methods for t in view.apply(m, made_by, None))
    return bounded(t for t in found if not isinstance(t, Unknown) and t != Literal(None))
