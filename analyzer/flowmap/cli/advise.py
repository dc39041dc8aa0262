"""`flowmap advise`: which waits could become events, and what that would save."""

from __future__ import annotations

import click

from flowmap.cli.output import show, terminal
from flowmap.cli.running import Scan, report_of, scan_options
from flowmap.reporters.console import printed
from flowmap.reporters.text_advice import advised


@click.command(short_help="Advise which waits could become events.")
@scan_options
def advise(wanted: Scan) -> None:
    """Advise, for endpoints that wait for too much, which calls could become events: work that can wait first, then data that is
    only read, by what it would save. Each with the calls that say so, and what is waited for before and after.

    \b
    flowmap advise
    flowmap advise services/
    """
    show(printed(advised(report_of(wanted).advice), terminal()))
