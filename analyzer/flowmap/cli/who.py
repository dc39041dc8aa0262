"""`flowmap who`: "find usages" for an event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import click
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from flowmap.cli.lookups import quoted, stop
from flowmap.cli.output import show, terminal
from flowmap.cli.running import Scan, report_of, scan_options
from flowmap.graph.channels import Channel
from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.lookup import channels_named, existing_named, near_names
from flowmap.model.interaction import Interaction, Role
from flowmap.model.project import Existing
from flowmap.reporters.console import BOLD, DIM, NAME, REACT, line, party, printed
from flowmap.reporters.text_contract import contract_table
from flowmap.reporters.text_flows import grid
from flowmap.visible import counted, named

_SHOWN = 40
"""Sites of one end that are listed."""
_GAPS = 4 + 2 * 2


@click.command(short_help="List who publishes and who listens to an event.")
@click.argument("event")
@scan_options
@click.pass_context
def who(
    ctx: click.Context,
    event: str,
    wanted: Scan,
) -> None:
    """List who publishes and who listens to EVENT, and what its messages hold: a channel, an event type or a task, in any case and
    with any separators.

    Exit code 2 if nothing has that name.

    \b
    flowmap who order-placed
    flowmap who OrderPlaced services/
    flowmap who "orders.#"
    """
    graph = FlowGraph(report_of(replace(wanted, local=True)).flow)
    found, existing = channels_named(graph, event), existing_named(graph, event)
    if not (found or existing):
        stop(ctx, f"nothing publishes or listens to {quoted(event)}.", near_names(graph, event))
    paper = terminal()
    show(printed(_answer(graph, found, paper.width), paper))
    show(printed(_there(existing, nobody=not found), paper))


def _there(existing: tuple[Existing, ...], *, nobody: bool) -> Iterator[RenderableType]:
    """Where channels of that name are made or listed, whoever uses them."""
    for one in existing[:_SHOWN]:
        yield line((named(one.channel), BOLD), (f"  {one.transport}, made or listed at ", DIM), (str(one.location), "cyan"))
    if nobody:
        yield line(("nothing that was read publishes or listens to it", DIM))


def _answer(graph: FlowGraph, found: tuple[Channel, ...], width: int) -> Iterator[RenderableType]:
    for number, channel in enumerate(found):
        if number:
            yield Text("")
        yield line((named(channel.name), f"{BOLD} {REACT}"), (f"  {_about(channel)}", DIM))
        yield from _side("published by", channel, channel.publishers, channel.senders, width)
        if channel.askers:
            yield from _side("called over it, and waited for, by", channel, channel.askers, (), width)
        yield from _side("listened to by", channel, channel.subscribers, channel.receivers, width)
        yield from contract_table(channel.publishers, channel.subscribers)
    yield from _doubts(graph, found)


def _about(channel: Channel) -> str:
    parts = [channel.transport, f"exchange {channel.exchange}" if channel.exchange else "", *channel.events]
    return ", ".join([*(p for p in parts if p), *(["inside the process"] if channel.local else [])])


def _side(
    title: str, channel: Channel, sites: tuple[Interaction, ...], externals: tuple[str, ...], width: int
) -> Iterator[RenderableType]:
    """One end of a channel. What there is to say of a site goes below it where it does not fit beside it."""
    number = f" ({len(sites)} places)" if len(sites) > _SHOWN else ""
    yield Padding(line((f"{title}{number}", DIM)), (0, 0, 0, 2))
    rows = [(line((party(s.service), NAME)), line((str(s.location), "cyan")), _what(channel, s)) for s in sites[:_SHOWN]]
    rows += [(line(name), line(("outside the scan", DIM)), line(("declared", DIM))) for name in externals]
    if not rows:
        rows = [(line(("nobody", BOLD)), Text(), Text())]
    if sum(max(row[n].cell_len for row in rows) for n in range(3)) + _GAPS <= width:
        table = grid(0, 0, 0)
        for row in rows:
            table.add_row(*row)
        yield Padding(table, (0, 0, 0, 4))
    else:
        for name, place, what in rows:
            yield Padding(line(name, "  ", what), (0, 0, 0, 4))
            yield Padding(place, (0, 0, 0, 6))
    if len(sites) > _SHOWN:
        yield Padding(line((f"and {len(sites) - _SHOWN} more: flowmap scan --format json lists all", DIM)), (0, 0, 0, 4))


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
