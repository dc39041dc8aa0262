"""`flowmap watch`: the check again whenever something changes. What has not changed is read from the cache."""

from __future__ import annotations

from pathlib import Path

import click

from flowmap.cli.gates import bar_options, judged
from flowmap.cli.output import show, terminal
from flowmap.cli.rule_options import rule_options
from flowmap.cli.running import Scan
from flowmap.errors import FlowmapError
from flowmap.reporters import concise
from flowmap.visible import counted, visible

_DEBOUNCE = 400
"""Milliseconds in which changes are one change: editors and checkouts write many files at once."""


@click.command(short_help="Check again whenever something changes.")
@bar_options
@click.option("--baseline", type=click.Path(path_type=Path), metavar="FILE", help="Findings in FILE are known.")
@rule_options
def watch(fail_on: str | None, min_confidence: str | None, baseline: Path | None, wanted: Scan) -> None:
    """Check the services below PATH (the current folder by default), and again after every change, until it is interrupted. A
    configuration that is being written and cannot be read yet is said, and waited for.

    \b
    flowmap watch
    flowmap watch services --select C,T
    """
    if wanted.of_reports:
        raise click.UsageError("watch looks at folders, not at the reports of earlier scans.")
    from watchfiles import watch as changes_below  # only this command pays for it

    _check(wanted, fail_on, min_confidence, baseline)
    for changes in changes_below(*wanted.paths, debounce=_DEBOUNCE, raise_interrupt=False):
        files = {Path(path) for _, path in changes}
        left = {file for file in files if file.exists()} or files  # editors write beside a file and rename
        first = min(file.name for file in left)
        more = f" and {counted(len(left) - 1, 'other file')}" if len(left) > 1 else ""
        click.clear()
        click.echo(f"{visible(first)}{more} changed", err=True)
        _check(wanted, fail_on, min_confidence, baseline)


def _check(wanted: Scan, fail_on: str | None, min_confidence: str | None, baseline: Path | None) -> None:
    """One check; what fails does not end the watch."""
    try:
        report = judged(wanted, fail_on, min_confidence, baseline)
    except FlowmapError as error:
        click.echo(f"flowmap: {visible(str(error))}", err=True)
        return
    show(concise.show(report, terminal()))
