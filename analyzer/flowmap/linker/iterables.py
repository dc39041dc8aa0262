"""What the language does with collections as wholes: making, ordering, numbering, pairing them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from flowmap.linker import collections, conditions
from flowmap.linker.making import ready
from flowmap.linker.subjects import given
from flowmap.linker.terms import Deferred, Elements, Entries, Link, Literal, Passed, Symbol, Term, Unknown, Value
from flowmap.linker.texts import bounded
from flowmap.linker.waiting import depends
from flowmap.model import expression as ir

if TYPE_CHECKING:
    from flowmap.linker.view import View

MAX_MAPPED = 64
"""Elements to which a function is applied one by one."""


def as_set(view: View, known: Elements) -> Elements:
    """The elements without repetitions, in no order."""
    distinct: dict[object, Deferred] = {}
    for item in known.items:
        value = view.force(item)
        distinct.setdefault(value if len(value) == 1 and isinstance(value[0], Literal) else item, item)
    return Elements(tuple(distinct.values()), known.open, ordered=len(distinct) < 2)


def as_sorted(view: View, known: Elements, *, backwards: bool) -> Elements:
    """The elements as `sorted` leaves them: in no known order where they are no known texts or numbers of one kind."""
    keys = [value[0].value for item in known.items if len(value := view.force(item)) == 1 and isinstance(value[0], Literal)]
    texts, numbers = [k for k in keys if isinstance(k, str)], [k for k in keys if isinstance(k, int | float)]
    if known.open or len(known.items) not in {len(texts), len(numbers)}:
        return replace(known, ordered=len(known.items) < 2)
    order: list[str] | list[int | float] = sorted(texts, reverse=backwards) if texts else sorted(numbers, reverse=backwards)
    return Elements(tuple(ready((Literal(k),)) for k in order))


def _list(view: View, link: Link) -> Value:
    if not link.arguments:
        return (Elements((), open=True),)
    return bounded(collections.elements(view, t) or t for t in given(view, link, 0))


def _set(view: View, link: Link) -> Value:
    return bounded(as_set(view, t) if isinstance(t, Elements) else t for t in _list(view, link))


def _sorted(view: View, link: Link) -> Value:
    plain = all(a.keyword in {None, "reverse"} for a in link.arguments)
    backwards = [conditions.truth(t) for a in link.arguments if a.keyword == "reverse" for t in view.force(a.value)] or [False]
    known = _list(view, link)
    if plain and len(backwards) == 1 and backwards[0] is not None:
        return bounded(as_sorted(view, t, backwards=backwards[0]) if isinstance(t, Elements) else t for t in known)
    return bounded(replace(t, ordered=False) if isinstance(t, Elements) else t for t in known)


def _reversed(view: View, link: Link) -> Value:
    return bounded(replace(t, items=t.items[::-1]) if isinstance(t, Elements) else t for t in _list(view, link))


def _next(view: View, link: Link) -> Value | None:
    """`next(iter(xs))` and `next(x for x in xs)` give the first element; of an iterator that may have moved, any."""
    source = link.arguments[0].value.expression if link.arguments else None
    fresh = isinstance(source, ir.Comprehension | ir.Call)
    found: list[Term] = []
    for term in given(view, link, 0):
        known = collections.elements(view, term)
        if known is None:
            return None
        first = fresh and known.ordered and not known.open
        found += [t for item in known.items[: 1 if first else None] for t in view.force(item)]
    return bounded(found) or given(view, link, 1) or None


def _dict(view: View, link: Link) -> Value:
    items: list[tuple[Deferred | None, Deferred]] = []
    more = not link.arguments
    for argument in link.arguments:
        if argument.keyword is not None:
            items.append((ready((Literal(argument.keyword),)), argument.value))
            continue
        for term in view.force(argument.value):
            known = collections.mapping(view, term) or _paired(view, term)
            items += known.items if known is not None else ()
            more = more or known is None or known.open
    return (Entries(tuple(items), more),)


def _paired(view: View, term: Term) -> Entries | None:
    """The mapping that pairs of keys and values make; None if one of them is no pair."""
    if not isinstance(term, Elements):
        return None
    items: list[tuple[Deferred | None, Deferred]] = []
    for item in term.items:
        match view.force(item):
            case (Elements(items=(key, value), open=False),):
                items.append((key, value))
            case _:
                return None
    return Entries(tuple(items), term.open)


def _number(start: Value, index: int) -> Deferred:
    """The number of an element, counted from a start that is known."""
    first = start[0].value if len(start) == 1 and isinstance(start[0], Literal) else None
    return ready((Literal(first + index) if isinstance(first, int) else Unknown("a number"),))


def _enumerate(view: View, link: Link) -> Value:
    found: list[Term] = []
    start = given(view, link, 1, "start") if len(link.arguments) > 1 else (Literal(0),)
    for term in given(view, link, 0):
        known = collections.elements(view, term)
        if known is None:
            found.append(Unknown("an enumeration of something unknown"))
        else:
            pairs = (ready((Elements((_number(start, n), item)),)) for n, item in enumerate(known.items))
            found.append(Elements(tuple(pairs), known.open, known.ordered))
    return bounded(found)


def _columns(view: View, arguments: tuple[Passed, ...]) -> list[Elements] | None:
    """What a call that goes through several collections side by side goes through; None if one is not known."""
    columns = [next((k for t in view.force(a.value) if (k := collections.elements(view, t))), None) for a in arguments]
    known = [c for c in columns if c is not None]
    return known if len(known) == len(columns) else None


def _zip(view: View, link: Link) -> Value:
    columns = _columns(view, link.arguments)
    if columns is None:
        return (Unknown("a zip of something unknown"),)
    rows = (ready((Elements(tuple(row)),)) for row in zip(*(c.items for c in columns), strict=False))
    return (Elements(tuple(rows)),)


def _map(view: View, link: Link) -> Value | None:
    functions, columns = given(view, link, 0), _columns(view, link.arguments[1:])
    if not columns or any(depends(f) for f in functions):
        return _later(view, link, "a map of something unknown")
    found: list[Deferred] = []
    for number, row in enumerate(zip(*(c.items[:MAX_MAPPED] for c in columns), strict=False)):
        made_by = Link(link.place, tuple(Passed(item) for item in row), (*link.key, -1 - number))
        found.append(ready(bounded(t for f in functions for t in view.apply(f, made_by, None))))
    more = any(c.open or len(c.items) > MAX_MAPPED for c in columns)
    return (Elements(tuple(found), more, all(c.ordered for c in columns)),)


def _later(view: View, link: Link, reason: str) -> Value | None:
    """What is not known before it is known who calls; None if that tells nothing."""
    return (Unknown(reason),) if any(depends(t) for a in link.arguments for t in view.force(a.value)) else None


def _filter(view: View, link: Link) -> Value | None:
    """The elements that a function says something true of, or that are something themselves; one of which nobody knows is."""
    functions, columns = given(view, link, 0), _columns(view, link.arguments[1:])
    if not columns or any(depends(f) for f in functions):
        return _later(view, link, "a filter of something unknown")
    kept: list[Deferred] = []
    more = columns[0].open
    for number, item in enumerate(columns[0].items):
        if functions in THEMSELVES:
            there = tuple(t for t in view.force(item) if conditions.truth(t) is not False)
            kept += (ready(there),) if there else ()
            continue
        made_by = Link(link.place, (Passed(item),), (*link.key, -1 - number))
        held = conditions.decided(bounded(t for f in functions for t in view.apply(f, made_by, None)))
        kept += (item,) if held is not False else ()
        more = more or held is None
    return (Elements(tuple(kept), more, columns[0].ordered),)


THEMSELVES: tuple[Value, ...] = ((Literal(None),), (Symbol("builtins.bool"),), (Symbol("builtins.len"),))
"""What `filter` is given to keep the elements that are something."""

FUNCTIONS: Mapping[str, Callable[[View, Link], Value | None]] = {
    "builtins.list": _list,
    "builtins.tuple": _list,
    "builtins.set": _set,
    "builtins.frozenset": _set,
    "builtins.sorted": _sorted,
    "builtins.reversed": _reversed,
    "builtins.next": _next,
    "builtins.dict": _dict,
    "builtins.enumerate": _enumerate,
    "builtins.zip": _zip,
    "builtins.map": _map,
    "builtins.filter": _filter,
    "collections.OrderedDict": _dict,
    "collections.defaultdict": lambda _view, _link: (Entries((), open=True),),
}
