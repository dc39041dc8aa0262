"""The contract of a channel as a table: each field of its messages with who sets it and who reads it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from flowmap.model.interaction import Interaction
from flowmap.model.payload import Field, contract
from flowmap.reporters.console import BOLD, DIM, line, party
from flowmap.reporters.text_flows import grid
from flowmap.visible import named

_SHOWN = 60
"""Fields that are listed."""
_NOBODY = ("nobody", BOLD)


def contract_table(publishers: Sequence[Interaction], subscribers: Sequence[Interaction]) -> Iterator[RenderableType]:
    """The fields, below a heading, and what is not known of them; nothing where no field is known."""
    rows = contract([p.payload for p in publishers], [s.payload for s in subscribers])
    if not rows:
        return
    yield Padding(line(("what a message holds", DIM)), (0, 0, 0, 2))
    table = grid(0, 0, 0, 0)
    table.add_row(*(Text(t, style=DIM) for t in ("field", "type", "set by", "read by")))
    for row in rows[:_SHOWN]:
        ends = _end(row.name, row.set_by, publishers), _end(row.name, row.read_by, subscribers)
        table.add_row(line((named(row.name), BOLD)), Text(row.type), *ends)
    yield Padding(table, (0, 0, 0, 4))
    if len(rows) > _SHOWN:
        yield Padding(line((f"and {len(rows) - _SHOWN} more: flowmap scan --format json lists all", DIM)), (0, 0, 0, 4))
    for sites, what in ((publishers, "may set more than is seen"), (subscribers, "may read more than is seen")):
        if services := _unseen(sites):
            yield Padding(line((f"{', '.join(party(s) for s in services)} {what}", DIM)), (0, 0, 0, 4))


def _unseen(sites: Sequence[Interaction]) -> list[str]:
    """Services of whose messages not every field is known."""
    return list(dict.fromkeys(s.service for s in sites if s.payload is None or s.payload.open))


def _end(name: str, found: Sequence[tuple[int, Field]], sites: Sequence[Interaction]) -> Text:
    """The services at one end; those that do not set or read a field for every message are marked."""
    surely: dict[str, bool] = {}
    for number, field in found:
        service = party(sites[number].service)
        surely[service] = surely.get(service, True) and field.always
    if surely:
        return line(", ".join(service if sure else f"{service} (sometimes)" for service, sure in surely.items()))
    return line(("not seen", DIM) if any(s.payload is None or s.payload.hides(name) for s in sites) else _NOBODY)
