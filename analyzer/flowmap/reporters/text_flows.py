"""The upper half of the terminal report: services, flows and waits, one line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from flowmap.graph.channels import Channel, message_name
from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.flow import Edge, EdgeKind
from flowmap.model.interaction import OUTSIDE, Confidence, Interaction, Role
from flowmap.model.picture import Badge
from flowmap.model.project import Service
from flowmap.reporters.columns import shares, stacked
from flowmap.reporters.console import BOLD, DIM, NAME, REACT, SEVERITIES, WAIT, line, party
from flowmap.views.badges import Badges
from flowmap.visible import counted, listed, named, shortened, visible

_DOES = ((Role.PUBLISH, "publishes"), (Role.SUBSCRIBE, "subscribes"), (Role.CALL, "calls"), (Role.SERVE, "serves"))
_NAMES = 4
_OPERATIONS = 6
_CALLEE = 38
"""Columns for a callee, so that a long host name leaves room for the operations."""
_LEAST = 20
"""Columns for operations, however narrow the paper, and for paths, which are left out if there are fewer."""
_CHANNEL, _IDLE = 120, 8
_FRAME = 4 + 2 * 1 + 5 * 2
"""Columns of a flow that are no names: indentation, arrows, gaps."""
NOBODY = ["nobody"]
_MANY = 4
"""Services, and channels between the same services, that share a row."""
_INNER, _OUTER = 6, 30
_OWNERS = 2
"""Owners that are named beside a service."""


def heading(title: str, about: str = "") -> Iterator[Text]:
    """The head of a section, with a blank line before it."""
    yield Text("")
    yield line((title.upper(), BOLD), (f"  {about}" if about else "", DIM))


def indented(table: RenderableType) -> Padding:
    """A part of a section."""
    return Padding(table, (0, 0, 0, 2))


def grid(*ratios: int) -> Table:
    """A table without lines; `ratios` are the columns' shares of what is left over, 0 for as wide as needed."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for ratio in ratios:
        table.add_column(ratio=ratio or None, overflow="fold", no_wrap=ratio == 0)
    return table


