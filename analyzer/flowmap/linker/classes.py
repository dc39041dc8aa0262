"""Classes and their objects: attributes set anywhere in the class, fields, enumerations, `super()`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker import enums, promises, stated
from flowmap.linker.class_statements import HOOK, by_statement, is_hooked
from flowmap.linker.delegation import delegated
from flowmap.linker.generics import in_class
from flowmap.linker.hierarchy import MAX_BASES, external_bases
from flowmap.linker.making import link, making
from flowmap.linker.parameters import decorator_names
from flowmap.linker.stores import of_any_secret
from flowmap.linker.tables import Store
from flowmap.linker.terms import (
    Class,
    EnumMember,
    Frame,
    Function,
    Instance,
    Link,
    Literal,
    Member,
    Passed,
    Pending,
    Place,
    Symbol,
    Term,
    Unknown,
    Value,
)
from flowmap.linker.texts import bounded, named
from flowmap.linker.units import ScopeRef
from flowmap.linker.waiting import depends
from flowmap.model import expression as ir
from flowmap.model.summary import Define

if TYPE_CHECKING:
    from flowmap.linker.view import View

CLASS = "__class__"
PROPERTIES = {"property", "cached_property", "computed_field", "lazy_property", "hybrid_property"}


def body_place(view: View, ref: ScopeRef) -> Place:
    """The end of a class body."""
    scope = view.scope(ref)
    outer = view.symbolic_place(ScopeRef(ref.path, max(scope.parent, 0)))
    return Place(outer.frame, ref, len(scope.statements))


def class_attribute(view: View, ref: ScopeRef, name: str, receiver: Term | None) -> Value:
    """`Class.name`, or the class-level half of `instance.name` if `receiver` is the instance; empty if there is none."""
    for base in view.mro(ref):
        if not isinstance(base, Class):
            continue
        unit = view.unit(base.scope.path)
        if name not in unit.table(base.scope.index).names:
            continue
        if enums.is_enum(view, base.scope) and enums.is_member(view, base.scope, name):
            return (EnumMember(base.scope, name),)
        found = view.named(name, in_class(view, body_place(view, base.scope), base.scope, ref, receiver))
        return bounded(t for term in found for t in _bound(view, term, base.scope, receiver, Class(ref)))
    return ()


def _bound(view: View, term: Term, owner: ScopeRef, receiver: Term | None, cls: Term) -> Value:
    """A function of a class body as it is got through the class or an object."""
    if isinstance(term, Symbol) and isinstance(receiver, Instance):
        return (stated.of_object(view, term, owner, receiver),)
    if not isinstance(term, Function) or view.scope(term.scope).parent != owner.index:
        return (term,)
    names = decorator_names(view.scope(term.scope))
    if "staticmethod" in names:
        return (term,)
    if "classmethod" in names:
        return (Function(term.scope, term.closure, cls),)
    if receiver is None:
        return (term,)
    if names & {"setter", "deleter"}:
        return _property(view, view.scope(term.scope).name, owner, receiver)
    bound = Function(term.scope, term.closure, receiver)
    if names & PROPERTIES:
        return view.returned(bound, ())
    return (bound,)


def _property(view: View, name: str, owner: ScopeRef, receiver: Term) -> Value:
    """What a property gives that can be set: what code outside the class sets it to, else what its getter gives."""
    defined = [b.statement.scope for b in view.unit(owner.path).table(owner.index).names[name] if isinstance(b.statement, Define)]
    getters = (ScopeRef(owner.path, n) for n in defined if decorator_names(view.unit(owner.path).scope(n)) & PROPERTIES)
    return view.stored(receiver, name) or bounded(t for g in getters for t in view.returned(Function(g, None, receiver), ()))


def instance_attribute(view: View, instance: Instance, name: str) -> Value:
    """`object.name` over everything the class says of it; empty if it says nothing."""
    found = _assigned(view, instance, name)
    if found and not all(isinstance(t, Literal) and t.value is None for t in found):
        return found
    if (given := view.field(instance, name)) is not None:
        return given
    if instance.creation is None and decided_below(view, instance.scope, name):
        return (Pending(instance.scope, name),)
    own = by_statement(view, instance.scope, name) or class_attribute(view, instance.scope, name, instance) or found
    if not own or all(isinstance(t, Literal) and t.value is None for t in own):
        return view.stored(instance, name) or own or _external(view, instance, name)
    return own


def _assigned(view: View, instance: Instance, name: str) -> Value:
    """What the methods of the class and its bases assign to `self.name`: those of the nearest class that does."""
    for base in view.mro(instance.scope):
        if isinstance(base, Class):
            stores = [s for s in view.self_stores(base.scope).get(name, ()) if view.scope(s[0]).name != HOOK]
            bound = ((store.binding, _stored(view, instance, (method, store))) for method, store in stores)
            value = view.filled_attribute(promises.without_placeholders(view, bound), instance, name)
            if value:
                rest = [t for t in value if not (isinstance(t, Literal) and t.value is None)]
                return bounded(rest or value)
    return ()


def assigned_by_class(view: View, ref: ScopeRef, name: str) -> Value:
    """What class methods of the class and its bases assign to `cls.name`, without what nobody gives them."""
    for base in view.mro(ref):
        stores = view.self_stores(base.scope).get(name, ()) if isinstance(base, Class) else ()
        of_class = [s for s in stores if decorator_names(view.scope(s[0])) & {"classmethod"} or view.scope(s[0]).name == "__new__"]
        if of_class:
            return bounded(t for method, store in of_class for t in _put_by(view, Class(ref), method, store))
    return ()


def _put_by(view: View, cls: Class, method: ScopeRef, store: Store) -> Value:
    value = view.bound(store.binding, Place(view.frame(method, None, None, cls), method, store.binding.position))
    called = view.scope(method).name == "__new__" or bool(view.callers.named(view.scope(method).name))
    return named(tuple(t for t in value if called or not depends(t)), store.attr or "")


def _stored(view: View, instance: Instance, found: tuple[ScopeRef, Store]) -> Value:
    method, store = found
    frame = method_frame(view, instance, method)
    return named(view.bound(store.binding, Place(frame, method, store.binding.position)), store.attr or "")


def assigned_in(view: View, found: tuple[ScopeRef, Store], made_by: Link, receiver: Term) -> Value:
    """What one assignment to an attribute gives, its method called by `made_by` on the receiver."""
    method, store = found
    return view.bound(store.binding, Place(view.frame(method, made_by, None, receiver), method, store.binding.position))


def method_frame(view: View, instance: Instance, method: ScopeRef) -> Frame:
    """The activation of a method on the object; the constructor's is the one that made it."""
    made_by = _init_link(view, instance, method) if view.scope(method).name in {"__init__", "__new__"} else None
    return view.frame(method, made_by, None, instance)


