"""`flowmap check`: the scan as a gate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import RenderableType

from flowmap import extensions
from flowmap.cli.formats import destinations, put_report, report_formats
from flowmap.cli.gates import bar_options, judged
from flowmap.cli.main import FAILED
from flowmap.cli.output import show, terminal
from flowmap.cli.rule_options import rule_options
from flowmap.cli.running import (
    INCOMPLETE,
    Scan,
    expect_complete,
    folders_of,
    strict_option,
    tell_unheard,
)
from flowmap.model.gate import Gate
from flowmap.reporters.console import BOLD, DIM, SEVERITIES, line, printed
from flowmap.reporters.text_flows import grid

VIOLATIONS = 1


@click.command(short_help="Fail on findings that are new: the gate for CI.")
@bar_options
@click.option("--baseline", type=click.Path(path_type=Path), metavar="FILE", help="Findings in FILE are known; fail on new ones.")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule instead of showing them.")
@report_formats
@strict_option
@rule_options
@click.pass_context
def check(
    ctx: click.Context,
    fail_on: str | None,
    min_confidence: str | None,
    baseline: Path | None,
    statistics: bool,
    form: str | None,
    outputs: tuple[str, ...],
    strict: bool,
    wanted: Scan,
) -> None:
    """Check the services below PATH (the current folder by default) against the rules, contracts and budgets, and fail on what is
    new.

    Exit codes: 0 nothing fails; 1 findings that fail, or entries of the baseline that are gone; 2 flowmap or its configuration
    failed, which a broken or missing baseline is, too.

    \b
    flowmap check
    flowmap check --baseline flowmap-baseline.json
    flowmap check --select A,C --fail-on error -o sarif=flow.sarif
    flowmap check --statistics
    """
    if statistics and (form is not None or outputs):
        raise click.UsageError("--statistics prints a table of its own; leave --format and --output out.")
    where = destinations(form, outputs, extensions.load_reporters(), "full")
    tell_unheard(wanted)
    report = judged(wanted, fail_on, min_confidence, baseline)
    gate = report.gate
    assert gate is not None
    if statistics:
        show(printed(_statistics(gate), terminal()))
    elif not (wanted.quiet and gate.passed and form is None and not outputs):
        put_report(where, report, folders_of(wanted), quiet=wanted.quiet)
    if strict:
        expect_complete(report)
    if ctx.meta.get(INCOMPLETE):
        ctx.exit(FAILED)
    if not gate.passed:
        ctx.exit(VIOLATIONS)


def _statistics(gate: Gate) -> Iterator[RenderableType]:
    """How many findings of each rule fail, are known, are below the bar."""
    counts = {key: Counter(f.code for f in found) for key, found in (("f", gate.failing), ("k", gate.known), ("b", gate.below))}
    rules = {f.code: f for f in (*gate.below, *gate.known, *gate.failing)}
    if rules:
        table = grid(0, 0, 0, 0, 1)
        table.add_row(line(("failing", DIM)), line(("known", DIM)), line(("below", DIM)), "", "")
        for code in sorted(rules, key=lambda c: (-counts["f"][c], c)):
            numbers = [line(f"{counts[key][code]:>7}" if counts[key][code] else "      -") for key in ("f", "k", "b")]
            table.add_row(*numbers, line((code, SEVERITIES[rules[code].severity])), line(rules[code].slug))
        yield table
    for sentence in gate.stale:
        yield line(("baseline ", BOLD), sentence)
