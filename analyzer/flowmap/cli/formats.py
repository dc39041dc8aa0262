"""Which formats a command writes, and where to: `--format` and `-o`, the same in every command that has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click

from flowmap import extensions
from flowmap.cli.output import STANDARD_OUTPUT, add_to_step_summary, expect_writable, show, terminal, write
from flowmap.cli.running import debug_option
from flowmap.cli.suggestions import nearest
from flowmap.model.report import Report
from flowmap.relocating import relocated
from flowmap.reporter_api import Reporter
from flowmap.reporters.console import BOLD, line, printed
from flowmap.reporters.text_flows import grid

SUMMARY = "markdown"
"""The format that also goes to the page of a run of GitHub Actions."""
Command = TypeVar("Command", bound=Callable[..., object])


def format_options(command: Command) -> Command:
    """`--format` and `-o`, which reach the command as `form` and `outputs`."""
    return click.option("-f", "--format", "form", metavar="NAME", help="Format on standard output; `flowmap formats` lists them.")(
        click.option(
            "-o",
            "--output",
            "outputs",
            multiple=True,
            metavar="NAME=FILE",
            help="Write a format to a file (- is standard output); may be given often.",
        )(command)
    )


@dataclass(frozen=True, slots=True)
class Destinations:
    """What goes to which file, and what to standard output."""

    files: dict[Path, Reporter]
    shown: Reporter | None

    def put(self, report: Report, folders: Mapping[str, str], *, quiet: bool) -> None:
        """Writes all files, or none, then standard output. `folders` are those of repositories from here, by their names."""
        near = relocated(report, folders)
        write({file: r.render(near if r.opened else report) for file, r in self.files.items()})
        if summary := next((r for r in (*self.files.values(), self.shown) if r is not None and r.name == SUMMARY), None):
            add_to_step_summary(summary.render(near))
        if not quiet:
            for file, reporter in self.files.items():
                click.echo(f"wrote {file} ({reporter.name})", err=True)
        if self.shown is not None:
            show(_shown(self.shown, near if self.shown.opened else report))


def destinations(form: str | None, outputs: Sequence[str], otherwise: str) -> Destinations:
    """Where everything goes: to standard output the format `otherwise`, unless something else is asked for. Raises UsageError for
    formats that there are not, OutputError for files that cannot be written."""
    reporters = {r.name: r for r in extensions.load_reporters()}
    files: dict[Path, Reporter] = {}
    shown = _known(form, reporters, "--format") if form else None
    for output in outputs:
        name, equals, file = output.partition("=")
        if not equals or not file:
            raise click.UsageError(f"-o {output}: write NAME=FILE, for instance -o json=flow.json.")
        taken = shown is not None if Path(file) == STANDARD_OUTPUT else Path(file) in files
        if taken:
            raise click.UsageError(f"-o {output}: {file} is written twice.")
        if Path(file) == STANDARD_OUTPUT:
            shown = _known(name, reporters, "-o")
        else:
            files[Path(file)] = _known(name, reporters, "-o")
    expect_writable(files)
    return Destinations(files, shown or (None if files else reporters[otherwise]))


def _shown(reporter: Reporter, report: Report) -> str | bytes:
    """What goes to standard output: a format for people as the terminal can show it, every other as it is."""
    if reporter.show is not None:
        return reporter.show(report, terminal())
    content = reporter.render(report)
    return content.encode("utf-8") if isinstance(content, str) else content


def _known(name: str, reporters: dict[str, Reporter], option: str) -> Reporter:
    if name not in reporters:
        raise click.UsageError(f"{option} {name}: no such format. {nearest(name, list(reporters))}")
    return reporters[name]


@click.command(short_help="List the output formats.")
@debug_option
def formats() -> None:
    """List the formats that `--format NAME` and `-o NAME=FILE` take."""
    table = grid(0, 1)
    for reporter in extensions.load_reporters():
        table.add_row(line((reporter.name, BOLD)), line(reporter.description))
    show(printed([table], terminal()))
