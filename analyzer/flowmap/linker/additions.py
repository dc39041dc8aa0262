"""What a scope itself puts into a collection after it was made: `d[k] = v`, `d[k][l] = v`, `d.update(x=v)`, `xs.append(v)`.

What is put in last counts, wherever the collection is read: another name for it may be read later. What a branch puts in that may
not be taken stands beside what was there before.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flowmap.linker import branches, collections, loops
from flowmap.linker.making import deferred, ready
from flowmap.linker.tables import Store, enclosing
from flowmap.linker.terms import Deferred, Elements, Entries, Literal, Place, Term, Value
from flowmap.linker.texts import bounded
from flowmap.model import expression as ir

if TYPE_CHECKING:
    from flowmap.linker.view import View

ONE_BY_ONE = {"append", "add", "appendleft", "insert", "insort"}
"""Methods that put in one element, and what functions do that sort one in."""

MAX_AT_ONCE = 24
"""Entries of a mapping that are worked out while it is filled; what a larger one has under one key is put together where that is
read."""


def extended(view: View, value: Value, name: str, place: Place) -> Value:
    """The collections that a scope keeps under a name, with what its statements put into them."""
    for store in view.unit(place.scope.path).table(place.scope.index).stores if _any_collection(value) else ():
        keys = _way(store.target, name) if store.attr is None else None
        taken = branches.taken(view, place, store.binding.block) if keys is not None else False
        if keys is not None and taken is not False:
            at = Place(place.frame, place.scope, store.binding.position, place.overlay)
            sure = taken is True
            for turn in [at] if keys else _turns(view, store, at):
                sure = sure or turn is not at
                value = tuple(_stored(view, term, keys, store, turn, sure=sure) for term in value)
    return value


def _turns(view: View, store: Store, at: Place) -> list[Place]:
    """The place of a statement that puts in something under a key, once per turn of the loops right around it."""
    blocks = view.scope(at.scope).blocks
    only_loops = all(blocks[b].kind == "for" for b in enclosing(blocks, store.binding.block))
    return loops.turns(view, at, store.binding.block) if store.index is not None and only_loops else [at]


def _any_collection(value: Value) -> bool:
    return any(isinstance(t, Entries | Elements) for t in value)


def _way(target: ir.Expression, name: str) -> tuple[ir.Expression, ...] | None:
    """The keys by which a target is reached from a name; None if it is not reached from it."""
    match target:
        case ir.Name(id=known):
            return () if known == name else None
        case ir.Subscript(value=inner, index=index):
            keys = _way(inner, name)
            return (*keys, index) if keys is not None else None
        case _:
            return None


def _stored(view: View, term: Term, keys: tuple[ir.Expression, ...], store: Store, at: Place, *, sure: bool) -> Term:
    """The collection with what one statement puts into it, or into one of its items; `sure` says that it certainly runs."""
    if not keys:
        return _put(view, term, store, at, sure=sure)
    if not isinstance(term, Entries | Elements):
        return term
    index = view.values(keys[0], at)
    if isinstance(term, Entries) and _lacks(view, term, index):  # it makes its entries itself, else the statement would fail
        inner: Value = (Entries((), term.open) if keys[1:] or store.index is not None else Elements((), term.open),)
    else:
        inner = collections.item(view, (term,), index)
    value = tuple(_stored(view, t, keys[1:], store, at, sure=sure) for t in inner)
    return _set(view, term, deferred(keys[0], at), ready(value)) if value != inner else term


def _lacks(view: View, term: Entries, index: Value) -> bool:
    """Nothing that is known of a mapping can stand under a key yet."""
    wanted = {collections.plain(view, t) for t in index}
    names = {collections.plain(view, t) for k, _ in term.items if k is not None for t in view.force(k)}
    return not term.items or (all(k for k, _ in term.items) and None not in wanted | names and wanted.isdisjoint(names))


def _put(view: View, term: Term, store: Store, at: Place, *, sure: bool) -> Term:
    if store.binding.value is None:
        return term
    value = ready(view.bound(store.binding, at)) if store.binding.path else deferred(store.binding.value, at)
    match term:
        case Entries(items=items) if store.binding.kind == "setdefault" and store.index is not None:
            return replace(term, items=((deferred(store.index, at), value), *items))
        case Entries() | Elements() if store.index is not None:
            key = replace(deferred(store.index, at), perhaps=not sure)
            later = sure or (isinstance(term, Entries) and len(term.items) > MAX_AT_ONCE)
            return _set(view, term, key, value if later else _beside(view, term, key, value))
        case Entries(items=items) if store.binding.kind == "update":
            known = [collections.mapping(view, t) for t in view.force(value)]
            added = tuple(i for entries in known if entries is not None for i in entries.items)
            more = any(entries is None or entries.open for entries in known)
            return Entries((*items, *added), term.open or more)
        case Elements(items=items) if store.binding.kind in ONE_BY_ONE:
            return replace(
                term, items=(*items, replace(value, perhaps=not sure)), ordered=term.ordered and store.binding.kind != "insort"
            )
        case Elements() if store.binding.kind in {"extend", "update"}:
            return collections.joined((term,), view.force(value))[0]
        case _:
            return term


def _beside(view: View, term: Entries | Elements, key: Deferred, value: Deferred) -> Deferred:
    """A value with what stands under its key already."""
    keys = view.force(key)
    if not all(isinstance(k, Literal) for k in keys):
        return value
    there = [t for t in collections.item(view, (term,), keys) if collections.is_something(t)]
    return ready(bounded((*there, *view.force(value)))) if there else value


def _set(view: View, term: Entries | Elements, key: Deferred, value: Deferred) -> Term:
    """The collection with `collection[key] = value` done."""
    if isinstance(term, Entries):
        return replace(term, items=(*term.items, (key, value)))
    known = view.force(key)
    number = known[0].value if len(known) == 1 and isinstance(known[0], Literal) else None
    if term.ordered and isinstance(number, int) and -len(term.items) <= number < len(term.items):
        items = list(term.items)
        items[number] = value
        return replace(term, items=tuple(items))
    return replace(term, items=(*term.items, value), ordered=False)
