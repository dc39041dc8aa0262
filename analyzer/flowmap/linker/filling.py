"""Registries: collections that functions and methods fill, `HANDLERS[topic] = f` in a decorator, `self.topics.append(topic)`; and
those under a key of a library object, `session.info["events"].append(event)`.

What is put in is told apart by who calls the function that does it, so that keys stay with their values. Of the other
collections only those of the same module and attributes of the same class are followed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from flowmap.linker.activations import activations
from flowmap.linker.additions import ONE_BY_ONE
from flowmap.linker.loops import turns
from flowmap.linker.making import deferred, ready
from flowmap.linker.storage import is_same
from flowmap.linker.tables import Store
from flowmap.linker.terms import Class, Deferred, Elements, Entries, Frame, Instance, Literal, Place, Term, Value
from flowmap.linker.units import ScopeRef, Unit
from flowmap.model import expression as ir

if TYPE_CHECKING:
    from flowmap.linker.view import View

MAX_FILLED = 240
"""What is followed into one collection."""
BEFORE = ("stores", "filling", "mro", "decorators", "layers", "resolved")
"""Questions that are answered without a look at what fills collections: finding that out rests on them."""
MAX_CALLS = 60
"""Calls of one name; a function that may be called more often is not told apart by its callers."""


@dataclass(frozen=True, slots=True)
class Filling:
    """`container[key] = value`, `container.append(value)` (no key), or, `nested`, `container[key].append(value)`."""

    scope: ScopeRef
    position: int
    container: ir.Expression
    key: ir.Expression | None
    value: ir.Expression
    nested: bool = False


def filled_name(view: View, value: Value, path: str, name: str) -> Value:
    """The collections that a module holds under a name, with what its functions put into them."""
    if not _is_collection(value):
        return value
    unit = view.unit(path)
    fillings = [f for f in _fillings(view, unit).get(ir.Name(name), ()) if _is_global(unit, f.scope.index, name)]
    return _filled(view, value, fillings, None)


def filled_attribute(view: View, value: Value, instance: Instance, name: str) -> Value:
    """The collections in an attribute, with what methods of the class and of those above it put into them."""
    if not _is_collection(value):
        return value
    cls = instance.scope
    fillings: list[Filling] = view.guarded(("filled by", cls, name), lambda: list(_in_methods(view, cls, name)), [])
    return _filled_by_others(view, _filled(view, value, fillings, instance), instance, name)


def _filled_by_others(view: View, value: Value, instance: Instance, name: str) -> Value:
    """The collections in an attribute, with what code puts there that is none of the object's own (`reg.handlers[k] = f`)."""
    nothing: dict[str, list[Filling]] = {}
    known = view.guarded(("fillings of attributes",), lambda: _all_of_attributes(view), nothing).get(name, ())
    if not known or len(known) > MAX_FILLED or view.rests_on(*BEFORE):
        return value
    owned = [(f, f.container.value) for f in known if isinstance(f.container, ir.Attribute)]
    placed = [(f, p) for f, owner in owned for p in _places(view, f, None) if is_same(view, instance, owner, p)]
    return tuple(_extended(view, t, placed, more=False) for t in value) if placed else value


def _all_of_attributes(view: View) -> dict[str, list[Filling]]:
    """What is put into attributes of objects that are not the method's own, by the attribute."""
    found: dict[str, list[Filling]] = {}
    for path in sorted(view.files):
        unit = view.unit(path)
        for index, scope in enumerate(unit.summary.scopes):
            for store in unit.table(index).stores if scope.kind != "class" else ():
                filling = _filling(ScopeRef(path, index), store)
                if filling is not None and isinstance(filling.container, ir.Attribute) and not _is_own(unit, filling):
                    found.setdefault(filling.container.attr, []).append(filling)
    return found


def _is_own(unit: Unit, filling: Filling) -> bool:
    """Whether the object that is filled is the one whose method, or a function in it, does so."""
    assert isinstance(filling.container, ir.Attribute)
    index = filling.scope.index
    while index > 0:
        scope = unit.scope(index)
        if unit.scope(scope.parent).kind == "class":
            return bool(scope.parameters) and filling.container.value == ir.Name(scope.parameters[0].name)
        index = scope.parent
    return False


def filled_item(view: View, value: Value, owner: Term, key: Term) -> Value:
    """The collections under a constant key of an object that is no collection itself (`session.info["events"]`), with what any
    function puts into them."""
    if not _is_collection(value) or not isinstance(key, Literal):
        return value
    nothing: ItemFillings = {}
    known = view.aside(("item fillings",), lambda: _all_item_fillings(view), nothing).get(key, ())
    places = ((f, view.symbolic_place(f.scope, f.position)) for f in known[:MAX_FILLED])
    return _filled(view, value, [f for f, p in places if is_same(view, owner, f.container, p)], None)


def _all_item_fillings(view: View) -> ItemFillings:
    """What functions put into `container[key]`, by the key, where that is written as a constant."""
    found: ItemFillings = {}
    for path in sorted(view.files):
        for fillings in _fillings(view, view.unit(path)).values():
            for filling in fillings:
                if filling.nested and isinstance(filling.key, ir.Constant) and isinstance(filling.key.value, str):
                    found.setdefault(Literal(filling.key.value), []).append(replace(filling, key=None, nested=False))
    return found


def _in_methods(view: View, cls: ScopeRef, name: str) -> Iterator[Filling]:
    for ref in (b.scope for b in view.mro(cls) if isinstance(b, Class)):
        for container, fillings in _fillings(view, view.unit(ref.path)).items():
            if isinstance(container, ir.Attribute) and container.attr == name:
                yield from (f for f in fillings if container.value == ir.Name(_receiver_name(view, f.scope, ref) or ""))


