"""`flowmap workflows` and `flowmap workflow NAME`: what each trigger sets off, and how it is led."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click
from rich.text import Text

from flowmap.cli.diagram import by_ending, drawn
from flowmap.cli.lookups import quoted, stop
from flowmap.cli.output import STANDARD_OUTPUT, expect_writable, show, terminal, write
from flowmap.cli.running import Scan, local_option, report_of, scan_options
from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.workflows import Workflow, workflows
from flowmap.reporters.console import printed
from flowmap.reporters.text_workflow import overview, portrayed
from flowmap.views.portrait import beginnings, is_called, near, portrait, together, workflows_named
from flowmap.views.sequence import sequence
from flowmap.views.styles import Style


@click.command("workflows", short_help="List what each trigger sets off.")
@local_option
@scan_options
def list_workflows(local: bool, wanted: Scan) -> None:
    """List the workflows below PATH: what starts them, where, how they are led, and how their state could be known.

    \b
    flowmap workflows
    flowmap workflows services/
    """
    graph = FlowGraph(report_of(replace(wanted, local=local)).flow)
    told = [portrait(graph, flow) for flow in workflows(graph)]
    apart = [one for one in told if one.style is not Style.NONE]
    paper = terminal()
    show(printed(overview(apart, len(told) - len(apart), paper.width), paper))


@click.command("workflow", short_help="Report one workflow: how it is led, its steps, its state.")
@click.argument("name", metavar="NAME")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Draw its sequence to FILE (svg, png, pdf, dot or mmd) instead; - is mermaid on standard output.",
)
@local_option
@scan_options
@click.pass_context
def report_workflow(ctx: click.Context, name: str, output: Path | None, local: bool, wanted: Scan) -> None:
    """Report the workflow that NAME starts: an operation, an event or a function, as `flowmap workflows` lists them. With the name
    of a service, all that begins there is reported as one.

    Exit code 2 if nothing has that name.

    \b
    flowmap workflow "POST /orders"
    flowmap workflow orders:order-placed
    flowmap workflow orders services/
    flowmap workflow "POST /orders" -o order.svg
    """
    drawing = output is not None
    output = None if output == STANDARD_OUTPUT else output
    form = by_ending(output) if drawing else ""
    expect_writable([output] if output else [])
    report = report_of(replace(wanted, local=local))
    graph = FlowGraph(report.flow)
    every = workflows(graph)
    found = workflows_named(graph, every, name)
    if not found:
        stop(ctx, f"no workflow starts with {quoted(name)}.", near(every, name))
    if not drawing:
        _print(graph, found, name)
        return
    starts = tuple(site for flow in found for site in beginnings(flow))
    content = drawn(sequence(graph, starts, report.findings, f"{report.root}: {name}"), form)
    if output is None:
        show(content.encode("utf-8") if isinstance(content, str) else content)
        return
    write({output: content})
    if not wanted.quiet:
        click.echo(f"wrote {output} (sequence, {form})", err=True)


def _print(graph: FlowGraph, found: tuple[Workflow, ...], name: str) -> None:
    """The workflows one below the other; those that begin in one service, as one."""
    several = len(found) > 1 and not any(is_called(flow, name) for flow in found)
    paper = terminal()
    for number, flow in enumerate((together(found),) if several else found):
        rule = [Text(""), Text("")] if number else []
        show(printed((*rule, *portrayed(portrait(graph, flow), paper.width)), paper))
