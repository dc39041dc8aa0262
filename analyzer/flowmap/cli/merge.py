"""`flowmap merge`: the scans that each repository's own CI made, as one system."""

from __future__ import annotations

from pathlib import Path

import click

from flowmap.cli.output import STANDARD_OUTPUT, expect_writable, show, write
from flowmap.cli.running import Scan, debug_option, report_of
from flowmap.reporters.json_report import render


@click.command(short_help="Join the JSON reports of several repositories.")
@click.argument("paths", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="JSON...")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE; - is standard output, the default."
)
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Read the rules' settings from FILE.")
@click.option("-q", "--quiet", is_flag=True, help="No remarks on standard error.")
@debug_option
def merge(paths: tuple[Path, ...], output: Path | None, config: Path | None, quiet: bool) -> None:
    """Join reports of `flowmap scan -f json` as one system, connected and checked anew, and write its JSON report.

    Each repository goes by the name of the folder that was scanned. All commands take such reports in the place of folders.

    \b
    flowmap merge orders.json billing.json -o system.json
    flowmap scan system.json
    flowmap diagram system.json -o system.svg
    """
    if output == STANDARD_OUTPUT:
        output = None
    expect_writable([output] if output else [])
    content = render(report_of(Scan(paths, config=config, quiet=quiet, scanned=True)))
    if output is None:
        show(content.encode("utf-8"))
        return
    write({output: content})
    if not quiet:
        click.echo(f"wrote {output} (json)", err=True)
