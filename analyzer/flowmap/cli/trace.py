"""`flowmap trace`: what happens after an event or a request, as a tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import click
from rich.console import RenderableType
from rich.text import Text
from rich.tree import Tree

from flowmap.cli.lookups import starts_or_stop
from flowmap.cli.output import show, terminal
from flowmap.cli.running import Scan, report_of, scan_options
from flowmap.graph import trace as tracing
from flowmap.graph.channels import message_name
from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.trace import Ending, Trace
from flowmap.model.flow import EdgeKind
from flowmap.model.interaction import Role
from flowmap.reporters.console import BOLD, DIM, NAME, REACT, WAIT, line, party, printed
from flowmap.visible import counted, named

_STEP = 4
"""Columns that a branch is further in than the one above."""
_ENDINGS = {
    Ending.OPEN: ("", ""),
    Ending.LOOP: ("loop: this handler is at work further up", "bold red"),
    Ending.REPEATED: ("shown above", DIM),
    Ending.CUT: ("too much to follow, cut here", "bold red"),
    Ending.UNHEARD: ("nobody listens", "bold yellow"),
    Ending.UNANSWERED: ("no endpoint of it matches", DIM),
    Ending.OUTSIDE: ("outside the scan", DIM),
}


@click.command(short_help="Show what follows from an event or a request.")
@click.argument("name", metavar="EVENT|ENDPOINT")
@scan_options
@click.pass_context
def trace(
    ctx: click.Context,
    name: str,
    wanted: Scan,
) -> None:
    """Show what follows from an event or a request: deliveries, what their handlers publish and call, and so on.

    A double arrow waits (coordination), a single one does not (collaboration). Exit code 2 if nothing has that name.

    \b
    flowmap trace order-placed
    flowmap trace "POST /orders/{id}"
    flowmap trace "gateway:GET /orders" services/
    """
    graph = FlowGraph(report_of(replace(wanted, local=True)).flow)
    trees = tracing.trace(graph, starts_or_stop(ctx, graph, name))
    paper = terminal()
    show(printed(_answer(trees, paper.width), paper))


def _answer(trees: tuple[Trace, ...], width: int) -> Iterator[RenderableType]:
    shown: set[tuple[str, ...]] = set()
    for number, tree in enumerate(trees):
        if number:
            yield Text("")
        whole = Tree(_title(tree, width, root=True), guide_style=DIM)
        _grow(whole, tree, shown, width - _STEP)
        yield whole
    yield Text("")
    yield _sum(trees)


def _grow(branch: Tree, tree: Trace, shown: set[tuple[str, ...]], width: int) -> None:
    """The steps below a branch of a tree. What a handler does is said once, whichever of its messages it is for."""
    for child in tree.children:
        site = child.site
        key = (site.service, site.handler.key if site.handler else site.id, *(s.id for step in child.children for s in step.sites))
        again = child.kind is not None and bool(child.children) and key in shown
        below = branch.add(_title(replace(child, ending=Ending.REPEATED) if again else child, width))
        if not again:
            shown.add(key)
            _grow(below, child, shown, width - _STEP)


def _title(tree: Trace, width: int, *, root: bool = False) -> Text:
    """A step in one line: what happens, where it stands, and why it ends if it does. The start of a long path gives way."""
    site = tree.site
    number = f" ({len(tree.sites)} places)" if len(tree.sites) > 1 and site.role in (Role.PUBLISH, Role.CALL) else ""
    place = site.handler.location if site.handler else site.location
    said, style = _ENDINGS.get(tree.ending, (f"unknown: {site.unresolved}", "bold yellow"))
    ending = line("  ", (said, style)) if said else Text()
    who = line((party(site.service), NAME), " ") if root or tree.kind else Text()
    words = line(_arrow(tree.kind), who, *_words(tree), (number, DIM))
    return line(words, "  ", (_within(str(place), width - words.cell_len - ending.cell_len - 2), DIM), ending)


def _within(place: str, width: int) -> str:
    """A place in the width that is left: whole, or without the folders in front; then the line is broken."""
    name = f"…/{place.rpartition('/')[2]}"
    return place if len(place) <= width or len(name) >= len(place) else name


def _arrow(kind: EdgeKind | None) -> Text:
    return {EdgeKind.COORDINATION: line(("⇒ ", WAIT)), EdgeKind.COLLABORATION: line(("→ ", REACT)), None: Text()}[kind]


def _words(tree: Trace) -> list[str | Text | tuple[str, str]]:
    site = tree.site
    if site.role is Role.PUBLISH:
        name = message_name(site)
        event = f" ({site.event})" if site.event and site.event != site.channel else ""
        return ["publishes ", ("?" if name is None else named(name), REACT), event, (f"  {site.transport}", DIM)]
    if site.role is Role.CALL:
        target = (site.target or "?").removeprefix("external:")
        verb, style = ("waits for ", WAIT) if site.waits else ("sends to ", REACT)
        return [verb, (target, NAME), " ", (site.operation or site.channel or "", style)]
    name = site.handler.name if site.handler else site.function
    operations = list(dict.fromkeys(s.operation for s in tree.sites if s.operation))
    more = f" +{len(operations) - 1}" if len(operations) > 1 else ""
    does = "handles it" if tree.kind is EdgeKind.COORDINATION else "reacts"
    return [(f"{operations[0]}{more}", WAIT) if operations else does, f" in {name}" if name else ""]


def _sum(trees: tuple[Trace, ...]) -> Text:
    """The tree in one line; what happens in several branches counts once."""
    steps = [step for tree in trees for step in _steps(tree)]
    services = {s.site.service for s in steps}
    waits = len({s.site.id for s in steps if s.site.role is Role.CALL and s.site.waits})
    sent = len({s.site.id for s in steps if s.site.role is Role.PUBLISH})
    loops = sum(s.ending is Ending.LOOP for s in steps)
    return line(
        (counted(len(services), "service"), BOLD),
        f" · {counted(waits, 'wait')} · {counted(sent, 'publication')}",
        (f" · {counted(loops, 'loop')}" if loops else "", "bold red"),
    )


def _steps(tree: Trace) -> Iterator[Trace]:
    yield tree
    for child in tree.children:
        yield from _steps(child)
