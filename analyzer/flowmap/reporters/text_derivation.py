"""How one line came to be understood, for a person at a terminal: every step with its place, and what it rests on below it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from rich.cells import cell_len
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from flowmap.model.derivation import Derivation, Explanation, Hop, Sought
from flowmap.model.interaction import Interaction, Role
from flowmap.model.location import Location
from flowmap.reporters.console import BOLD, DIM, NAME, REACT, WAIT, line
from flowmap.reporters.text_flows import grid
from flowmap.reporters.text_patience import patience
from flowmap.visible import listed, named, shortened, visible

_INDENT, _DEEPEST = 2, 16
_SOURCE_LINES = 4
_SERVICES, _DESTINATIONS, _DERIVATIONS = 6, 8, 20
_LEAST, _ENOUGH = 24, 60
"""Columns for a source, however narrow the paper; and those that are enough for one that is cut."""
_COMMENT = re.compile(r"\s{2,}#.*$")


def explanation(found: Explanation, sources: Mapping[str, bytes], width: int) -> Iterator[RenderableType]:
    """The line itself, then what every service has there."""
    yield line((str(found.location), "bold cyan"), f"  {shortened(_source(found.location, sources), width)}")
    for one in found.derivations[:_DERIVATIONS]:
        yield Text("")
        yield from _derivation(one, sources, width)
    if more := found.derivations[_DERIVATIONS:]:
        yield Text("")
        yield line((f"and {len(more)} more that lead over this line: ask for the line where one of them is decided", DIM))
    if not found.derivations:
        yield Text("")
        yield from _nothing(found)


def _nothing(found: Explanation) -> Iterator[RenderableType]:
    if not found.services:
        yield Text("No service of the scan runs this file.")
        return
    yield Text("No service publishes, subscribes, calls or serves anything here.")
    for note in found.calls:
        yield Padding(line((note.written, BOLD), f" is {note.meaning}"), (0, 0, 0, 2))
    if found.near:
        yield Padding(line(("Nearest in this file:", DIM)), (1, 0, 0, 0))
        table = grid(0, 1)
        for what, place in found.near:
            table.add_row(line((str(place), "cyan")), line(what))
        yield Padding(table, (0, 0, 0, 2))


def _derivation(one: Derivation, sources: Mapping[str, bytes], width: int) -> Iterator[RenderableType]:
    """The services, what they do there, the way down to the library, and the steps to each value."""
    yield line((listed(one.services, _SERVICES), NAME))
    rows: list[RenderableType] = [_destination(i) for i in one.interactions[:_DESTINATIONS]]
    if len(one.interactions) > _DESTINATIONS:
        rows.append(line((f"and {len(one.interactions) - _DESTINATIONS} more", DIM)))
    rows += [line((f"→ {todo}", DIM)) for todo in one.remedies]
    if one.remark:
        rows.append(line((one.remark, DIM)))
    table = _known(one)
    for row in (*rows, *([table] if table.row_count else [])):
        yield Padding(row, (0, 0, 0, 2))
    for number, sought in enumerate(one.contexts, 1):
        if len(one.contexts) > 1:
            yield Padding(line((f"way {number} of {len(one.contexts)}", DIM)), (0, 0, 0, 2))
        for value in sought:
            yield from _sought(value, {i.unresolved for i in one.interactions}, sources, width)


def _known(one: Derivation) -> Table:
    """The call as plugins know it, the way down to it, and how long it waits."""
    table = grid(0, 1)
    if one.library:
        table.add_row(line(("known as", DIM)), line(one.library, (f"  by the plugin {one.plugin}", DIM)))
    if one.via:
        table.add_row(line(("decided at", DIM)), _place(one.location, one.interactions[0].function if one.interactions else ""))
        for number, hop in enumerate(one.via):
            table.add_row(line(("then" if number else "goes by", DIM)), _place(hop.location, hop.function))
    for heading, said in dict.fromkeys(p for i in one.interactions for p in patience(i)):
        table.add_row(line((heading, DIM)), line(said))
    return table


def _place(location: Location, function: str) -> Text:
    return line((str(location), "cyan"), (f"  {function}" if function else "", DIM))


def _destination(site: Interaction) -> Text:
    """What a site does, in one line."""
    what = f"{site.role.value} {site.transport}"
    if site.unresolved is not None:
        return line(what, ("  not known  ", BOLD), site.unresolved)
    name = site.operation or named(site.channel or "")
    style = f"{BOLD} {WAIT if site.role in (Role.CALL, Role.SERVE) else REACT}"
    about = [f"exchange {site.exchange}" if site.exchange else "", f"event {site.event}" if site.event else ""]
    about += [f"to {site.target.removeprefix('external:')}"] if site.target else []
    detail = ", ".join(a for a in about if a)
    return line(what, "  ", (name, style), f"  {detail}" if detail else "", (f"  {site.confidence.value}", DIM))


def _sought(found: Sought, reasons: Collection[str | None], sources: Mapping[str, bytes], width: int) -> Iterator[RenderableType]:
    """What was asked for with its value, unless that is the reason which was given already."""
    value = "" if set(found.values) <= set(reasons) else " or ".join(found.values)
    yield Padding(line((found.name, BOLD), f"  {value}" if value else ""), (0, 0, 0, 2))
    for hop in found.hops:
        yield from _hop(hop, sources, width, 4, found.values)


def _hop(hop: Hop, sources: Mapping[str, bytes], width: int, indent: int, above: tuple[str, ...] = ()) -> Iterator[RenderableType]:
    """A step, then what it rests on. Its value stands beside it if there is room and below it if not; that of the step above is
    not said again."""
    gave = f"→ {' or '.join(hop.gave)}" if hop.gave and hop.gave != above else ""
    if hop.location is None:
        yield Padding(line(hop.what), (0, 0, 0, indent))
    else:
        yield from _step(str(hop.location), hop.what or _source(hop.location, sources), gave, width, indent)
    for below in hop.below:
        yield from _hop(below, sources, width, min(indent + _INDENT, _DEEPEST), hop.gave)


def _step(place: str, said: str, gave: str, width: int, indent: int) -> Iterator[RenderableType]:
    """Place, source and value in one row, or below one another where they are too long for it."""
    place, said, gave = visible(place), visible(said), visible(gave)
    room, inner = width - indent - cell_len(place) - 2, indent + _INDENT
    if cell_len(said) > room and room < _ENOUGH:
        yield Padding(line((place, "cyan")), (0, 0, 0, indent))
        place, room, indent = "", width - inner, inner
    row = [(f"{place}  ", "cyan")] if place else []
    beside = bool(gave) and cell_len(said) + 2 + cell_len(gave) <= room
    text = said if cell_len(said) <= room else shortened(said, max(room, _LEAST))
    yield Padding(line(*row, text, (f"  {gave}" if beside else "", REACT)), (0, 0, 0, indent))
    if gave and not beside:
        yield Padding(line((gave, REACT)), (0, 0, 0, inner))


def _source(location: Location | None, sources: Mapping[str, bytes]) -> str:
    """The source at a place as one line, without the comments that end its lines."""
    if location is None or location.path not in sources:
        return ""
    lines = re.split(r"\r\n|\r|\n", sources[location.path].decode("utf-8-sig", "replace"))
    last = min(location.end_line, location.line + _SOURCE_LINES - 1)
    parts = [_COMMENT.sub("", text).strip() for text in lines[location.line - 1 : last]]
    return " ".join(p for p in parts if p) + (" …" if location.end_line > last else "")
