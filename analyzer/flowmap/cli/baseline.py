"""`flowmap baseline`: writes down what is known, so that `flowmap check` fails on what is new."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from flowmap.baselines import NUMBERS, OF_THE_BASELINE, baseline_file, read_baseline, renewed, written
from flowmap.cli.gates import BASELINE, bar_options, left_out
from flowmap.cli.main import FAILED
from flowmap.cli.output import expect_writable, write
from flowmap.cli.rule_options import rule_options
from flowmap.cli.running import INCOMPLETE, Scan, configuration_of, report_of, tell_unheard
from flowmap.config import BudgetContract, Config
from flowmap.errors import BaselineError
from flowmap.gating import bar_of, gated
from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.gate import NOTHING_KNOWN
from flowmap.visible import counted, visible

_SHOWN = 20


def _free(config: Config) -> list[str]:
    """The numbers that no budget of the system holds already."""
    budgets = [c for c in config.contracts if isinstance(c, BudgetContract) and not c.services]
    return [name for name in NUMBERS if all(getattr(b, name) is None for b in budgets)]


@click.command(short_help="Write down the findings that are known.")
@bar_options
@click.option("--baseline", "file", type=click.Path(path_type=Path), metavar="FILE", help=f"The file. [default: {BASELINE}]")
@click.option("--reason", metavar="TEXT", help="Why what is new may stay; needed for new entries and for higher numbers.")
@click.option("--edges", is_flag=True, help="List the edges too, so that new ones fail (A505).")
@rule_options
@click.pass_context
def baseline(
    ctx: click.Context,
    fail_on: str | None,
    min_confidence: str | None,
    file: Path | None,
    reason: str | None,
    edges: bool,
    wanted: Scan,
) -> None:
    """Write the findings that would fail `flowmap check`, and the numbers of the system, into a file of what is known. What is not
    there any more leaves the file by itself; new entries and higher numbers need a reason. A budget of the configuration is raised
    where it is written, and no entry lets it be exceeded.

    \b
    flowmap baseline --reason "there when the gate was put up"
    flowmap baseline                               after something has been mended
    flowmap baseline --edges --reason "ADR 12"
    """
    config = configuration_of(wanted)
    tell_unheard(wanted)
    path = baseline_file(config, file) or BASELINE
    expect_writable([path])
    before = read_baseline(path) if path.exists() else NOTHING_KNOWN
    listing = edges or before.edges is not None
    report = report_of(replace(wanted, ignore=(*wanted.ignore, *OF_THE_BASELINE)))
    if ctx.meta.get(INCOMPLETE):
        ctx.exit(FAILED)
    gate = gated(report, bar_of(config, fail_on, min_confidence), before)
    graph, why, unasked = FlowGraph(report.flow), (reason or "").strip(), left_out(config, wanted)
    found = (*gate.failing, *gate.known)
    anew = renewed(graph, found, before, why, edges=listing, numbers=_free(config), left_out=unasked)
    if anew.grown and not why:
        for said in anew.grown[:_SHOWN]:
            click.echo(f"in: {visible(said)}", err=True)
        if len(anew.grown) > _SHOWN:
            click.echo(f"and {len(anew.grown) - _SHOWN} more", err=True)
        number = counted(len(anew.grown), "entry", "entries")
        raise BaselineError(f"{path} would take in {number}; say with --reason why they may stay.")
    write({path: written(anew.baseline)})
    if not wanted.quiet:
        for said in anew.gone:
            click.echo(f"out: {visible(said)}", err=True)
        kept = len(anew.baseline.findings)
        click.echo(f"wrote {path} ({counted(kept, 'finding')}, {len(anew.grown)} new, {len(anew.gone)} gone)", err=True)
