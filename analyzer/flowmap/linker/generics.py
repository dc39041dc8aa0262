"""What type variables stand for: where an annotation is read for an object of a class, `T` is what the bases of the class say.

`class Repo(Generic[T])` with `session: T` and `class Orders(Repo[RabbitBroker])`: the session of an `Orders` is a broker, however
many classes lie between the two. `Repo[RabbitBroker](...)` says the same of one object. Of an object of which only the open class
is known, a variable stands for what any class below says; else for its bound. Variadic variables are not followed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from flowmap.linker import promises
from flowmap.linker.terms import Class, Frame, Instance, Made, Place, Supplier, Symbol, Term, Value
from flowmap.linker.texts import bounded
from flowmap.linker.typevars import is_variable
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir

if TYPE_CHECKING:
    from flowmap.linker.view import View

GENERICS = {"Generic", "Protocol"}
Fixed = tuple[tuple[str, Value], ...]
"""Type variables by their names, each with the classes that it stands for."""


def annotation_place(view: View, frame: Frame) -> Place:
    """Where the annotations of the frame's function are read: where it is defined, with what type variables stand for."""
    return _with(view.definition_place(frame), _in_frame(view, frame))


def annotated_at(view: View, place: Place) -> Place:
    """A place in a function or in the body of a module, for an annotation that stands there."""
    return _with(place, _in_frame(view, place.frame))


def in_class(view: View, place: Place, owner: ScopeRef, known: ScopeRef, receiver: Term | None) -> Place:
    """A place in the body of the class `owner`, asked for an object of the class `known`."""
    return _with(place, fixed(view, owner, receiver if receiver is not None else Class(known)))


def _with(place: Place, variables: Fixed) -> Place:
    return replace(place, overlay=(*place.overlay, *variables)) if variables else place


def _in_frame(view: View, frame: Frame) -> Fixed:
    scope = view.scope(frame.scope)
    owner = ScopeRef(frame.scope.path, scope.parent)
    of_class = fixed(view, owner, frame.receiver) if scope.parent > 0 and view.scope(owner).kind == "class" else ()
    return (*of_class, *_bounds(view, frame.scope)) if scope.variables else of_class


def fixed(view: View, owner: ScopeRef, receiver: Term | None) -> Fixed:
    """What the type variables of the class `owner` stand for in an object (or class), or in any object of the class."""
    names = variables(view, owner)
    if not names:
        return ()
    creation = receiver.creation if isinstance(receiver, Instance) else None
    actual = receiver.scope if isinstance(receiver, Instance | Class) else owner
    said: Fixed = ()
    if creation is not None and isinstance(creation.call.callee, ir.Subscript):
        said = _given(view, actual, creation.call.callee.index, creation.place)
    found = dict(_passed_on(view, actual, owner, said, 0))
    if len(found) < len(names) and creation is None:
        nothing: Fixed = ()
        below = view.guarded(("generic", owner, actual), lambda: _below(view, owner, actual), nothing)
        found = {**dict(below), **found}
    return tuple({**dict(_bounds(view, owner)), **found}.items())


def variables(view: View, ref: ScopeRef) -> tuple[str, ...]:
    """The names of a class's type variables in their order."""
    nothing: tuple[str, ...] = ()
    return view.guarded(("type variables", ref), lambda: _variables(view, ref), nothing)


def _variables(view: View, ref: ScopeRef) -> tuple[str, ...]:
    if view.scope(ref).variables:
        return tuple(p.name for p in view.scope(ref).variables)
    place = _statement_place(view, ref)
    found: list[str] = []
    for base in (a.value for a in view.scope(ref).arguments if a.keyword is None and isinstance(a.value, ir.Subscript)):
        names = [n.id for n in _names_in(base.index) if any(is_variable(t) for t in view.values(n, place))]
        if promises.last_name(base.value) in GENERICS:
            return tuple(names)
        found += names
    return tuple(dict.fromkeys(found))


def _names_in(node: ir.Expression) -> Iterator[ir.Name]:
    if isinstance(node, ir.Name):
        yield node
    for child in ir.children(node):
        yield from _names_in(child)


def _below(view: View, owner: ScopeRef, actual: ScopeRef) -> Fixed:
    """What the classes below say, where only a base is known."""
    found: dict[str, list[Term]] = {}
    for ref in view.subclasses(actual):
        for name, kinds in _passed_on(view, ref, owner, (), 0):
            found.setdefault(name, []).extend(kinds)
    return tuple((name, bounded(kinds)) for name, kinds in found.items())


def _passed_on(view: View, ref: ScopeRef, owner: ScopeRef, said: Fixed, depth: int) -> Fixed:
    """What the class `ref`, of which is said what its own variables are, makes of those of its base `owner`."""
    if ref == owner or depth > promises.MAX_ALIASES:
        return said
    place = _with(_statement_place(view, ref), said)
    for base in (a.value for a in view.scope(ref).arguments if a.keyword is None):
        head, index = (base.value, base.index) if isinstance(base, ir.Subscript) else (base, None)
        for kind in view.values(head, place):
            if isinstance(kind, Class) and kind.scope != ref and Class(owner) in view.mro(kind.scope):
                handed = _given(view, kind.scope, index, place) if index is not None else ()
                return _passed_on(view, kind.scope, owner, handed, depth + 1)
    return ()


def _given(view: View, ref: ScopeRef, index: ir.Expression, place: Place) -> Fixed:
    """The variables of a class as the brackets behind its name say."""
    written = index.elements if isinstance(index, ir.Sequence) and index.kind == "tuple" else (index,)
    pairs = zip(variables(view, ref), written, strict=False)
    return tuple((name, kinds) for name, node in pairs if (kinds := _kinds(view, node, place)))


def _kinds(view: View, node: ir.Expression, place: Place) -> Value:
    """The classes that a type argument names; of a compound one is known what objects of it are."""
    if isinstance(node, ir.Name | ir.Attribute):
        return tuple(t for t in view.values(node, place) if isinstance(t, Class | Symbol | Supplier))
    return tuple(_class_of(o) for o in promises.instance_of(view, node, place))


def _class_of(term: Term) -> Term:
    """The class of an object that an annotation promises."""
    match term:
        case Instance(scope=scope):
            return Class(scope)
        case Made(callee=callee, creation=None):
            return callee
        case _:
            return Supplier((term,))


def _bounds(view: View, ref: ScopeRef) -> Fixed:
    """What type parameters stand for where nothing is said of them."""
    place = _statement_place(view, ref)
    written = ((p.name, p.annotation) for p in view.scope(ref).variables)
    return tuple((name, kinds) for name, node in written if node is not None and (kinds := _kinds(view, node, place)))


def _statement_place(view: View, ref: ScopeRef) -> Place:
    return view.symbolic_place(ScopeRef(ref.path, max(view.scope(ref).parent, 0)))
