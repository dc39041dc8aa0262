"""Fields of classes whose constructor nobody wrote: dataclasses, named tuples, models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker import slots, subjects
from flowmap.linker.activations import last_name
from flowmap.linker.classes import body_place
from flowmap.linker.generics import in_class
from flowmap.linker.hierarchy import declared
from flowmap.linker.making import given_to, passed
from flowmap.linker.parameters import out_of_spread
from flowmap.linker.terms import Class, Instance, Literal, Made, Pending, Place, Symbol, Term, Unknown, Value
from flowmap.linker.texts import bounded
from flowmap.linker.units import ScopeRef
from flowmap.linker.waiting import depends
from flowmap.model import expression as ir
from flowmap.model.summary import Assign

if TYPE_CHECKING:
    from flowmap.linker.view import View

MAX_MADE = 40
"""Places that make objects of one class, at which is looked for what its fields are given."""
FIELD_FUNCTIONS = {"field", "Field", "attrib", "ib", "PrivateAttr", "mapped_column", "Column"}
"""Last names of the calls that describe a field instead of being its value."""


def field_call(value: Value) -> subjects.Subject | None:
    """The call that describes a field, if the class-level value is one."""
    for term in value:
        if isinstance(term, Made) and isinstance(term.callee, Symbol) and term.callee.name.rpartition(".")[2] in FIELD_FUNCTIONS:
            return subjects.of_creation_made(term)
    return None


def field_value(view: View, instance: Instance, name: str) -> Value | None:
    """What the field `name` of the object holds; None if it is no field, or nothing is known of it."""
    order = declared(view, instance.scope)
    owner = order.get(name)
    if owner is None or _has_constructor(view, instance.scope):
        return None
    if instance.creation is not None:
        given = _given(view, instance, name, order)
        if given is not None:
            return given
    elif known := _deployed(view, instance.scope, name):
        return known
    elif made_with(view, instance.scope, name):
        return (Pending(instance.scope, name),)
    value = view.named(name, in_class(view, body_place(view, owner), owner, instance.scope, instance))
    if (call := field_call(value)) is not None:
        value = slots.ask(view, slots.FIELD_DEFAULT, call) or slots.factory_default(view, call)
    if all(isinstance(t, Unknown) for t in value) and (waiting := _spread(view, instance, name)):
        return waiting
    if value == (Literal(""),) and _may_be_given(instance):
        return (Unknown(f"`{name}` of `{view.scope(instance.scope).name}` objects that are filled elsewhere"),)
    return value or None


def made_with(view: View, ref: ScopeRef, name: str) -> Value:
    """What a field without a default is given where objects of the class are made, by its name or by `cls` in a method of its own;
    for an object that somebody else has made."""
    order = declared(view, ref)
    if name not in order or _has_constructor(view, ref):
        return ()
    statements = view.scope(order[name]).statements
    if any(isinstance(s, Assign) and s.value is not None and getattr(s.target, "id", None) == name for s in statements):
        return ()
    return view.guarded(("made with", ref, name), lambda: _given_anywhere(view, ref, name, list(order).index(name)), ())


def _given_anywhere(view: View, ref: ScopeRef, name: str, index: int) -> Value:
    found: list[Term] = []
    own = [(at, s) for at, s in view.callers.named("cls") if at.path == ref.path and view.scope(at).parent == ref.index]
    for at, site in (*own, *view.callers.named(view.scope(ref).name))[:MAX_MADE]:
        place = Place(view.symbolic_place(at).frame, at, site.position)
        if Class(ref) in view.values(site.call.callee, place):
            given = subjects.argument(view, passed(site.call.arguments, place), index, name)
            found += view.force(given) if given is not None else ()
    return bounded(t for t in found if not isinstance(t, Unknown))


def _deployed(view: View, ref: ScopeRef, name: str) -> Value:
    """What the environment has for a field of a section of settings that code nobody follows fills: `config.mail.host` is what one
    variable says whose name ends with that of the section and of the field (`SHOP_MAIL_HOST`)."""
    if not view.environment:
        return ()
    nothing: dict[str, tuple[str, ...]] = {}
    sections = view.guarded(("sections",), lambda: _sections(view), nothing).get(view.scope(ref).name, ())
    ends = tuple(f"_{section}{between}{name}".upper() for section in sections for between in ("_", "__"))
    found = [variable for variable in view.environment if ends and variable.upper().endswith(ends)]
    return (Literal(view.environment[found[0]], found[0]),) if len(found) == 1 else ()


def _sections(view: View) -> dict[str, tuple[str, ...]]:
    """Name of a class -> the fields of other classes that are annotated with it."""
    found: dict[str, tuple[str, ...]] = {}
    for ref in view.scopes:
        for statement in view.scope(ref).statements if view.scope(ref).kind == "class" else ():
            if isinstance(statement, Assign) and isinstance(statement.annotation, ir.Name | ir.Attribute):
                kind, field = last_name(statement.annotation), getattr(statement.target, "id", None)
                if isinstance(field, str):
                    found[kind] = (*found.get(kind, ()), field)
    return found


def _may_be_given(instance: Instance) -> bool:
    """Whether a field that no argument is seen for may be given all the same: nobody sees who made the object, or it is filled
    from a mapping (`Event(**row)`). An empty default only stands in for that."""
    return instance.creation is None or any(a.stars == 2 for a in instance.creation.call.arguments)


def at(view: View, instance: Instance, index: int) -> str | None:
    """The field of a named tuple that stands at a position; None for what is no named tuple, or has no such field."""
    names = list(declared(view, instance.scope))
    is_tuple = Symbol("typing.NamedTuple") in view.external_bases(instance.scope)
    return names[index] if is_tuple and -len(names) <= index < len(names) else None


def _has_constructor(view: View, ref: ScopeRef) -> bool:
    return any(
        isinstance(base, Class) and "__init__" in view.unit(base.scope.path).table(base.scope.index).names for base in view.mro(ref)
    )


def _given(view: View, instance: Instance, name: str, order: dict[str, ScopeRef]) -> Value | None:
    assert instance.creation is not None
    arguments = given_to(instance.creation)
    under = (subjects.argument(view, arguments, None, alias) for alias in _aliases(view, name, order))
    deferred = next((d for d in under if d is not None), None)
    if deferred is None:
        deferred = subjects.argument(view, arguments, list(order).index(name), name)
    return view.force(deferred) if deferred is not None else None


def _spread(view: View, instance: Instance, name: str) -> Value:
    """What a mapping gives the field that only callers know (`Settings(**options)`)."""
    arguments = given_to(instance.creation) if instance.creation is not None else ()
    return tuple(t for t in out_of_spread(view, arguments, None, name) if depends(t))


def _aliases(view: View, name: str, order: dict[str, ScopeRef]) -> list[str]:
    """The other names by which a constructor takes a field: those that its description says; failing that, that of a private one
    less its underscores, unless another field is called so."""
    call = field_call(view.named(name, body_place(view, order[name])))
    said = slots.keyword_value(view, "alias", call) if call is not None else ()
    texts = [t.value for t in said if isinstance(t, Literal) and isinstance(t.value, str)]
    bare = name.lstrip("_")
    return texts or ([bare] if bare not in {name, "", *order} else [])