def _is_collection(value: Value) -> bool:
    """Whether something can be put into one of the terms."""
    return any(isinstance(t, Entries | Elements) for t in value)


def _filled(view: View, value: Value, fillings: list[Filling], instance: Instance | None) -> Value:
    """The collections of a value with what is put into them."""
    if not fillings or view.rests_on(*BEFORE):
        return value
    placed = [(f, p) for f in fillings for p in _places(view, f, instance)]
    more = len(placed) > MAX_FILLED
    return tuple(_extended(view, t, placed[:MAX_FILLED], more) for t in value) if placed else value


ItemFillings: TypeAlias = dict[Term, list[Filling]]
Fillings: TypeAlias = dict[ir.Expression, list[Filling]]


def _fillings(view: View, unit: Unit) -> Fillings:
    """What the functions of a module put into collections, by the names and attributes under which they know them."""
    return view.guarded(("fillings", unit.path), lambda: _all_fillings(unit), {})


def _all_fillings(unit: Unit) -> Fillings:
    found: Fillings = {}
    for index, scope in enumerate(unit.summary.scopes):
        for store in unit.table(index).stores if scope.kind in {"function", "lambda"} else ():
            filling = _filling(ScopeRef(unit.path, index), store)
            if filling is not None and isinstance(filling.container, ir.Name | ir.Attribute):
                found.setdefault(filling.container, []).append(filling)
    return found


def _filling(ref: ScopeRef, store: Store) -> Filling | None:
    value, position = store.binding.value, store.binding.position
    if value is None or store.attr is not None or store.binding.path:
        return None
    if store.index is not None and store.binding.kind == "assign":
        return Filling(ref, position, store.target, store.index, value)
    if store.binding.kind not in ONE_BY_ONE:
        return None
    match store.target:
        case ir.Subscript(value=container, index=key):
            return Filling(ref, position, container, key, value, nested=True)
        case ir.Call(callee=ir.Attribute(value=container, attr="setdefault"), arguments=(ir.Argument(value=key), *_)):
            return Filling(ref, position, container, key, value, nested=True)
        case container:
            return Filling(ref, position, container, None, value)


def _is_global(unit: Unit, index: int, name: str) -> bool:
    """Whether a name in a function is the module's own."""
    while index > 0:
        scope = unit.scope(index)
        if scope.kind != "class" and (name in unit.table(index).names or any(p.name == name for p in scope.parameters)):
            return False
        index = scope.parent
    return True


def _receiver_name(view: View, ref: ScopeRef, cls: ScopeRef) -> str | None:
    """What a scope calls the object whose method it is, or is defined in; None if that is of another class."""
    while ref.index > 0:
        scope = view.scope(ref)
        if scope.parent == cls.index and ref.path == cls.path:
            return scope.parameters[0].name if scope.parameters and scope.kind == "function" else None
        ref = ScopeRef(ref.path, scope.parent)
    return None


def _places(view: View, filling: Filling, instance: Instance | None) -> list[Place]:
    """Where something is put in, once for each way in which the function around it is known to be called, and for each turn of the
    loops there."""
    key = ("filling", filling.scope, filling.position, instance)
    frames: list[Frame] = view.guarded(key, lambda: _frames(view, filling.scope, instance), [])
    start = (Place(f, filling.scope, filling.position) for f in frames or [view.symbolic_place(filling.scope).frame])
    return [turn for place in start for turn in turns(view, place, view.scope(filling.scope).statements[filling.position].block)]


def _frames(view: View, ref: ScopeRef, instance: Instance | None) -> list[Frame]:
    found: list[Frame] = []
    if len(view.callers.named(view.scope(ref).name)) > MAX_CALLS:
        return []
    for caller in view.callers.of(ref, 0):
        if caller.kind != "closure":
            found += activations(view, caller, ref, 0)
    return [f for f in dict.fromkeys(found) if instance is None or _same_object(f, instance)]


def _same_object(frame: Frame, instance: Instance) -> bool:
    """Whether the method, or the one around it, may run on the object."""
    at: Frame | None = frame
    while at is not None and at.receiver is None:
        at = at.closure
    if at is None or not isinstance(at.receiver, Instance) or at.receiver.creation is None or instance.creation is None:
        return True
    return at.receiver.creation == instance.creation


def _extended(view: View, term: Term, placed: list[tuple[Filling, Place]], more: bool) -> Term:
    if isinstance(term, Elements):
        added = [deferred(f.value, p) for f, p in placed if f.key is None]
        return replace(term, items=(*term.items, *added), open=_open(term, bool(added)) or more)
    if isinstance(term, Entries):
        items: list[tuple[Deferred | None, Deferred]] = list(term.items)
        items += [(deferred(f.key, p), deferred(f.value, p)) for f, p in placed if f.key is not None and not f.nested]
        lists: dict[Value, list[Deferred]] = {}
        for filling, place in placed:
            if filling.nested and filling.key is not None:
                lists.setdefault(view.values(filling.key, place), []).append(deferred(filling.value, place))
        items += [(ready(key), ready((Elements(tuple(values)),))) for key, values in lists.items()]
        return Entries(tuple(items), _open(term, len(items) > len(term.items)) or more)
    return term


def _open(term: Elements | Entries, added: bool) -> bool:
    """Whether more may come: not where it was made empty (`defaultdict(list)`) and what fills it is known."""
    return term.open and (bool(term.items) or not added)
