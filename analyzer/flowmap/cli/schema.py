"""`flowmap schema`: the contract of the JSON report."""

from __future__ import annotations

import click

from flowmap.cli.output import show
from flowmap.cli.running import debug_option
from flowmap.reporters.json_models import json_schema_text


@click.command(short_help="Print the JSON Schema of the JSON report.")
@debug_option
def schema() -> None:
    """Print the JSON Schema of `flowmap scan --format json` (flowmap/1).

    \b
    flowmap schema > flowmap-1.schema.json
    """
    show(json_schema_text().encode("utf-8"))
