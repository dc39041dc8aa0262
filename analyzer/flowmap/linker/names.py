"""What a name means at a place: local, enclosing, module, import, builtin; and what a parameter is given."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from flowmap.linker import branches, collections, narrowing, promises
from flowmap.linker.additions import extended
from flowmap.linker.frames import END
from flowmap.linker.generics import annotated_at
from flowmap.linker.imports import brings, imported, star_value
from flowmap.linker.parameters import parameter_value
from flowmap.linker.stated import spoken_for
from flowmap.linker.surroundings import SCAN
from flowmap.linker.tables import Binding, reaching
from flowmap.linker.terms import (
    Class,
    Entries,
    Frame,
    Function,
    Literal,
    Place,
    Symbol,
    Template,
    Term,
    Unknown,
    Value,
)
from flowmap.linker.texts import bounded, named
from flowmap.linker.units import ScopeRef, Unit
from flowmap.linker.waiting import filled, is_elsewhere
from flowmap.model import expression as ir
from flowmap.model.summary import Define, Import

if TYPE_CHECKING:
    from flowmap.linker.view import View


def lookup(view: View, name: str, place: Place) -> Value:
    """The value of a bare name at a place."""
    for known, value in reversed(place.overlay):
        if known == name:
            return value
    unit = view.unit(place.scope.path)
    index, position, frame = place.scope.index, place.position, place.frame
    first = True
    while index >= 0:
        scope = unit.scope(index)
        if first or scope.kind != "class":
            here = Place(frame, ScopeRef(unit.path, index), position if first else END, place.overlay if first else ())
            found = _in_scope(view, unit, name, here)
            if found:
                return found
        if index == frame.scope.index:
            frame = view.enclosing_frame(frame)
        index, first = scope.parent, False
    if name == "__file__":
        return (Literal(f"{SCAN}/{unit.path}"),)
    return (Symbol(f"builtins.{name}"),) if hasattr(builtins, name) else (_unknown(view, name, place),)


def _unknown(view: View, name: str, place: Place) -> Unknown:
    """A name that has no value: nothing defines it, or it goes through something that is not seen to hold anything."""
    index, unit = place.scope.index, view.unit(place.scope.path)
    while index >= 0:
        bound = unit.table(index).names.get(name, ())
        if bound and all(b.kind == "iterate" for b in bound):
            return Unknown(f"`{name}` goes through what is not seen to hold anything")
        index = unit.scope(index).parent
    return Unknown(f"`{name}` is defined nowhere in the scan")


def _in_scope(view: View, unit: Unit, name: str, place: Place) -> Value:
    index = place.scope.index
    scope, table = unit.scope(index), unit.table(index)
    bindings = table.names.get(name, [])
    if index == 0 and (stars := [b for b in table.names.get("*", ()) if brings(view, unit, b, name)]):
        bindings = sorted([*bindings, *stars], key=lambda b: b.position)
    position = min(place.position, len(scope.statements))
    block = scope.statements[position].block if position < len(scope.statements) else -1
    is_parameter = any(p.name == name for p in scope.parameters)
    chosen = reaching(bindings, scope, position, block) or ([] if is_parameter else bindings)
    hidden, left_out = False, []
    if len(chosen) + is_parameter > 1:
        living, hidden = branches.living(view, chosen, place, block)
        left_out = [b for b in chosen if b not in living and scope.kind != "function"] if living else []
        chosen = living if living or is_parameter else chosen
    chosen = [*chosen, *unit.late.get((index, name), ())]
    found = list(promises.without_placeholders(view, ((b, bound_value(view, b, place, name)) for b in chosen)))
    if left_out and all(is_elsewhere(t) for t in found):
        found = [t for b in left_out for t in bound_value(view, b, place, name) if isinstance(t, Literal | Template)] or found
    if is_parameter and not hidden and not _always_rebound(chosen, place):
        given = parameter_value(view, place.frame, name)
        gathered = any(p.name == name and p.kind == "double_star" for p in scope.parameters)
        found += _put_into(view, given, name, place) if gathered else filled(given) if found else given
    return narrowing.narrowed(view, _without_none(bounded(found)), name, place, block)


def _put_into(view: View, given: Value, name: str, place: Place) -> Value:
    """`**kwargs` with what the function itself puts into it, even where only a caller knows the rest."""
    if any(isinstance(t, Entries) for t in given):
        return extended(view, given, name, place)
    own = extended(view, (Entries((), open=True),), name, place)
    return (*(t for t in own if isinstance(t, Entries) and t.items), *given)


def _always_rebound(chosen: list[Binding], place: Place) -> bool:
    return any(b.block == -1 and b.position < place.position for b in chosen)


def _without_none(value: Value) -> Value:
    """A placeholder None says nothing where something else is assigned too."""
    rest = tuple(t for t in value if not (isinstance(t, Literal) and t.value is None))
    return rest or value


def bound_value(view: View, binding: Binding, place: Place, name: str | None = None) -> Value:
    """What a binding gives. `place` lies in the scope that owns the name; a `global` binding is evaluated in its own."""
    if binding.scope == place.scope.index:
        at = Place(place.frame, place.scope, binding.position, _running(view, place, binding.position))
    else:
        at = view.symbolic_place(ScopeRef(place.scope.path, binding.scope), binding.position)
    match binding.kind:
        case "import" if isinstance(binding.statement, Import) and binding.statement.name == "*":
            return star_value(view, view.unit(place.scope.path), binding.statement, name or "")
        case "import" if isinstance(binding.statement, Import):
            return imported(view, view.unit(place.scope.path), binding.statement)
        case "define" if isinstance(binding.statement, Define):
            return (spoken_for(view, defined(view, at, binding.statement.scope)),)
        case _:
            value = _assigned(view, binding, at)
            if name is not None:
                value = named(value, name)
            return _with_additions(view, value, name, at) if name and not binding.path else value


def _running(view: View, place: Place, position: int) -> tuple[tuple[str, Value], ...]:
    """What is fixed at a statement: elements of loops that begin before it (what is made before is one for all elements), and what
    type variables stand for."""
    if not place.overlay:
        return ()
    names = view.unit(place.scope.path).table(place.scope.index).names
    return tuple((n, v) for n, v in place.overlay if n not in names or any(b.position < position for b in names[n]))


def _assigned(view: View, binding: Binding, at: Place) -> Value:
    if binding.value is None:
        return view.annotated(binding.annotation, annotated_at(view, at)) if binding.annotation is not None else ()
    value = view.values(binding.value, at)
    if binding.kind == "iterate":
        value = collections.iterate(view, value)
    elif binding.kind == "enter":
        value = view.entered(value)
    return collections.unpack(view, promises.kept(view, value, binding.annotation, annotated_at(view, at)), binding.path)


def _with_additions(view: View, value: Value, name: str, place: Place) -> Value:
    """A collection that is filled after it was made, by the same scope or, of a module, by its functions."""
    value = extended(view, value, name, place)
    return view.filled(value, place.scope.path, name) if place.scope.index == 0 else value


def defined(view: View, place: Place, scope: int) -> Term:
    """The function or class that a definition makes, with the frame it closes over."""
    ref = ScopeRef(place.scope.path, scope)
    closure: Frame | None = place.frame if view.unit(ref.path).scope(place.frame.scope.index).kind != "module" else None
    return Class(ref, closure) if view.unit(ref.path).scope(scope).kind == "class" else Function(ref, closure)


def is_super(node: ir.Expression) -> bool:
    """`super()`."""
    return isinstance(node, ir.Call) and isinstance(node.callee, ir.Name) and node.callee.id == "super"


def in_module(view: View, path: str, name: str) -> Value:
    """What the body of a module binds a name to at its end."""
    return _in_scope(view, view.unit(path), name, view.symbolic_place(ScopeRef(path, 0), END))
