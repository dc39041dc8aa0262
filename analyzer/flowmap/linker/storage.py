"""Values that travel through objects: `self.x = v`, `app.state.x = v`, `app["x"] = v`; and library objects that stand for a
name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from flowmap.linker import slots, subjects
from flowmap.linker.tables import Store
from flowmap.linker.terms import Class, Instance, Member, Place, Symbol, Term, Unknown, Value
from flowmap.linker.texts import bounded
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir
from flowmap.model.summary import Define

if TYPE_CHECKING:
    from flowmap.linker.view import View

MAX_STORES = 40
"""Assignments to one attribute name that are compared with a read."""


def self_stores(view: View, ref: ScopeRef) -> dict[str, list[tuple[ScopeRef, Store]]]:
    """`self.name = value` in the methods of a class."""
    found: dict[str, list[tuple[ScopeRef, Store]]] = {}
    for method, receiver, store in _method_stores(view, ref):
        if store.attr is not None and isinstance(store.target, ir.Name) and store.target.id == receiver:
            found.setdefault(store.attr, []).append((method, store))
    return found


def self_additions(view: View, ref: ScopeRef) -> dict[str, list[tuple[ScopeRef, Store]]]:
    """`self.name[key] = value` and `self.name.append(value)` in the methods of a class."""
    found: dict[str, list[tuple[ScopeRef, Store]]] = {}
    for method, receiver, store in _method_stores(view, ref):
        target = store.target
        if store.attr is None and isinstance(target, ir.Attribute) and target.value == ir.Name(receiver):
            found.setdefault(target.attr, []).append((method, store))
    return found


def _method_stores(view: View, ref: ScopeRef) -> Iterator[tuple[ScopeRef, str, Store]]:
    """The stores in the methods of a class, each with the method and the name of its first parameter."""
    for statement in view.scope(ref).statements:
        if isinstance(statement, Define):
            method = ScopeRef(ref.path, statement.scope)
            parameters = view.scope(method).parameters
            if view.scope(method).kind == "function" and parameters:
                for store in view.unit(ref.path).table(method.index).stores:
                    yield method, parameters[0].name, store


def stored_attribute(view: View, owner: Term, name: str) -> Value:
    """What is assigned to `owner.name` from outside its class, where the owner is the same object or the same attribute
    of another (`app.state.x` and `request.app.state.x`)."""
    found: list[Term] = []
    for ref, store in view.attribute_stores.get(name, ())[:MAX_STORES]:
        place = view.symbolic_place(ref, store.binding.position)
        if any(_same(view, owner, other) for other in view.values(store.target, place)):
            found += view.bound(store.binding, place)
    return bounded(found)


def stored_item(view: View, owner: Term, key: Term) -> Value:
    """What is assigned to `owner[key]`, in the same sense."""
    if isinstance(key, Unknown):
        return ()
    found: list[Term] = []
    for ref, store in view.item_stores.get(key, ())[:MAX_STORES]:
        place = view.symbolic_place(ref, store.binding.position)
        if is_same(view, owner, store.target, place):
            found += view.bound(store.binding, place)
    return view.filled_item(bounded(found), owner, key)


def is_same(view: View, owner: Term, target: ir.Expression, place: Place) -> bool:
    """Whether what is written at a place may be the object `owner`: the same, or one that is reached by the same attribute."""
    return any(_same(view, owner, t) for t in view.values(target, place)) or _last(owner) == _written(target) != ""


def _same(view: View, one: Term, other: Term) -> bool:
    if one == other:
        return True
    if isinstance(one, Instance) and isinstance(other, Instance):
        if one.creation is not None and other.creation is not None and one.creation.key[0] != other.creation.key[0]:
            return False  # made by two calls
        return one.scope == other.scope or one.scope in view.subclasses(other.scope) or other.scope in view.subclasses(one.scope)
    if isinstance(one, Instance | Class) and isinstance(other, Class):  # what a class holds, its objects and those below it do
        return one.scope == other.scope or one.scope in view.subclasses(other.scope)
    return isinstance(one, Member) and isinstance(other, Member) and one.name == other.name


def _last(term: Term) -> str:
    """The attribute that a library object is reached by (`extensions` of `flask.current_app.extensions`)."""
    if isinstance(term, Symbol) and term.name.count(".") > 1:
        return term.name.rpartition(".")[2]
    return term.name if isinstance(term, Member) else ""


def _written(node: ir.Expression) -> str:
    return node.id if isinstance(node, ir.Name) else node.attr if isinstance(node, ir.Attribute) else ""


def given(view: View, term: Term) -> Value:
    """The name that a library object stands for: the plugin's `Gives` for its path, asked of its last call."""
    for name in view.plain_names_of(term):
        model = view.knowledge.gives.get(name)
        if model is None:
            continue
        subject = subjects.of_last_call(view, term)
        if subject is not None:
            return view.texts(slots.ask(view, model.ref, replace(subject, made=subjects.made_by(term))))
    return ()


AttributeStores = dict[str, list[tuple[ScopeRef, Store]]]
ItemStores = dict[Term, list[tuple[ScopeRef, Store]]]


def collect(view: View) -> None:
    """Finds what is stored where before any other question: inside of one it would be found again and again."""
    _ = view.item_stores


def all_stores(view: View) -> tuple[AttributeStores, ItemStores]:
    """All attribute and item assignments of the view, by attribute and by key; those to `self` are the class's. Each key is a
    question of its own, asked where the key may be a constant: nobody looks up what only a caller or a computation knows."""
    attributes: AttributeStores = {}
    items: ItemStores = {}
    for ref in view.scopes:
        scope = view.scope(ref)
        own = scope.parameters[0].name if scope.parameters and scope.parent > 0 else None
        for store in view.unit(ref.path).table(ref.index).stores:
            of_self = isinstance(store.target, ir.Name) and store.target.id == own
            if store.attr is not None and not of_self:
                attributes.setdefault(store.attr, []).append((ref, store))
            elif store.index is not None and _may_be_constant(view, ref, store.index):
                view.ask(ref.path, scope.line)
                for key in view.values(store.index, view.symbolic_place(ref, store.binding.position)):
                    items.setdefault(key, []).append((ref, store))
    return attributes, items


def _may_be_constant(view: View, ref: ScopeRef, node: ir.Expression) -> bool:
    """Whether a key is written as a constant, a name of one, or a variable that goes through some."""
    match node:
        case ir.Constant():
            return True
        case ir.Attribute(value=owner):
            return _may_be_constant(view, ref, owner)
        case ir.Name(id=name):
            if any(p.name == name for p in view.scope(ref).parameters):
                return False
            bindings = view.unit(ref.path).table(ref.index).names.get(name, ()) if ref.index else ()
            return all(b.value is None or isinstance(b.value, ir.Constant | ir.Attribute | ir.Name | ir.Sequence) for b in bindings)
        case _:
            return False
