"""`flowmap schema`: the contracts of what is written as JSON."""

from __future__ import annotations

import click

from flowmap.cli.output import show
from flowmap.cli.running import debug_option
from flowmap.reporters import difference_json, json_models

_SCHEMAS = {"report": json_models.json_schema_text, "diff": difference_json.json_schema_text}


@click.command(short_help="Print the JSON Schema of what is written as JSON.")
@click.argument("what", type=click.Choice(list(_SCHEMAS)), default="report")
@debug_option
def schema(what: str) -> None:
    """Print the JSON Schema of `flowmap scan --format json` (flowmap/1), or of `flowmap diff --format json` (flowmap-diff/1).

    \b
    flowmap schema > flowmap-1.schema.json
    flowmap schema diff > flowmap-diff-1.schema.json
    """
    show(_SCHEMAS[what]().encode("utf-8"))
