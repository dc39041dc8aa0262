"""`flowmap scan`: the whole report, in one or several formats."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from flowmap import extensions
from flowmap.cli.formats import destinations, put_report, report_formats
from flowmap.cli.output import show, terminal
from flowmap.cli.rule_options import rule_options
from flowmap.cli.running import Scan, content_of, expect_complete, explained, folders_of, local_option, report_of, strict_option
from flowmap.reporters.console import printed
from flowmap.reporters.json_numbers import past
from flowmap.reporters.text_derivation import explanation
from flowmap.views.trend import trend


@click.command(short_help="Report flows, findings and blind spots.")
@report_formats
@strict_option
@click.option(
    "--explain-site",
    "site",
    metavar="FILE:LINE",
    help="Instead of the report, show how what is said of this line came to be known.",
)
@click.option(
    "--since", type=click.Path(path_type=Path), metavar="JSON", help="Tell what has changed since this earlier JSON report."
)
@local_option
@rule_options
def scan(
    form: str | None,
    outputs: tuple[str, ...],
    strict: bool,
    site: str | None,
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
    where = destinations(form, outputs, extensions.load_reporters(), "text")
    earlier = past(content_of(since), str(since)) if since is not None else None
    report = report_of(replace(wanted, local=local))
    if earlier is not None:
        report = replace(report, trend=trend(earlier, report))
    put_report(where, report, folders_of(wanted), quiet=wanted.quiet)
    if strict:
        expect_complete(report)


def _explain(wanted: Scan, site: str) -> None:
    """Prints how a line came to be understood."""
    if wanted.of_reports:
        raise click.UsageError("--explain-site reads the code; give folders, not the reports of earlier scans.")
    file, _, line = site.rpartition(":")
    if not file or not (line.isascii() and line.isdigit()):
        raise click.UsageError(f"--explain-site {site}: write FILE:LINE, for instance orders/worker.py:31.")
    found, paper = explained(wanted, file, int(line)), terminal()
    show(printed(explanation(found.explanation, found.sources, paper.width), paper))
