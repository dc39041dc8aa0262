"""`flowmap who`: "find usages" for an event."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from flowmap.cli.lookups import stop
from flowmap.cli.output import show, terminal
from flowmap.cli.running import Scan, report_of, scan_options
from flowmap.graph.channels import Channel
from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.lookup import channels_named, near_names
from flowmap.model.interaction import Interaction, Role
from flowmap.reporters.console import BOLD, DIM, NAME, REACT, line, printed
from flowmap.reporters.text_flows import grid
from flowmap.visible import counted, named


@click.command(short_help="List who publishes and who listens to an event.")
@click.argument("event")
@click.argument("path", type=click.Path(path_type=Path), default=".")
@scan_options
@click.pass_context
def who(ctx: click.Context, event: str, path: Path, config: Path | None, no_cache: bool, workers: int | None, quiet: bool) -> None:
    """List who publishes and who listens to EVENT: a channel, an event type or a task, in any case and with any separators.

    Exit code 1 if nothing has that name.

    \b
    flowmap who order-placed
    flowmap who OrderPlaced services/
    flowmap who "orders.#"
    """
    graph = FlowGraph(report_of(Scan(path, config, not no_cache, workers or 0, quiet)).flow)
    found = channels_named(graph, event)
    if not found:
        stop(ctx, f"nothing publishes or listens to {event!r}.", near_names(graph, event))
    show(printed(_answer(graph, found), terminal()))


def _answer(graph: FlowGraph, found: tuple[Channel, ...]) -> Iterator[RenderableType]:
    for number, channel in enumerate(found):
        if number:
            yield Text("")
        yield line((named(channel.name), f"{BOLD} {REACT}"), (f"  {_about(channel)}", DIM))
        yield from _side("published by", channel, channel.publishers, channel.senders)
        if channel.askers:
            yield from _side("called over it, and waited for, by", channel, channel.askers, ())
        yield from _side("listened to by", channel, channel.subscribers, channel.receivers)
    yield from _doubts(graph, found)


def _about(channel: Channel) -> str:
    parts = [channel.transport, f"exchange {channel.exchange}" if channel.exchange else "", *channel.events]
    return ", ".join([*(p for p in parts if p), *(["inside the process"] if channel.local else [])])


def _side(title: str, channel: Channel, sites: tuple[Interaction, ...], externals: tuple[str, ...]) -> Iterator[RenderableType]:
    yield Padding(line((title, DIM)), (0, 0, 0, 2))
    table = grid(0, 0, 1)
    for site in sites:
        table.add_row(line((site.service, NAME)), line((str(site.location), "cyan")), _what(channel, site))
    for name in externals:
        table.add_row(line(name), line(("outside the scan", DIM)), line(("declared", DIM)))
    if not sites and not externals:
        table.add_row(line(("nobody", BOLD)), "", "")
    yield Padding(table, (0, 0, 0, 4))


def _what(channel: Channel, site: Interaction) -> Text:
    """The function, and what else is worth knowing of this one site."""
    name = site.handler.name if site.handler else site.function
    alias = f"as {site.channel}" if site.channel not in (None, channel.name) else ""
    parts = [p for p in (name, alias, f"group {site.group}" if site.group else "") if p]
    return line(", ".join(parts), (f"  {site.confidence.value}", DIM))


def _doubts(graph: FlowGraph, found: tuple[Channel, ...]) -> Iterator[RenderableType]:
    """The sites that could be a missing end: no answer is complete without them."""
    for role, word in ((Role.PUBLISH, "publication"), (Role.SUBSCRIBE, "subscription")):
        blind = {b.id: b for c in found for b in graph.blind(role, c.sites[0])}
        if blind:
            number, first = counted(len(blind), f"unresolved {word}"), next(iter(blind.values())).location
            yield Text("")
            yield line((f"{number} of the same transport may belong here too, the first at {first}", DIM))