def _init_link(view: View, instance: Instance, method: ScopeRef) -> Link | None:
    """How a constructor was called when the object was made: directly, which only a known object tells, or by `super().__init__`
    from the class's own."""
    init = class_attribute(view, instance.scope, "__init__", instance)
    first = next((t for t in init if isinstance(t, Function)), None)
    if first is None or first.scope == method:
        return making(instance.creation) if instance.creation is not None else None
    frame = view.frame(first.scope, _init_link(view, instance, first.scope), None, instance)
    return _chained(view, frame, method, 0)


def _chained(view: View, frame: Frame, method: ScopeRef, depth: int) -> Link | None:
    """The call in `frame` (a constructor) that runs the constructor `method` of a base."""
    if depth > MAX_BASES:
        return None
    for site in view.unit(frame.scope.path).table(frame.scope.index).calls:
        callee = site.call.callee
        if not isinstance(callee, ir.Attribute) or callee.attr != "__init__":
            continue
        place = Place(frame, frame.scope, site.position)
        for term in view.values(callee, place):
            if isinstance(term, Function):
                called = link(site.call, place)
                if term.scope == method:
                    return called
                inner = view.frame(term.scope, called, None, frame.receiver)
                if (found := _chained(view, inner, method, depth + 1)) is not None:
                    return found
    return None


def decided_below(view: View, ref: ScopeRef, name: str) -> bool:
    """Whether subclasses give the attribute values of their own."""
    own = (name in view.unit(s.path).table(s.index).names or name in view.self_stores(s) for s in view.subclasses(ref))
    return any(own) or is_hooked(view, ref, name)