def services(graph: FlowGraph, width: int) -> Iterator[RenderableType]:
    """What every service does, in numbers of different channels and operations; those that do nothing together if they are many.
    Paths are for those who have room for them."""
    if not graph.flow.services:
        return
    yield from heading("services")
    idle = [s.name for s in graph.flow.services if not any(i.service == s.name for i in graph.flow.interactions)]
    together = set(idle) if len(idle) >= _MANY else set()
    shown = [s for s in graph.flow.services if s.name not in together]
    owned = len({s.owners for s in graph.flow.services}) > 1
    rows = [(shortened(visible(s.name), max(width // 2, 12)), _does(graph, s.name), visible(_where(s, owned))) for s in shown]
    wanted = [max((cell_len(row[n]) for row in rows), default=0) for n in range(3)]
    room = width - 6 - sum(wanted[:2])
    table = grid(0, 1, 0)
    for name, does, place in rows:
        table.add_row(line((name, NAME)), line(does), line((shortened(place, room) if room >= _LEAST else "", DIM)))
    yield indented(table)
    if together:
        yield indented(Group(line((f"{len(together)} more without a flow: {listed(idle, _IDLE)}", DIM))))


def _where(service: Service, owned: bool) -> str:
    """Where the service lies, and whose it is, if that is not the same for all."""
    place = service.entry or (f"{service.root}/" if service.root != "." else ".")
    return " ".join((place, *service.owners[:_OWNERS])) if owned else place


def _does(graph: FlowGraph, service: str) -> str:
    own = [i for i in graph.flow.interactions if i.service == service]
    counts = [(word, len({_destination(i) for i in own if i.role is role})) for role, word in _DOES]
    blind = sum(i.service == service for i in graph.blind_spots)
    parts = [f"{word} {number}" for word, number in counts if number]
    return " · ".join([*parts, *([counted(blind, "blind spot")] if blind else [])]) or "no flow found"


def _destination(site: Interaction) -> tuple[object, ...]:
    known = message_name(site) or site.operation
    return (site.transport, site.target, known) if known else (site.location,)


def flows(graph: FlowGraph, channels: Iterable[Channel], marks: Badges, width: int) -> Iterator[RenderableType]:
    """Publishers, channel and subscribers, by transport; calls that nobody waits for among them. Channels over which calls are
    answered belong to the waits."""
    shown = [c for c in channels if c.publishers or c.senders or not c.askers]
    handed = [e for e in graph.flow.edges if e.kind is EdgeKind.COLLABORATION and graph.by_id[e.interactions[0]].role is Role.CALL]
    if not shown and not handed:
        return
    yield from heading("flows", "publisher → channel → subscriber: nobody waits")
    for transport in sorted({c.transport for c in shown} | {e.transport for e in handed}):
        rows = [_flow(row, marks) for row in _rows([c for c in shown if c.transport == transport], marks)]
        for edge in (e for e in handed if e.transport == transport):
            found = codes(marks.of_sites(graph.by_id[i] for i in edge.interactions))
            rows.append(_Flow([visible(party(edge.source))], [visible(edge.channel or "?")], [visible(party(edge.target))], found))
        yield indented(line((transport, DIM)))
        yield Padding(_aligned(rows, width), (0, 0, 0, 4))


@dataclass(frozen=True, slots=True)
class _Flow:
    """A row: names on the left, in the middle and on the right, and the findings about it."""

    left: list[str]
    middle: list[str]
    right: list[str]
    found: Text


def _flow(row: list[Channel], marks: Badges) -> _Flow:
    """The row of a channel, or of several that go the same way; of those that a service has for itself only the first."""
    first = row[0]
    left, right = _parties(first.publishers, first.senders), _parties(first.subscribers, first.receivers)
    names = [_name(first)]
    if len(row) > 1:
        inner = len({*_services(first.publishers), *_services(first.subscribers)}) == 1
        limit, plain = _INNER if inner else _OUTER, [_plain(c.name) for c in row]
        plain = plain if len({*plain}) == len(plain) else [_name(c) for c in row]
        count = f"{len(row)} {'guessed ' * _is_guess(first)}channels"
        names = [f"{count}: {plain[0]}", *plain[1:limit], *([f"+{len(row) - limit} more"] if len(row) > limit else [])]
    return _Flow(left, names, right, codes(marks.of_sites(s for c in row for s in c.sites)))


def _aligned(rows: list[_Flow], width: int) -> Table:
    arrow = line(("→", REACT))
    codes_width = max((row.found.cell_len for row in rows), default=0)
    sides = [r.left for r in rows], [r.middle for r in rows], [r.right for r in rows]
    wanted = [max(cell_len(", ".join(names)) for names in side) for side in sides]
    left, middle, right = shares(wanted, width - _FRAME - codes_width)
    table = grid(0, 0, 0, 0, 0, 0)
    for row in rows:
        ends = Text(stacked(row.left, left)), Text(stacked(row.right, right), style=DIM if row.right == NOBODY else "")
        start = Text(ends[0].plain, style=DIM if row.left == NOBODY else "")
        table.add_row(start, arrow, Text(stacked(row.middle, middle), style=REACT), arrow, ends[1], row.found)
    return table


def _rows(channels: list[Channel], marks: Badges) -> list[list[Channel]]:
    """The channels, those of one row together: many between the same services with the same findings."""
    groups: dict[object, list[Channel]] = {}
    for channel in channels:
        ends = (_services(channel.publishers), channel.senders, _services(channel.subscribers), channel.receivers)
        groups.setdefault((ends, marks.of_sites(channel.sites), _is_guess(channel)), []).append(channel)
    rows: list[list[Channel]] = []
    for group in groups.values():
        rows += [group] if len(group) >= _MANY else [[channel] for channel in group]
    return rows


def _is_guess(channel: Channel) -> bool:
    """Whether nothing but names speaks for a channel."""
    return bool(channel.sites) and all(s.confidence is Confidence.GUESS for s in channel.sites)


def _services(sites: tuple[Interaction, ...]) -> tuple[str, ...]:
    return tuple(sorted({s.service for s in sites}))


def _plain(name: str) -> str:
    return shortened(visible(named(name)), _CHANNEL)


def _name(channel: Channel) -> str:
    about = [f"in {channel.exchange}" if channel.exchange and channel.exchange != channel.name else "", *channel.events[:2]]
    if channel.local:
        about.append("inside the process")
    if _is_guess(channel):
        about.append("a guess")
    detail = ", ".join(_plain(a) for a in about if a)
    return f"{_plain(channel.name)} ({detail})" if detail else _plain(channel.name)


def _parties(sites: tuple[Interaction, ...], externals: tuple[str, ...]) -> list[str]:
    names = [visible(party(n)) for n in dict.fromkeys([*(s.service for s in sites), *(f"{OUTSIDE}{name}" for name in externals)])]
    return [*names[:_NAMES], *([f"+{len(names) - _NAMES}"] if len(names) > _NAMES else [])] or NOBODY


def codes(badges: tuple[Badge, ...]) -> Text:
    """The findings about something, as codes."""
    return Text(" ").join(line((b.text, SEVERITIES[b.severity])) for b in badges)


def waits(graph: FlowGraph, width: int) -> Iterator[RenderableType]:
    """Who waits for whom and with which operations."""
    edges = [e for e in graph.flow.edges if e.kind is EdgeKind.COORDINATION]
    if not edges:
        return
    yield from heading("waits", "caller ⇒ callee: operations")
    for caller in dict.fromkeys(e.source for e in edges):
        own = [e for e in edges if e.source == caller]
        callees = [shortened(visible(party(e.target)), _CALLEE) for e in own]
        room = max(width - 13 - max(map(cell_len, callees)) - max(cell_len(e.transport) for e in own), _LEAST)
        table = grid(0, 0, 0, 0)
        for callee, edge in zip(callees, own, strict=True):
            doubt = Text("  (a guess)" if edge.confidence is Confidence.GUESS else "", style=DIM)
            said = Text(stacked(_operations(graph, edge), room)).append_text(doubt)
            known = callee if edge.target.startswith(OUTSIDE) else line((callee, NAME))
            table.add_row(line(("⇒", WAIT)), known, line((edge.transport, DIM)), said)
        yield indented(line((caller, NAME)))
        yield Padding(table, (0, 0, 0, 4))


def _operations(graph: FlowGraph, edge: Edge) -> list[str]:
    calls = [graph.by_id[i] for i in edge.interactions]
    found = sorted({_plain(c.operation) for c in calls if c.operation})
    return [*found[:_OPERATIONS], *([f"+{len(found) - _OPERATIONS} more"] if len(found) > _OPERATIONS else [])]
