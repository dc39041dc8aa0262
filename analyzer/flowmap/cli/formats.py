"""Which formats a command writes, and where to: `--format` and `-o`, the same in every command that has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import click

from flowmap import extensions
from flowmap.cli.output import STANDARD_OUTPUT, add_to_step_summary, expect_writable, show, terminal, write
from flowmap.cli.running import debug_option
from flowmap.cli.suggestions import nearest
from flowmap.model.report import Report
from flowmap.relocating import relocated
from flowmap.reporter_api import Format
from flowmap.reporters.console import BOLD, line, printed
from flowmap.reporters.text_flows import grid

SUMMARY = "markdown"
"""The format that also goes to the page of a run of GitHub Actions."""
Command = TypeVar("Command", bound=Callable[..., object])
T = TypeVar("T")


def format_options(listed: str) -> Callable[[Command], Command]:
    """`--format` and `-o`, which reach the command as `form` and `outputs`; `listed` says which formats there are."""

    def taking(command: Command) -> Command:
        return click.option("-f", "--format", "form", metavar="NAME", help=f"Format on standard output; {listed}.")(
            click.option(
                "-o",
                "--output",
                "outputs",
                multiple=True,
                metavar="NAME=FILE",
                help="Write a format to a file (- is standard output); may be given often.",
            )(command)
        )

    return taking


report_formats = format_options("`flowmap formats` lists them")


@dataclass(frozen=True, slots=True)
class Destinations(Generic[T]):
    """What goes to which file, and what to standard output."""

    files: dict[Path, Format[T]]
    shown: Format[T] | None

    def put(self, as_read: Callable[[Format[T]], T], *, quiet: bool, files_only: bool = False) -> None:
        """Writes all files, or none; then, unless there is nothing to say, the summary of a step and standard output. What a format
        is given may depend on it (`as_read`)."""
        write({file: form.render(as_read(form)) for file, form in self.files.items()})
        if not quiet:
            for file, form in self.files.items():
                click.echo(f"wrote {file} ({form.name})", err=True)
        if files_only:
            return
        if summary := next((f for f in (*self.files.values(), self.shown) if f is not None and f.name == SUMMARY), None):
            add_to_step_summary(summary.render(as_read(summary)))
        if self.shown is not None:
            show(_shown(self.shown, as_read(self.shown)))


def destinations(form: str | None, outputs: Sequence[str], formats: Iterable[Format[T]], otherwise: str) -> Destinations[T]:
    """Where everything goes: to standard output the format `otherwise`, unless something else is asked for. Raises UsageError for
    formats that there are not, OutputError for files that cannot be written."""
    known = {f.name: f for f in formats}
    files: dict[Path, Format[T]] = {}
    shown = _known(form, known, "--format") if form else None
    for output in outputs:
        name, equals, file = output.partition("=")
        if not equals or not file:
            raise click.UsageError(f"-o {output}: write NAME=FILE, for instance -o json=flow.json.")
        taken = shown is not None if Path(file) == STANDARD_OUTPUT else Path(file) in files
        if taken:
            raise click.UsageError(f"-o {output}: {file} is written twice.")
        if Path(file) == STANDARD_OUTPUT:
            shown = _known(name, known, "-o")
        else:
            files[Path(file)] = _known(name, known, "-o")
    expect_writable(files)
    return Destinations(files, shown or (None if files else known[otherwise]))


def put_report(where: Destinations[Report], report: Report, folders: Mapping[str, str], *, quiet: bool) -> None:
    """Writes a report in its formats. `folders` are those of repositories from here, by their names."""
    near = relocated(report, folders)
    where.put(lambda form: near if form.opened else report, quiet=quiet)


def _shown(form: Format[T], value: T) -> str | bytes:
    """What goes to standard output: a format for people as the terminal can show it, every other as it is."""
    if form.show is not None:
        return form.show(value, terminal())
    content = form.render(value)
    return content.encode("utf-8") if isinstance(content, str) else content


def _known(name: str, known: Mapping[str, Format[T]], option: str) -> Format[T]:
    if name not in known:
        raise click.UsageError(f"{option} {name}: no such format. {nearest(name, list(known))}")
    return known[name]


@click.command(short_help="List the output formats.")
@debug_option
def formats() -> None:
    """List the formats that `--format NAME` and `-o NAME=FILE` take."""
    table = grid(0, 1)
    for reporter in extensions.load_reporters():
        table.add_row(line((reporter.name, BOLD)), line(reporter.description))
    show(printed([table], terminal()))
