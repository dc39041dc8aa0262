"""What the commands that ask for one event or endpoint share: the graph, and what to say if there is no such thing."""

from __future__ import annotations

from typing import NoReturn

import click

from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.lookup import near_names, starts_named
from flowmap.model.interaction import Interaction
from flowmap.visible import shortened, visible

NOTHING = 2
"""Exit code where what was asked for is not there, as for every other thing that cannot be done."""
_LONGEST = 120


def quoted(name: str) -> str:
    """A name that somebody typed."""
    return f"'{shortened(visible(name), _LONGEST)}'"


def starts_or_stop(ctx: click.Context, graph: FlowGraph, name: str) -> tuple[Interaction, ...]:
    """Where something of that name begins; ends the command if there is nothing."""
    found = starts_named(graph, name)
    if not found:
        stop(ctx, f"no event, channel or endpoint is called {quoted(name)}.", near_names(graph, name, endpoints=True))
    return found


def stop(ctx: click.Context, sentence: str, near: tuple[str, ...]) -> NoReturn:
    """Ends the command with what may have been meant."""
    names = (
        f" Near names: {', '.join(shortened(visible(n), _LONGEST) for n in near)}"
        if near
        else " `flowmap scan` lists what there is."
    )
    click.echo(f"flowmap: {sentence}{names}", err=True)
    ctx.exit(NOTHING)
