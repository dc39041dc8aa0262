"""The upper half of the terminal report: services, flows and waits, one line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from flowmap.graph.channels import Channel, message_name
from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.flow import Edge, EdgeKind
from flowmap.model.interaction import Confidence, Interaction, Role
from flowmap.model.picture import Badge
from flowmap.model.project import Service
from flowmap.reporters.console import BOLD, DIM, NAME, REACT, SEVERITIES, WAIT, line
from flowmap.views.badges import Badges
from flowmap.visible import counted, listed, named, shortened, visible

_DOES = ((Role.PUBLISH, "publishes"), (Role.SUBSCRIBE, "subscribes"), (Role.CALL, "calls"), (Role.SERVE, "serves"))
_NAMES = 4
_OPERATIONS = 6
_CALLEE = 38
"""Columns for a callee, so that a long host name leaves room for the operations."""
_PATH = 34
_MANY = 4
"""Channels between the same services that share a row."""
_INNER, _OUTER = 6, 30


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


def services(graph: FlowGraph) -> Iterator[RenderableType]:
    """What every service does, in numbers of different channels and operations."""
    if not graph.flow.services:
        return
    yield from heading("services")
    table = grid(0, 1, 0)
    for service in graph.flow.services:
        table.add_row(line((service.name, NAME)), line(_does(graph, service.name)), _where(service))
    yield indented(table)


def _where(service: Service) -> Text:
    place = service.entry or (f"{service.root}/" if service.root != "." else ".")
    return line((shortened(visible(place), _PATH), DIM))


def _does(graph: FlowGraph, service: str) -> str:
    own = [i for i in graph.flow.interactions if i.service == service]
    counts = [(word, len({_destination(i) for i in own if i.role is role})) for role, word in _DOES]
    blind = sum(i.service == service for i in graph.blind_spots)
    parts = [f"{word} {number}" for word, number in counts if number]
    return " · ".join([*parts, *([counted(blind, "blind spot")] if blind else [])]) or "no flow found"


def _destination(site: Interaction) -> tuple[object, ...]:
    known = message_name(site) or site.operation
    return (site.transport, site.target, known) if known else (site.location,)


def flows(graph: FlowGraph, channels: Iterable[Channel], marks: Badges) -> Iterator[RenderableType]:
    """Publishers, channel and subscribers, by transport; calls that nobody waits for among them. Channels over which calls are
    answered belong to the waits."""
    shown = [c for c in channels if c.publishers or c.senders or not c.askers]
    handed = [e for e in graph.flow.edges if e.kind is EdgeKind.COLLABORATION and graph.by_id[e.interactions[0]].role is Role.CALL]
    if not shown and not handed:
        return
    yield from heading("flows", "publisher → channel → subscriber: nobody waits")
    arrow = line(("→", REACT))
    for transport in sorted({c.transport for c in shown} | {e.transport for e in handed}):
        table = grid(3, 0, 5, 0, 3, 0)
        for row in _rows([c for c in shown if c.transport == transport], marks):
            first, name = row[0], _name(row[0]) if len(row) == 1 else _names(row)
            ends = _parties(first.publishers, first.senders), _parties(first.subscribers, first.receivers)
            table.add_row(ends[0], arrow, name, arrow, ends[1], codes(marks.of_sites(first.sites)))
        for edge in (e for e in handed if e.transport == transport):
            found = codes(marks.of_sites(graph.by_id[i] for i in edge.interactions))
            table.add_row(line(edge.source), arrow, line((edge.channel or "?", REACT)), arrow, _party(edge.target), found)
        yield indented(line((transport, DIM)))
        yield Padding(table, (0, 0, 0, 4))


def _party(target: str) -> Text:
    name = target.removeprefix("external:")
    return line(name if name == target else f"{name} (outside)")


def _rows(channels: list[Channel], marks: Badges) -> list[list[Channel]]:
    """The channels, those of one row together: many between the same services of which there is nothing special to say."""
    groups: dict[object, list[Channel]] = {}
    for channel in channels:
        ends = (_services(channel.publishers), channel.senders, _services(channel.subscribers), channel.receivers)
        groups.setdefault(ends if not marks.of_sites(channel.sites) else id(channel), []).append(channel)
    rows: list[list[Channel]] = []
    for group in groups.values():
        rows += [group] if len(group) >= _MANY else [[channel] for channel in group]
    return rows


def _services(sites: tuple[Interaction, ...]) -> tuple[str, ...]:
    return tuple(sorted({s.service for s in sites}))


def _names(row: list[Channel]) -> Text:
    """Many channels in one cell; of those that a service has for itself only the first."""
    inner = len({*_services(row[0].publishers), *_services(row[0].subscribers)}) == 1
    return line((f"{len(row)} channels: ", DIM), (listed([named(c.name) for c in row], _INNER if inner else _OUTER), REACT))


def _name(channel: Channel) -> Text:
    about = [f"in {channel.exchange}" if channel.exchange and channel.exchange != channel.name else "", *channel.events[:2]]
    if channel.local:
        about.append("inside the process")
    detail = ", ".join(a for a in about if a)
    return line((named(channel.name), REACT), f" ({detail})" if detail else "")


def _parties(sites: tuple[Interaction, ...], externals: tuple[str, ...]) -> Text:
    names = list(dict.fromkeys(s.service for s in sites)) + [f"{name} (outside)" for name in externals]
    return line(listed(names, _NAMES)) if names else line(("nobody", DIM))


def codes(badges: tuple[Badge, ...]) -> Text:
    """The findings about something, as codes."""
    return Text(" ").join(line((b.code, SEVERITIES[b.severity])) for b in badges)


def waits(graph: FlowGraph) -> Iterator[RenderableType]:
    """Who waits for whom and with which operations."""
    edges = [e for e in graph.flow.edges if e.kind is EdgeKind.COORDINATION]
    if not edges:
        return
    yield from heading("waits", "caller ⇒ callee: operations")
    for caller in dict.fromkeys(e.source for e in edges):
        table = grid(0, 0, 0, 1)
        table.columns[1].max_width, table.columns[1].no_wrap = _CALLEE, False
        for edge in (e for e in edges if e.source == caller):
            target = edge.target.removeprefix("external:")
            callee = line((target, NAME)) if target == edge.target else line(target, (" (outside)", DIM))
            table.add_row(line(("⇒", WAIT)), callee, line((edge.transport, DIM)), _operations(graph, edge))
        yield indented(line((caller, NAME)))
        yield Padding(table, (0, 0, 0, 4))


def _operations(graph: FlowGraph, edge: Edge) -> Text:
    calls = [graph.by_id[i] for i in edge.interactions]
    operations = sorted({visible(c.operation) for c in calls if c.operation})
    doubt = "  (a guess)" if edge.confidence is Confidence.GUESS else ""
    return line(listed(operations, _OPERATIONS), (doubt, DIM))
