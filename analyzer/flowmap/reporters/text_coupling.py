"""How much services depend on one another, as a table, and what has changed since an earlier scan."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from flowmap.model.coupling import Change, Coupling, Trend
from flowmap.model.interaction import OUTSIDE
from flowmap.model.report import Report
from flowmap.reporters.console import DIM, NAME, line
from flowmap.reporters.text_flows import grid, heading, indented
from flowmap.visible import counted, shortened, visible

_ROWS, _CHANGES = 15, 20
_COLUMNS = ("waits on", "awaited by", "publishes", "consumes", "alone", "chain", "answers")
_SIZES = 72
"""Columns that the numbers need."""
_WORDS = {"sync_share": "share of waits", "findings": "findings", "suppressed": "suppressed findings"}
_SHARES = {"sync_share", "autonomy", "availability"}


def coupling(report: Report, width: int) -> Iterator[RenderableType]:
    """Who waits and is waited for, the most entangled first; nothing if no service waits for another."""
    rows = [c for c in report.coupling if c.waits_on or c.waited_on_by]
    if not any(c.waited_on_by for c in rows):
        return
    yield from heading("coupling", "alone: endpoints that wait for nobody; answers: what waiting leaves at the least")
    rows.sort(key=lambda c: (-len(c.waits_on) - len(c.waited_on_by), -c.longest_chain, c.service))
    table = grid(*[0] * (1 + len(_COLUMNS)))
    table.add_row("", *(line((name, DIM)) for name in _COLUMNS))
    for row in rows[:_ROWS]:
        name = shortened(visible(row.service), max(width - _SIZES - 2, 12))
        table.add_row(line((name, NAME)), *(Text(cell) for cell in _cells(row)))
    yield indented(table)
    if len(rows) > _ROWS:
        yield indented(line((f"and {len(rows) - _ROWS} more: --format json lists all", DIM)))


def _cells(row: Coupling) -> tuple[str, ...]:
    outside = sum(name.startswith(OUTSIDE) for name in row.waits_on)
    inside = len(row.waits_on) - outside
    waits = f"{inside or ''}{'+' if inside and outside else ''}{f'{outside} out' if outside else ''}"
    alone = f"{row.alone}/{row.endpoints}" if row.endpoints else ""
    numbers = (len(row.waited_on_by), len(row.publishes), len(row.consumes))
    return waits, *(str(n or "") for n in numbers), alone, str(row.longest_chain or ""), f"{row.availability:.2%}"


def trend(found: Trend | None) -> Iterator[RenderableType]:
    """What is another number now, a line each."""
    if found is None:
        return
    yield from heading("since", f"the report on {found.since}")
    number = (f"{counted(len(found.appeared), 'finding')} more", f"{counted(len(found.gone), 'finding')} less")
    told = [said for said, which in zip(number, (found.appeared, found.gone), strict=True) if which]
    table = grid(0, 1)
    for change in found.changes[:_CHANGES]:
        table.add_row(line((change.service or "the system", NAME if change.service else "")), line(said_change(change)))
    if told:
        table.add_row("", line(", ".join(told)))
    yield indented(table if table.row_count else line(("nothing has changed", DIM)))
    if len(found.changes) > _CHANGES:
        yield indented(line((f"and {counted(len(found.changes) - _CHANGES, 'other change')}: --format json lists all", DIM)))


def said_change(change: Change) -> str:
    """A number by its name, with what it was and is."""
    if change.service and change.measure == "services":
        return "is new" if change.before is None else "is gone"
    word = _WORDS.get(change.measure, change.measure.replace("_", " "))
    return f"{word} {_number(change, change.before)} → {_number(change, change.after)}"


def _number(change: Change, value: float | None) -> str:
    if value is None:
        return "none"
    return f"{value:.2%}" if change.measure in _SHARES else f"{value:g}"
