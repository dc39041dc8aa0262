"""`flowmap diff`: what has changed between two revisions, or two reports."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from flowmap.cli.formats import destinations, format_options
from flowmap.cli.main import FAILED
from flowmap.cli.rule_options import rule_options
from flowmap.cli.running import INCOMPLETE, Scan
from flowmap.cli.sides import compared
from flowmap.reporters import difference_json, difference_markdown, difference_text
from flowmap.views.difference import difference

FORMATS = (difference_text.FORMAT, difference_markdown.FORMAT, difference_json.FORMAT)
CHANGED = 1
FOLDER = click.option(
    "-C",
    "--folder",
    "paths",
    type=click.Path(path_type=Path),
    callback=lambda _ctx, _parameter, value: (value,) if value is not None else (),
    metavar="PATH",
    help="The folder to compare: a repository, or a folder inside one. [default: the current folder]",
)


@click.command(short_help="Compare two revisions: what has changed, and what it breaks.")
@click.argument("base")
@click.argument("head", required=False)
@format_options(", ".join(f.name for f in FORMATS))
@click.option("--exit-code", "exit_code", is_flag=True, help="Exit with 1 if anything has changed.")
@click.option(
    "--fail-on-breaking", "on_breaking", is_flag=True, help="Exit with 1 if a change surely breaks what another relies on."
)
@partial(rule_options, where=FOLDER)
@click.pass_context
def diff(
    ctx: click.Context,
    base: str,
    head: str | None,
    form: str | None,
    outputs: tuple[str, ...],
    exit_code: bool,
    on_breaking: bool,
    wanted: Scan,
) -> None:
    """Compare BASE with HEAD: services, channels, endpoints, edges, fields of messages, findings and numbers that came, went or
    are others now, and which of that breaks what somebody relies on. Writes nothing if nothing has changed.

    BASE and HEAD are revisions of the git repository around the folder, or JSON reports of `flowmap scan` (FILE.json); without
    HEAD it is the working tree, without what git ignores. BASE...HEAD compares HEAD with where both parted. Revisions are read
    from the object store; nothing of the repository is touched, run or obeyed. The rules, thresholds, contracts and
    suppressions of HEAD's configuration judge both sides.

    Exit codes: 0 whatever has changed; 1 if --exit-code or --fail-on-breaking says so; 2 flowmap failed, or a side is not there.

    \b
    flowmap diff main                              the working tree
    flowmap diff main...feature --format markdown  a comment for a pull request
    flowmap diff v1.2 HEAD --fail-on-breaking
    flowmap diff last-week.json today.json
    """
    where = destinations(form, outputs, FORMATS, "text")
    sides = compared(base, head, wanted)
    found = difference(sides.before, sides.after, sides.names, sides.remarks)
    where.put(lambda _form: found, quiet=wanted.quiet, files_only=not found)
    if ctx.meta.get(INCOMPLETE):
        ctx.exit(FAILED)
    if (exit_code and found) or (on_breaking and found.breaks):
        ctx.exit(CHANGED)