def decided_by_subclasses(view: View, pending: Pending) -> Value:
    """Every value that the class or a subclass gives the attribute."""
    found: list[Term] = []
    below = view.subclasses(pending.owner)
    if pending.name == CLASS:
        made = [pending.owner] if view.callers.named(view.scope(pending.owner).name) else []
        return tuple(Class(ref) for ref in (*made, *below))
    for ref in (pending.owner, *below):
        instance = Instance(ref)
        own = _assigned(view, instance, pending.name) or by_statement(view, ref, pending.name)
        own = own or class_attribute(view, ref, pending.name, instance)
        found += [t for t in own if not (isinstance(t, Literal) and t.value is None)]
    return bounded(found)


def _external(view: View, instance: Instance, name: str) -> Value:
    """An attribute that a base outside the scan may have."""
    if found := delegated(view, instance, name):
        return found
    return of_any_secret(view, name) or (Member(instance, name),) if external_bases(view, instance.scope) else ()


def super_attribute(view: View, name: str, place: Place) -> Value:
    """`super().name` in a method."""
    ref = _around(view, place.scope)
    if ref is None:
        return (Unknown("`super()` outside a class"),)
    receiver = place.frame.receiver or Instance(ref)
    runs_own = delegated(view, receiver, name) if isinstance(receiver, Instance) else ()
    return _next(view, ref, receiver, name) or runs_own or (Member(receiver, name),)


def mixed_in(view: View, name: str, place: Place) -> Value:
    """What `super().name` can be besides where the object is known by a base alone: what the order of each class below says."""
    ref, receiver = _around(view, place.scope), place.frame.receiver
    if ref is None or not (receiver is None or (isinstance(receiver, Instance) and receiver.creation is None)):
        return ()
    known = receiver.scope if receiver is not None else ref
    return bounded(t for below in view.subclasses(known) for t in _next(view, ref, Instance(below), name))


def _around(view: View, ref: ScopeRef) -> ScopeRef | None:
    """The class in whose body a function stands, at any depth."""
    while view.scope(ref).parent > 0:
        ref = ScopeRef(ref.path, view.scope(ref).parent)
        if view.scope(ref).kind == "class":
            return ref
    return None


def _next(view: View, ref: ScopeRef, receiver: Term, name: str) -> Value:
    """The attribute as the class behind `ref` in the order of the object's has it."""
    actual = receiver.scope if isinstance(receiver, Instance | Class) else ref
    order = view.mro(actual)
    rest = order[order.index(Class(ref)) + 1 :] if Class(ref) in order else view.mro(ref)[1:]
    for base in rest:
        if isinstance(base, Class) and name in view.unit(base.scope.path).table(base.scope.index).names:
            found = view.named(name, body_place(view, base.scope))
            return bounded(t for term in found for t in _bound(view, term, base.scope, receiver, Class(actual)))
    return ()


def base_arguments(view: View, instance: Instance) -> tuple[Passed, ...]:
    """The arguments of the `super().__init__(...)` that leaves the scanned code; without a constructor, the object's own."""
    made_by = making(instance.creation) if instance.creation is not None else None
    init = [t for t in class_attribute(view, instance.scope, "__init__", instance) if isinstance(t, Function)]
    for function in init[:1]:
        made_by = _outgoing(view, view.frame(function.scope, made_by, None, instance), 0) or made_by
    return made_by.arguments if made_by is not None else ()


def _outgoing(view: View, frame: Frame, depth: int) -> Link | None:
    for site in view.unit(frame.scope.path).table(frame.scope.index).calls if depth < MAX_BASES else ():
        callee = site.call.callee
        if isinstance(callee, ir.Attribute) and callee.attr == "__init__":
            place = Place(frame, frame.scope, site.position)
            for term in view.values(callee, place):
                if isinstance(term, Member | Symbol):
                    return link(site.call, place)
                if isinstance(term, Function):
                    return _outgoing(view, view.frame(term.scope, link(site.call, place), None, frame.receiver), depth + 1)
    return None


def enclosing_instance(view: View, place: Place | None, function: ScopeRef | None) -> Term | None:
    """`self` at a place in a method, or an object of the class in whose body the function is defined."""
    if function is None:
        frame = place.frame if place is not None else None
        while frame is not None and frame.receiver is None and frame.closure is not None:
            frame = frame.closure
        if frame is not None and frame.receiver is not None:
            return frame.receiver
        function = frame.scope if frame is not None else None
    while function is not None:
        parent = view.scope(function).parent
        if parent < 0:
            return None
        function = ScopeRef(function.path, parent)
        if view.scope(function).kind == "class":
            return Instance(function)
    return None
