"""What a publisher puts into a message: the shape of the value that it hands to the library, through what writes it down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from flowmap.linker.envelopes import MAX_LAYERS, arguments_of, is_text, kind_of, schema_of, written_down
from flowmap.linker.fields import field_value
from flowmap.linker.mappings import walk
from flowmap.linker.modelled import Declared, inner_class, modelled, spelled
from flowmap.linker.mutated import filled_elsewhere
from flowmap.linker.shapes import ANYTHING, ITEM, LIST, MAX_DEPTH, MAX_FIELDS, NULL, OBJECT, Part, Shape, as_payload, simple, union
from flowmap.linker.tables import expressions
from flowmap.linker.terms import (
    Deferred,
    Elements,
    Entries,
    EnumMember,
    Instance,
    Literal,
    Made,
    Member,
    Promised,
    Template,
    Term,
    Value,
    Written,
)
from flowmap.linker.units import ScopeRef
from flowmap.linker.waiting import depends
from flowmap.model import expression as ir
from flowmap.model.location import Location
from flowmap.model.payload import Payload

if TYPE_CHECKING:
    from flowmap.linker.view import View

PARTIAL = {"exclude_none", "exclude_unset", "exclude_defaults"}
"""Arguments by which only some of the fields are written down."""


def payload_of(view: View, value: Value, through: Iterable[ScopeRef]) -> Payload | None:
    """What a message holds that is made of a value and handed through some functions; None if nothing is known of it."""
    if not value:
        return None
    shape = shape_of(view, value, 0)
    for ref in dict.fromkeys(through):
        added = _added_by(view, ref)
        shape = replace(shape, parts={**added.parts, **shape.parts}, open=shape.open or added.open)
    found = as_payload(shape)
    return found if found.fields or not found.open else None


def shape_of(view: View, value: Value, depth: int) -> Shape:
    """The shape of all that a value can be, `depth` levels down in a message."""
    return union([_shape(view, t, depth, 0) for t in value])


def _inner(view: View, value: Value, depth: int, layers: int) -> Shape:
    return union([_shape(view, t, depth, layers + 1) for t in value])


def _shape(view: View, term: Term, depth: int, layers: int) -> Shape:
    if layers > MAX_LAYERS:
        return ANYTHING
    match term:
        case Literal() | Template() | Written():
            return simple(_simple(term))
        case Entries():
            return _object(view, term, depth)
        case Elements():
            return _list(view, term, depth, layers)
        case Instance():
            return _described(view, term, depth)
        case Member(owner=Instance() as owner, name="__dict__"):
            return _described(view, owner, depth)
        case Made() if not depends(term):
            return _made(view, term, depth, layers)
        case _:
            value = _known(view, term)
            return _inner(view, value, depth, layers) if value != (term,) else ANYTHING


def _simple(term: Literal | Template | Written) -> str:
    if not isinstance(term, Literal):
        return "str"
    return NULL if term.value is None else type(term.value).__name__


def _known(view: View, term: Term) -> Value:
    """What a term that has no shape of its own is in the end."""
    match term:
        case EnumMember():
            return view.enum_value(term)
        case Promised(of=inner, kinds=kinds):
            closed = view.close((inner,))
            return kinds if any(depends(t) for t in closed) else closed
        case _:
            return view.close((term,))


def _made(view: View, term: Made, depth: int, layers: int) -> Shape:
    """What a library call makes of what it is given."""
    kind = kind_of(term, inside=depth > 0)
    if kind:
        return simple(kind)
    arguments = arguments_of(term)
    shape = _inner(view, written_down(view, term, arguments), depth, layers)
    shape = replace(shape, model=schema_of(term) or shape.model)
    if depth and is_text(term):
        shape = replace(shape, type="", model="")
    if not any(a.keyword in PARTIAL for a in arguments):
        return shape
    parts = {name: Part(p.shape, p.where, always=False) for name, p in shape.parts.items()}
    return replace(shape, parts=parts)


def _list(view: View, term: Elements, depth: int, layers: int) -> Shape:
    if depth >= MAX_DEPTH or not term.items:
        return Shape(LIST, {}, open=term.open or bool(term.items))
    inside = [_shape(view, t, depth, layers + 1) for i in term.items[:MAX_FIELDS] for t in view.force(i)]
    return Shape(LIST, {ITEM: Part(union(inside), _nowhere(view, term.items))}, term.open)


def _object(view: View, term: Entries, depth: int) -> Shape:
    """A mapping; the entry that is put in last counts, and beside it the one before, if only a branch puts it in."""
    parts: dict[str, Part] = {}
    more = term.open or len(term.items) > MAX_FIELDS
    for key, value in term.items[:MAX_FIELDS]:
        names = [t.value if isinstance(t, Literal) else None for t in view.texts(view.force(key))] if key is not None else [None]
        for name in names:
            if isinstance(name, str):
                where = _where(view, key, value)
                inside = shape_of(view, view.force(value), depth + 1) if depth < MAX_DEPTH else ANYTHING
                sure = len(names) == 1 and key is not None and not key.perhaps
                known = parts.get(name)
                before = [known.shape] if known is not None and key is not None and key.perhaps else []
                parts[name] = Part(union([*before, inside]), where, sure or (known is not None and known.always))
            else:
                more = True
    return Shape(OBJECT, parts, more or filled_elsewhere(view, term))


def _where(view: View, key: Deferred | None, value: Deferred) -> Location:
    """The line of an entry."""
    at = next((d for d in (key, value) if d is not None and d.place is not None), None)
    if at is None or at.place is None:
        return _nowhere(view, (value,))
    ref, position = at.place.scope, at.place.position
    scope = view.scope(ref)
    if position >= len(scope.statements):
        return view.unit(ref.path).location(scope.line or 1, scope.line or 1)
    lines: dict[int, int] = view.guarded(("entry lines", ref, position), lambda: _lines(view, ref, position), {})
    line = lines.get(id(at.expression)) or scope.statements[position].line
    return view.unit(ref.path).location(line, line)


def _lines(view: View, ref: ScopeRef, position: int) -> dict[int, int]:
    """The lines of the entries of all dict displays in a statement, by their keys and values."""
    found: dict[int, int] = {}
    for node in (n for e in expressions(view.scope(ref).statements[position]) for n in walk(e) if isinstance(n, ir.Mapping)):
        for item in node.items:
            found |= {id(e): item.line for e in (item.key, item.value) if e is not None and item.line}
    return found


def _nowhere(view: View, items: tuple[Deferred, ...]) -> Location:
    """The line of the first of some values; that of the question where none of them has one."""
    for item in items:
        if item.place is not None and item.place.position < len(view.scope(item.place.scope).statements):
            line = view.scope(item.place.scope).statements[item.place.position].line
            return view.unit(item.place.scope.path).location(line, line)
    path, line = view.asked_of
    return Location(path, line, line)


def _described(view: View, instance: Instance, depth: int) -> Shape:
    """An object of a class that declares its fields; of others nobody can tell how they are written down."""
    name = view.scope(instance.scope).name
    model = modelled(view, instance.scope)
    if model is None or depth >= MAX_DEPTH:
        return Shape(OBJECT, {}, open=True, model=name)
    parts: dict[str, Part] = {}
    for found in model.fields:
        shape = _field_shape(view, instance, found, depth)
        for number, known_as in enumerate(found.names):
            parts[known_as] = Part(shape, found.where, always=number == 0)
    return Shape(OBJECT, parts, model.open, name)


def _field_shape(view: View, instance: Instance, field: Declared, depth: int) -> Shape:
    cls, several = inner_class(view, field)
    if cls is not None:
        inside = (
            Shape(OBJECT, {}, True, view.scope(cls).name) if cls == instance.scope else _described(view, Instance(cls), depth + 1)
        )
        return Shape(LIST, {ITEM: Part(inside, field.where)}) if several else inside
    said = spelled(field.annotation)
    given = field_value(view, instance, field.names[-1]) if instance.creation is not None else None
    if given and said in {"", "dict", "Mapping", "list", "Sequence", "T"}:
        return shape_of(view, given, depth + 1)
    loose = said in {"", "dict", "Mapping", "list", "Sequence", "object", "T", "tuple"} or several
    return Shape(LIST if several else {"dict": OBJECT}.get(said, said), {}, open=loose)


def _added_by(view: View, ref: ScopeRef) -> Shape:
    """What a function puts into the mappings that it is given, whichever of them it sends."""
    scope = view.scope(ref)
    names = {p.name for p in scope.parameters}
    parts: dict[str, Part] = {}
    more = False
    for store in view.unit(ref.path).table(ref.index).stores:
        if store.attr is None and isinstance(store.target, ir.Name) and store.target.id in names:
            found = view.values(store.index, view.symbolic_place(ref, store.binding.position)) if store.index is not None else ()
            for term in found or (None,):
                if isinstance(term, Literal) and isinstance(term.value, str):
                    line = scope.statements[store.binding.position].line
                    parts[term.value] = Part(ANYTHING, view.unit(ref.path).location(line, line), always=False)
                else:
                    more = more or store.binding.kind in {"update", "assign"}
    return Shape(OBJECT, parts, more)
