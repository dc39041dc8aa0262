"""`flowmap diff`: what has changed between two revisions, or two reports."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import click

from flowmap.cli.main import FAILED
from flowmap.cli.output import STANDARD_OUTPUT, OutputError, expect_writable, show, terminal, write
from flowmap.cli.rule_options import rule_options
from flowmap.cli.running import INCOMPLETE, Scan
from flowmap.cli.sides import compared
from flowmap.cli.suggestions import nearest
from flowmap.model.difference import Difference
from flowmap.reporter_api import Terminal
from flowmap.reporters import difference_json, difference_markdown, difference_text
from flowmap.views.difference import difference

FORMATS = ("text", "markdown", "json")
CHANGED = 1
SUMMARY = "GITHUB_STEP_SUMMARY"
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
@click.option("-f", "--format", "form", metavar="NAME", help=f"{', '.join(FORMATS)}, on standard output. [default: text]")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="NAME=FILE",
    help="Write a format to a file (- is standard output); may be given often.",
)
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
    where = _destinations(form, outputs)
    sides = compared(base, head, wanted)
    found = difference(sides.before, sides.after, sides.names, sides.remarks)
    _put(found, where, quiet=wanted.quiet)
    if ctx.meta.get(INCOMPLETE):
        ctx.exit(FAILED)
    if (exit_code and found) or (on_breaking and found.breaks):
        ctx.exit(CHANGED)


def _destinations(form: str | None, outputs: tuple[str, ...]) -> dict[Path, str]:
    """Which format goes where. Raises UsageError for formats that there are not, OutputError for files that cannot be written."""
    where = {STANDARD_OUTPUT: _known(form, "--format")} if form else {}
    for output in outputs:
        name, equals, file = output.partition("=")
        if not equals or not file:
            raise click.UsageError(f"-o {output}: write NAME=FILE, for instance -o markdown=comment.md.")
        if Path(file) in where:
            raise click.UsageError(f"-o {output}: {file} is written twice.")
        where[Path(file)] = _known(name, "-o")
    expect_writable([f for f in where if f != STANDARD_OUTPUT])
    return where or {STANDARD_OUTPUT: "text"}


def _known(name: str, option: str) -> str:
    if name not in FORMATS:
        raise click.UsageError(f"{option} {name}: no such format. {nearest(name, list(FORMATS))}")
    return name


def _put(found: Difference, where: dict[Path, str], *, quiet: bool) -> None:
    """Writes everything. Files are written even if nothing has changed: an old one would say something else."""
    files = {file: _rendered(found, name, Terminal()) for file, name in where.items() if file != STANDARD_OUTPUT}
    write(files)
    if not quiet:
        for file in files:
            click.echo(f"wrote {file} ({where[file]})", err=True)
    if found and STANDARD_OUTPUT in where:
        content = _rendered(found, where[STANDARD_OUTPUT], terminal())
        show(content if where[STANDARD_OUTPUT] == "text" else content.encode("utf-8"))
    if found and "markdown" in where.values() and (summary := os.environ.get(SUMMARY)):
        _append(Path(summary), difference_markdown.render(found))


def _rendered(found: Difference, name: str, paper: Terminal) -> str:
    if name == "text":
        return difference_text.show(found, paper)
    if name == "markdown":
        return difference_markdown.render(found)
    return difference_json.render(found)


def _append(file: Path, content: str) -> None:
    try:
        with file.open("a", encoding="utf-8") as opened:
            opened.write(content)
    except OSError as error:
        raise OutputError(f"{file} ({SUMMARY}) cannot be written ({error.strerror or error}).") from error
