"""Advice for a person at a terminal: what could become an event, the calls that say so, and what is waited for before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from flowmap.model.advice import Advice, Cost, Remedy
from flowmap.reporters.console import BOLD, DIM, NAME, WAIT, line, party
from flowmap.reporters.text_flows import grid
from flowmap.visible import counted, listed

_SHOWN, _PLACES, _EVENTS, _OTHERS = 20, 4, 3, 3
_NOTHING = "No endpoint waits for more than the thresholds allow, or for work that its names show to be able to wait."


def advised(found: Sequence[Advice]) -> Iterator[RenderableType]:
    """The advice in its order, each with its arithmetic."""
    if not found:
        yield Text(_NOTHING)
        return
    for number, one in enumerate(found[:_SHOWN], 1):
        if number > 1:
            yield Text("")
        yield from _one(number, one)
    if len(found) > _SHOWN:
        yield Text("")
        yield line((f"and {len(found) - _SHOWN} more: flowmap scan --format json lists all", DIM))


def _one(number: int, one: Advice) -> Iterator[RenderableType]:
    yield line((f"{number}. ", DIM), (f"{one.caller} ⇒ {party(one.callee)}", BOLD))
    yield Padding(line(_sentence(one)), (0, 0, 0, 3))
    gain = listed(list(one.others), _OTHERS)
    more = (f"; {counted(len(one.others), 'endpoint')} more: {gain}" if gain else "", DIM)
    yield Padding(line((one.endpoint, BOLD), " of ", (one.service, NAME), more), (0, 0, 0, 3))
    table = grid(0, 0, 0, 1)
    for name, before, after in _rows(one.before, one.after):
        table.add_row(line((name, DIM)), line(before), line(("→", WAIT)), line((after, BOLD if before != after else DIM)))
    yield Padding(table, (0, 0, 0, 5))
    for hop in one.evidence[:_PLACES]:
        yield Padding(line((str(hop.location), "cyan"), f"  {hop.what}"), (0, 0, 0, 5))
    if len(one.evidence) > _PLACES:
        yield Padding(line((f"and {counted(len(one.evidence) - _PLACES, 'more place')}", DIM)), (0, 0, 0, 5))


def _sentence(one: Advice) -> str:
    """What could be done instead, with what there is to build on."""
    callee = party(one.callee)
    events = listed(list(one.events), _EVENTS)
    if one.remedy is Remedy.REACT:
        known = f"; {one.caller} publishes {events} there already" if events else ""
        return f"{callee} does work for {one.caller} that can wait: let it react to an event{known}."
    known = f"; {callee} publishes {events} already" if events else ""
    return f"{one.caller} only reads from {callee}: keep a copy that events of {callee} keep up to date{known}."


def _rows(before: Cost, after: Cost) -> list[tuple[str, str, str]]:
    rows = [
        ("hops", str(before.hops), str(after.hops)),
        ("waits for", str(before.parties), str(after.parties)),
        ("answers", f"{before.availability:.2%}", f"{after.availability:.2%}"),
    ]
    return [*rows, *([("may take", f"{before.seconds:g} s", f"{after.seconds:g} s")] if before.seconds else [])]
