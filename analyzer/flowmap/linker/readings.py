"""Numbers that a plugin asks for: seconds and counts, given outright, as texts of the environment, in pairs, or inside objects of
the library and of `datetime`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flowmap import plugin_api as api
from flowmap.linker.rendering import reason
from flowmap.linker.slots import ask
from flowmap.linker.subjects import Subject, of_creation
from flowmap.linker.terms import Elements, Literal, Symbol, Term

if TYPE_CHECKING:
    from flowmap.linker.view import View

UNITS = {"days": 86_400.0, "hours": 3_600.0, "minutes": 60.0, "seconds": 1.0, "milliseconds": 0.001}
"""The keywords of `datetime.timedelta`, in seconds."""
POSITIONS = {"days": 0, "seconds": 1, "milliseconds": 3, "minutes": 4, "hours": 5}
_LONGEST = 60
CASTS = (("builtins.float", (api.arg(0),)), ("builtins.int", (api.arg(0),)))
"""What only turns into a number what stands inside."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One alternative of a number: the number (None: the code says None), or why it is not known. `silent`: nothing is said,
    `left`: an object that could say it leaves it out."""

    number: float | None = None
    unknown: str = ""
    silent: bool = False
    left: bool = False


SILENT = Reading(silent=True)


def readings(
    view: View, number: api.Number, subject: Subject, unset: tuple[str, ...] = (), around: tuple[Term, ...] = ()
) -> list[Reading]:
    """The alternatives of a number; none if nothing stands there. Names in `unset` are objects that say nothing. So is what stands
    inside itself (`self.wait = float(new or self.wait)`): the objects `around` are being read."""
    value = view.close(ask(view, number.of, subject))
    return list(dict.fromkeys(r for term in value for r in _of(view, number, term, unset, around)))


def said(found: Iterable[Reading]) -> list[Reading]:
    """The alternatives that say something."""
    return [r for r in found if not r.silent]


def longest(found: list[Reading]) -> Reading:
    """One alternative for all: one that is not known, else one without end, else the greatest."""
    unknown = next((r for r in found if r.unknown), None)
    endless = next((r for r in found if r.number is None), None)
    return unknown or endless or max(found, key=lambda r: r.number or 0.0)


def _of(view: View, number: api.Number, term: Term, unset: tuple[str, ...], around: tuple[Term, ...]) -> Iterator[Reading]:
    names = {n.removesuffix("()") for n in view.names_of(term)}
    known = next((refs for kind, refs in (*number.objects, *CASTS) if kind in names), None)
    if term in around or (isinstance(term, Symbol) and term.name in unset):
        yield SILENT
    elif known is not None:
        yield from _inside(view, number, term, known, around)
    elif not number.bare:
        yield SILENT
    elif "datetime.timedelta" in names:
        yield _duration(view, term)
    elif isinstance(term, Literal):
        yield _literal(term, number.scale)
    elif isinstance(term, Elements) and term.items and not term.open:
        for last in view.close(view.force(term.items[-1])):
            yield from _of(view, number, last, unset, around)
    else:
        yield Reading(unknown=reason(view, term))


def _inside(view: View, number: api.Number, term: Term, refs: tuple[api.Ref, ...], around: tuple[Term, ...]) -> Iterator[Reading]:
    """What an object of the library says, by the first of the references that is given where it was made."""
    made = of_creation(view, term)
    for ref in refs if made is not None else ():
        assert made is not None
        found = readings(view, api.Number(ref, number.objects, number.scale), replace(made, final=True), around=(*around, term))
        if found:
            yield from found
            return
    yield SILENT if not refs else Reading(left=True) if made is not None else Reading(unknown=reason(view, term))


def _literal(term: Literal, scale: float) -> Reading:
    match term.value:
        case None:
            return Reading()
        case value:
            return _number(value, scale)


def _number(value: str | float, scale: float) -> Reading:
    """A number that is written out, or in a text; what is none is not known."""
    try:
        number = float(value) * scale
    except (ValueError, OverflowError):
        number = math.nan
    return Reading(unknown=f"`{str(value)[:_LONGEST]}` is no number") if math.isnan(number) else Reading(number)


def _duration(view: View, term: Term) -> Reading:
    made = of_creation(view, term)
    whole = 0.0
    for unit, seconds in UNITS.items() if made is not None else ():
        assert made is not None
        found = readings(view, api.Number(api.arg(POSITIONS[unit], unit)), replace(made, final=True))
        if len(found) > 1 or any(r.number is None for r in found):
            return Reading(unknown="a duration that is computed")
        whole += sum((r.number or 0.0) * seconds for r in found)
    return _number(whole, 1.0) if made is not None else Reading(unknown=reason(view, term))
