"""`flowmap init`: a first configuration and baseline, so that the gate is green from the first day and fails on what is new."""

from __future__ import annotations

from dataclasses import replace

import click

from flowmap.baselines import renewed, written
from flowmap.cli.gates import BASELINE
from flowmap.cli.main import FAILED
from flowmap.cli.output import write
from flowmap.cli.running import INCOMPLETE, Scan, report_of, scan_options
from flowmap.config import has_configuration
from flowmap.errors import ConfigError
from flowmap.gating import gated
from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.gate import NOTHING_KNOWN, Bar
from flowmap.reporters.proposal import proposal
from flowmap.visible import counted

CONFIGURATION = "flowmap.toml"
REASON = "there when `flowmap init` looked"


@click.command(short_help="Write a first configuration and baseline.")
@scan_options
@click.pass_context
def init(ctx: click.Context, wanted: Scan) -> None:
    """Look at the services below PATH and write flowmap.toml, with what was found and budgets at today's numbers, and a baseline of
    today's findings beside it. Nothing that is there already is overwritten.

    \b
    flowmap init
    flowmap check        is green, until something new appears
    """
    if len(wanted.paths) != 1 or wanted.of_reports:
        raise click.UsageError("init looks at one folder; the configuration is written into it.")
    (root,) = wanted.paths
    for path in (root / CONFIGURATION, root / BASELINE):
        if path.exists():
            raise ConfigError(f"{path} is there already, and `flowmap init` overwrites nothing; remove it or change it by hand.")
    if found := has_configuration(root):
        raise ConfigError(f"{found} configures flowmap already, and `flowmap init` overwrites nothing.")
    report = report_of(wanted)
    if ctx.meta.get(INCOMPLETE):
        ctx.exit(FAILED)
    gate = gated(report, Bar(), NOTHING_KNOWN)
    known = renewed(FlowGraph(report.flow), gate.failing, NOTHING_KNOWN, REASON, edges=False, numbers=())
    write({root / CONFIGURATION: proposal(replace(report, gate=gate), BASELINE.name), root / BASELINE: written(known.baseline)})
    if not wanted.quiet:
        services, findings = counted(len(report.flow.services), "service"), counted(len(gate.failing), "known finding")
        click.echo(f"wrote {root / CONFIGURATION} ({services}) and {root / BASELINE} ({findings})", err=True)
        click.echo("now `flowmap check` is green; put it into CI", err=True)
