"""`flowmap scan`: the whole report, in one or several formats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import click

from flowmap import extensions
from flowmap.checking import code_of
from flowmap.cli.main import FAILED
from flowmap.cli.output import STANDARD_OUTPUT, expect_writable, show, terminal, write
from flowmap.cli.running import Scan, content_of, explained, local_option, report_of, scan_options
from flowmap.cli.suggestions import nearest, nearest_rule
from flowmap.model.flow import Report
from flowmap.reporter_api import Reporter
from flowmap.reporters import text
from flowmap.reporters.console import printed
from flowmap.reporters.json_numbers import past
from flowmap.reporters.text_derivation import explanation
from flowmap.views.trend import trend
from flowmap.visible import counted, visible

_Files: TypeAlias = dict[Path, Reporter]


@click.command(short_help="Report flows, findings and blind spots.")
@click.option(
    "-f", "--format", "form", metavar="NAME", help="Format on standard output: text (default), json, mermaid, dot or svg."
)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="NAME=FILE",
    help="Write a format to a file (- is standard output); may be given often.",
)
@click.option("--strict", is_flag=True, help="Exit with 2 if anything could not be read or followed to its end.")
@click.option(
    "--explain-site",
    "site",
    metavar="FILE:LINE",
    help="Instead of the report, show how what is said of this line came to be known.",
)
@click.option("--select", multiple=True, metavar="CODES", help="Run only these rules: codes, beginnings of codes, or slugs.")
@click.option("--ignore", multiple=True, metavar="CODES", help="Do not run these rules.")
@click.option(
    "--since", type=click.Path(path_type=Path), metavar="JSON", help="Tell what has changed since this earlier JSON report."
)
@local_option
@scan_options
@click.pass_context
def scan(
    ctx: click.Context,
    form: str | None,
    outputs: tuple[str, ...],
    strict: bool,
    site: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    since: Path | None,
    local: bool,
    wanted: Scan,
) -> None:
    """Scan the services below PATH (the current folder by default) and report flows, findings and blind spots. Several PATHs are
    the repositories of one system; a PATH may be the JSON report of an earlier scan.

    Nothing of the scanned code is imported or run. Findings do not change the exit code; a scan that could not be done does.

    \b
    flowmap scan                                   report on the terminal
    flowmap scan shop -f json > flow.json
    flowmap scan -o json=flow.json -o mermaid=flow.mmd
    flowmap scan ../orders ../billing ../platform
    flowmap scan --select C,T301 --strict
    flowmap scan --since last-week.json            and what has changed
    flowmap scan --explain-site orders/worker.py:31
    """
    if site is not None:
        if form or outputs or strict or since:
            said = "leave --format, --output, --since and --strict out"
            raise click.UsageError(f"--explain-site prints an answer of its own; {said}.")
        _explain(wanted, site)
        return
    reporters = {r.name: r for r in extensions.load_reporters()}
    files, shown = _destinations(form, outputs, reporters)
    expect_writable(files)
    earlier = past(content_of(since), str(since)) if since is not None else None
    wanted = replace(wanted, select=_codes(select, "--select"), ignore=_codes(ignore, "--ignore"), local=local)
    report = report_of(wanted)
    if earlier is not None:
        report = replace(report, trend=trend(earlier, report))
    write({file: reporter.render(report) for file, reporter in files.items()})
    if not wanted.quiet:
        for file, reporter in files.items():
            click.echo(f"wrote {file} ({reporter.name})", err=True)
    if shown is not None:
        show(_shown(shown, report))
    if strict and report.diagnostics:
        first, number = report.diagnostics[0], counted(len(report.diagnostics), "diagnostic")
        place = f"{first.location}: " if first.location else ""
        click.echo(f"flowmap: --strict: {number}, the first: {visible(place + first.message)}", err=True)
        ctx.exit(FAILED)


def _explain(wanted: Scan, site: str) -> None:
    """Prints how a line came to be understood."""
    if wanted.of_reports:
        raise click.UsageError("--explain-site reads the code; give folders, not the reports of earlier scans.")
    file, _, line = site.rpartition(":")
    if not file or not (line.isascii() and line.isdigit()):
        raise click.UsageError(f"--explain-site {site}: write FILE:LINE, for instance orders/worker.py:31.")
    found, paper = explained(wanted, file, int(line)), terminal()
    show(printed(explanation(found.explanation, found.sources, paper.width), paper))


def _shown(reporter: Reporter, report: Report) -> str | bytes:
    """What goes to standard output: the text report as the terminal can show it, every other format as it is."""
    if reporter is text.REPORTER:
        return text.show(report, terminal())
    content = reporter.render(report)
    return content.encode("utf-8") if isinstance(content, str) else content


def _destinations(form: str | None, outputs: Sequence[str], reporters: dict[str, Reporter]) -> tuple[_Files, Reporter | None]:
    """What to write to which file, and what to standard output: the text unless something else was asked for."""
    files: _Files = {}
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
    return files, shown or (None if files else reporters["text"])


def _known(name: str, reporters: dict[str, Reporter], option: str) -> Reporter:
    if name not in reporters:
        raise click.UsageError(f"{option} {name}: no such format. {nearest(name, list(reporters))}")
    return reporters[name]


def _codes(given: Sequence[str], option: str) -> tuple[str, ...]:
    """Codes or their beginnings, from a list with commas; slugs become codes."""
    names = [name.strip() for part in given for name in part.split(",") if name.strip()]
    if not names:
        return ()
    rules = extensions.load_rules()
    found = []
    for name in names:
        code = code_of(name, rules)
        if code is None:
            raise click.UsageError(f"{option} {name}: no such rule. {nearest_rule(name, rules)}")
        found.append(code)
    return tuple(found)
