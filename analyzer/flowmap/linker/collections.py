"""Lists, tuples and mappings as values: taking an item, iterating, unpacking, putting together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from flowmap.linker import enums
from flowmap.linker.making import deferred, ready
from flowmap.linker.surroundings import opened, opened_at
from flowmap.linker.tables import Path
from flowmap.linker.terms import (
    Class,
    Deferred,
    Element,
    Elements,
    Entries,
    EnumMember,
    Literal,
    Parsed,
    Place,
    Selection,
    Term,
    Unknown,
    Value,
)
from flowmap.linker.texts import bounded
from flowmap.linker.waiting import depends
from flowmap.model import expression as ir

if TYPE_CHECKING:
    from flowmap.linker.view import View


def elements(view: View, term: Term) -> Elements | None:
    """What an iteration over the term meets: the keys of a mapping, what `__iter__` gives; None if not known."""
    match term:
        case Elements():
            return term
        case Parsed():
            return elements(view, opened(view.surroundings, term))
        case Entries(items=items, open=more):
            return Elements(tuple(k for k, _ in items if k is not None), more)
        case _:
            return view.iterated(term)


def mapping(view: View, term: Term) -> Entries | None:
    """The term as a mapping whose entries are known; None if it is none."""
    level = opened(view.surroundings, term) if isinstance(term, Parsed) else term
    return level if isinstance(level, Entries) else None


def iterate(view: View, value: Value) -> Value:
    """One element of an iteration, any of them."""
    found: list[Term] = []
    for term in value:
        known = elements(view, term)
        if known is None:
            found.append(term if isinstance(term, Unknown) else Element(term))
        else:
            found += [t for item in known.items for t in view.force(item)]
            found += [Unknown("an element added elsewhere")] if known.open and not known.items else []
    return bounded(found)


def unpack(view: View, value: Value, path: Path) -> Value:
    """The part of a value that a target at `path` takes."""
    for step in path:
        value = item(view, value, (Literal(step),)) if isinstance(step, int) else tuple(_rest(view, t, *step) for t in value)
    return value


def _rest(view: View, term: Term, before: int, after: int) -> Term:
    """What a starred target takes."""
    known = elements(view, term)
    if known is None:
        return term if isinstance(term, Unknown) else Unknown("the rest of an unpacking")
    if not known.ordered or (known.open and after):
        return replace(known, ordered=False)
    return replace(known, items=known.items[before : len(known.items) - after])


def item(view: View, owners: Value, index: Value) -> Value:
    """`owner[index]` over all alternatives."""
    return bounded(t for owner in owners for key in index or (Unknown("no index"),) for t in _item(view, owner, key))


def _item(view: View, owner: Term, key: Term) -> Value:
    match owner:
        case Class(scope=scope) if view.iterated(owner) is not None:
            return (Selection(owner, key),) if depends(key) else enums.by_name(view, scope, key)
        case Parsed():
            known = Selection(owner, key) if depends(key) else opened_at(view.surroundings, owner, key)
            return (known,) if known is not None else _item(view, opened(view.surroundings, owner), key)
        case Entries() | Elements() if depends(key) and owner.items:
            return (Selection(owner, key),)
        case Entries():
            return _entry(view, owner, key)
        case Elements(items=items):
            return _at(view, owner, key) if items or owner.open else (Unknown("an item of an empty collection"),)
        case Literal(value=str()) | Unknown():
            return (Unknown("a part of a text") if isinstance(owner, Literal) else owner,)
        case _:
            return view.subscript(owner, key)


def _at(view: View, owner: Elements, key: Term) -> Value:
    if owner.ordered and isinstance(key, Literal) and isinstance(key.value, int) and not (owner.open and key.value < 0):
        if -len(owner.items) <= key.value < len(owner.items):
            return view.force(owner.items[key.value])
        return (Unknown("an item beyond the known ones"),)
    return bounded(t for i in owner.items for t in view.force(i))


def _entry(view: View, owner: Entries, key: Term) -> Value:
    wanted = plain(view, key)
    if wanted is None:
        return bounded(t for _, v in owner.items for t in view.force(v)) or (Unknown("an entry of an empty mapping"),)
    found: list[Deferred] = []
    unsure: list[Deferred] = []
    for k, v in owner.items:
        names = [plain(view, t) for t in view.force(k)] if k is not None else [None]
        if names == [wanted]:
            found = [*(found or unsure), v] if k is not None and k.perhaps else [v]
        elif wanted in names or None in names:
            unsure.append(v)
    if found:
        return bounded((*(t for v in found[:-1] for t in view.force(v) if is_something(t)), *view.force(found[-1])))
    return bounded(t for v in unsure for t in view.force(v)) or (Unknown(f"no entry {wanted.value!r} in the mapping"),)


def is_something(term: Term) -> bool:
    """Whether what was there before is worth naming beside what a branch may have put in its place."""
    return not isinstance(term, Unknown) and term != Literal(None)


def lacks(view: View, term: Term, key: str | int) -> bool:
    """Whether a mapping is known to have no such entry, or it is a list, which has none by a text."""
    if not isinstance(term, Entries) or term.open:
        return isinstance(term, Elements) and isinstance(key, str)
    keys = [plain(view, t) for k, _ in term.items if k is not None for t in view.force(k)]
    return all(k is not None for k, _ in term.items) and None not in keys and Literal(key) not in keys


def has(view: View, term: Term, key: str) -> bool:
    """Whether a mapping is known to have such an entry, whatever it holds."""
    known = mapping(view, term)
    return known is not None and any(k is not None and (Literal(key),) == view.force(k) for k, _ in known.items)


def plain(view: View, term: Term) -> Literal | None:
    """The constant that a key stands for; an enumeration member counts as itself, written as text."""
    if isinstance(term, EnumMember):
        return Literal(f"{term.scope.path}:{term.scope.index}.{term.name}") if not view.is_text_enum(term) else _first(view, term)
    return term if isinstance(term, Literal) else None


def _first(view: View, member: EnumMember) -> Literal | None:
    value = view.enum_value(member)
    return value[0] if len(value) == 1 and isinstance(value[0], Literal) else None


def joined(left: Value, right: Value) -> Value:
    """`left + right` of lists."""
    return (gathered([(term, term if isinstance(term, Elements) else None) for term in (*left, *right)]),)


def gathered(collections: Iterable[tuple[Term, Elements | None]]) -> Elements:
    """The elements of several collections, one after the other, of each of which is given what is known to be in it."""
    items: list[Deferred] = []
    parts: list[Term] = []
    more, ordered = False, True
    for term, known in collections:
        if known is None:
            parts.append(term)
            more = True
        else:
            ordered = ordered and known.ordered and not (more and known.items)
            items += known.items
            parts += known.parts
            more = more or known.open
    return Elements(tuple(items), more, ordered, bounded(t for t in parts if not isinstance(t, Unknown)))


def merged(left: Value, right: Value) -> Value:
    """`left | right` of mappings, later entries last (and so the ones that count)."""
    known = [t for t in (*left, *right) if isinstance(t, Entries)]
    if not known:
        return bounded((*left, *right))
    more = len(known) < len(left) + len(right) or any(e.open for e in known)
    return (Entries(tuple(i for e in known for i in e.items), more),)


def pairs(term: Entries) -> Elements:
    """`mapping.items()`."""
    items = ((k if k is not None else ready((Unknown("a key"),)), v) for k, v in term.items)
    return Elements(tuple(ready((Elements(pair),)) for pair in items), term.open)


def from_texts(texts: list[str]) -> Elements:
    """A list of known texts."""
    return Elements(tuple(ready((Literal(t),)) for t in texts))


def spread(view: View, arguments: tuple[ir.Argument, ...], place: Place) -> tuple[Deferred, ...]:
    """Positional arguments with `*known` unrolled."""
    found: list[Deferred] = []
    for argument in arguments:
        if argument.keyword is not None or argument.stars == 2:
            continue
        if argument.stars == 1:
            for term in view.values(argument.value, place):
                known = elements(view, term)
                found += known.items if known else ()
        else:
            found.append(deferred(argument.value, place))
    return tuple(found)
