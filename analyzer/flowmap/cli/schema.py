"""`flowmap schema`: the contracts of what flowmap writes and reads, as JSON Schema."""

from __future__ import annotations

import click

from flowmap import extensions
from flowmap.baselines import baseline_schema_text
from flowmap.cli.output import show
from flowmap.cli.running import debug_option
from flowmap.config_schema import config_schema_text
from flowmap.reporters import difference_json, json_models

_OF = {
    "report": json_models.json_schema_text,
    "diff": difference_json.json_schema_text,
    "config": lambda: config_schema_text(extensions.load_rules()),
    "baseline": baseline_schema_text,
}


@click.command(short_help="Print a JSON Schema: of a report, a difference, the configuration, the baseline.")
@click.argument("of", type=click.Choice(list(_OF)), default="report", metavar="[report|diff|config|baseline]")
@debug_option
def schema(of: str) -> None:
    """Print the JSON Schema of `flowmap scan --format json` (flowmap/1), of `flowmap diff --format json` (flowmap-diff/1), of
    flowmap.toml, with which editors complete it, or of the baseline.

    \b
    flowmap schema > flowmap-1.schema.json
    flowmap schema diff > flowmap-diff-1.schema.json
    flowmap schema config > flowmap.schema.json
    """
    show(_OF[of]().encode("utf-8"))
