"""Functions that are handed to somebody outside the scan, who calls them: with which arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker import collections
from flowmap.linker.making import passed, ready
from flowmap.linker.terms import Deferred, Passed, Place
from flowmap.model import expression as ir

if TYPE_CHECKING:
    from flowmap.linker.view import View

MAPPERS = {"map", "imap", "map_async", "imap_unordered", "starmap", "filter"}
"""Functions that call what they are given once per element of what follows."""
MAX_ROWS = 64
"""Elements that a mapped function is followed with one by one."""


def handed_over(call: ir.Call, index: int | None, keyword: str | None) -> tuple[ir.Expression, tuple[ir.Argument, ...]] | None:
    """The function argument, and the arguments that follow it."""
    if keyword is not None:
        return next(((a.value, ()) for a in call.arguments if a.keyword == keyword), None)
    positional = [a for a in call.arguments if a.keyword is None]
    if index is None or index >= len(positional):
        return None
    keywords = tuple(a for a in call.arguments if a.keyword is not None)
    return positional[index].value, (*positional[index + 1 :], *keywords)


def handed_arguments(view: View, call: ir.Call, arguments: tuple[ir.Argument, ...], place: Place) -> list[tuple[Passed, ...]]:
    """The arguments with which the function will be called: those that follow it, those in `args` and `kwargs`, or, mapped over
    collections, once for each row of elements."""
    name = call.callee.attr if isinstance(call.callee, ir.Attribute) else call.callee.id if isinstance(call.callee, ir.Name) else ""
    if name in MAPPERS and arguments:
        stars = int(name == "starmap")
        return [tuple(Passed(item, None, stars) for item in row) for row in _rows(view, arguments, place)]
    return [passed(arguments, place) + _packed(call, place)]


def _rows(view: View, arguments: tuple[ir.Argument, ...], place: Place) -> list[tuple[Deferred, ...]]:
    columns: list[tuple[Deferred, ...]] = []
    for argument in arguments:
        if argument.keyword is None and not argument.stars:
            value = view.values(argument.value, place)
            known = [k for t in value if (k := collections.elements(view, t)) is not None and not k.open]
            whole = len(known) == len(value) == 1 and len(known[0].items) <= MAX_ROWS
            columns.append(known[0].items if whole else (ready(collections.iterate(view, value)),))
    return list(zip(*columns, strict=False))


def _packed(call: ir.Call, place: Place) -> tuple[Passed, ...]:
    """`args=(...)`, `kwargs={...}` of threads, processes and timers."""
    found: list[Passed] = []
    for argument in call.arguments:
        if argument.keyword in {"args", "kwargs"}:
            stars = 1 if argument.keyword == "args" else 2
            found += [Passed(p.value, None, stars) for p in passed((ir.Argument(argument.value),), place)]
    return tuple(found)
