"""`flowmap diagram`: one picture of the system, or of what follows from one event or request."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from flowmap.cli.lookups import starts_or_stop, stop
from flowmap.cli.output import STANDARD_OUTPUT, expect_writable, show, write
from flowmap.cli.running import Scan, local_option, report_of, scan_options
from flowmap.cli.suggestions import nearest
from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.picture import Picture, Sequence
from flowmap.model.report import Report
from flowmap.reporters import layout, lifelines, mermaid
from flowmap.reporters.dot import dot_source
from flowmap.views.choreography import choreography
from flowmap.views.sequence import sequence
from flowmap.views.services import services
from flowmap.views.shaping import Shape, inside, shaped
from flowmap.views.trace import traced

VIEWS = ("services", "choreography", "trace", "sequence")
FORMATS = ("svg", "png", "pdf", "dot", "mermaid")
_ENDINGS = {"mmd": "mermaid", "gv": "dot"}
_BINARY = {"png", "pdf"}
AUTO = "auto"
_LARGE = 80
"""Nodes above which a picture is no longer taken in at a glance."""
_MERMAID_EDGES, _MERMAID_LETTERS = 500, 50_000


@click.command(short_help="Draw a picture of the system or of one flow.")
@click.option("--view", type=click.Choice(VIEWS), default="choreography", show_default=True, help="What to draw.")
@click.option("--of", "name", metavar="NAME", help="The event or endpoint that a trace or sequence starts from.")
@click.option("-f", "--format", "form", type=click.Choice(FORMATS), help="[default: by the ending of FILE, else mermaid]")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE; - is standard output, the default."
)
@click.option("--focus", multiple=True, metavar="SERVICE", help="Only what is near this service; may be given often.")
@click.option("--depth", type=click.IntRange(min=0), default=1, show_default=True, help="How many services away is near.")
@click.option(
    "--collapse",
    multiple=True,
    metavar="FOLDER",
    help="One node for all services of a folder (auto: of each domain).",
)
@click.option("--no-externals", is_flag=True, help="Leave out what lies outside the scan.")
@local_option
@scan_options
@click.pass_context
def diagram(
    ctx: click.Context,
    view: str,
    name: str | None,
    form: str | None,
    output: Path | None,
    focus: tuple[str, ...],
    depth: int,
    collapse: tuple[str, ...],
    no_externals: bool,
    local: bool,
    wanted: Scan,
) -> None:
    """Draw the services below PATH: thick solid arrows wait, dashed ones do not, findings stand where they are about.

    \b
    flowmap diagram -o choreography.svg
    flowmap diagram --view services --focus orders --depth 2 -o orders.png
    flowmap diagram --view sequence --of "POST /orders" -o order.svg
    flowmap diagram --collapse auto --no-externals -f mermaid
    """
    if output == STANDARD_OUTPUT:
        output = None
    form = form or by_ending(output)
    if view in ("trace", "sequence") and (focus or collapse):
        raise click.UsageError(f"--focus and --collapse narrow a whole system; --view {view} starts at --of NAME.")
    if view in ("trace", "sequence") and not name:
        raise click.UsageError(f"--view {view} needs --of EVENT or --of ENDPOINT, for instance --of 'POST /orders'.")
    if form in _BINARY and output is None and sys.stdout.isatty():
        raise click.UsageError(f"{form} is no text; write it to a file with -o FILE.")
    expect_writable([output] if output else [])
    report = report_of(replace(wanted, local=local))
    picture = _view(ctx, report, view, name or "")
    if isinstance(picture, Picture):
        picture = _shaped(ctx, picture, Shape(focus, depth, collapse, not no_externals))
    content = drawn(picture, form)
    if not wanted.quiet:
        _warn(picture, form, content)
    if output is None:
        show(content.encode("utf-8") if isinstance(content, str) else content)
        return
    write({output: content})
    if not wanted.quiet:
        click.echo(f"wrote {output} ({view}, {form})", err=True)


def by_ending(output: Path | None) -> str:
    """The format that the name of a file asks for; mermaid without a file."""
    ending = output.suffix.lstrip(".").lower() if output else "mermaid"
    form = _ENDINGS.get(ending, ending)
    if form not in FORMATS:
        raise click.UsageError(f"{output}: its ending names no format")
    return form


def _view(ctx: click.Context, report: Report, view: str, name: str) -> Picture | Sequence:
    graph, title = FlowGraph(report.flow), report.root
    if view == "services":
        return services(graph, report.findings, title)
    if view == "choreography":
        return choreography(graph, report.findings, title)
    starts = starts_or_stop(ctx, graph, name)
    if view == "trace":
        return traced(graph, starts, report.findings, f"{title}: {name}")
    return sequence(graph, starts, report.findings, f"{title}: {name}")


def _shaped(ctx: click.Context, picture: Picture, shape: Shape) -> Picture:
    """The picture as asked for; what it has nothing of is an error, for a picture of everything would look like an answer."""
    labels = [node.label for node in picture.nodes]
    for name in shape.focus:
        if name not in labels:
            stop(ctx, f"--focus {name}: no such service in this picture. {nearest(name, labels)}", ())
    if AUTO in shape.collapse:
        domains = tuple(cluster.label for cluster in picture.clusters)
        shape = replace(shape, collapse=(*(c for c in shape.collapse if c != AUTO), *domains))
    for folder in shape.collapse:
        if not any(node.folder and inside(node.folder, folder) for node in picture.nodes):
            stop(ctx, f"--collapse {folder}: no service of this picture lies there.", ())
    return shaped(picture, shape)


def drawn(picture: Picture | Sequence, form: str) -> str | bytes:
    """A picture in a format."""
    if form == "mermaid":
        return mermaid.flowchart(picture) if isinstance(picture, Picture) else mermaid.sequence_diagram(picture)
    source = dot_source(picture) if isinstance(picture, Picture) else lifelines.sequence_source(picture)
    return source if form == "dot" else layout.drawn(source, form, "dot" if isinstance(picture, Picture) else lifelines.ENGINE)


def _warn(picture: Picture | Sequence, form: str, content: str | bytes) -> None:
    """What is too much to be read, and what mermaid refuses to draw with its own settings, which a page like GitHub's does not
    change."""
    if isinstance(picture, Picture) and len(picture.nodes) > _LARGE:
        remedy = "--collapse auto draws every domain as one, --focus SERVICE only a neighbourhood"
        click.echo(f"flowmap: a large picture ({len(picture.nodes)} nodes); {remedy}", err=True)
    links = len(picture.links if isinstance(picture, Picture) else ())
    if form == "mermaid" and (links > _MERMAID_EDGES or len(content) > _MERMAID_LETTERS):
        click.echo("flowmap: mermaid refuses a picture this large by default; use --focus, --collapse or svg", err=True)
