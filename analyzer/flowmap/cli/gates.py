"""What the commands around the gate share: the options of the bar, and the verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import click

from flowmap.baselines import baseline_file, known
from flowmap.choosing import choice
from flowmap.cli.running import Scan, chosen, configuration_of, report_of
from flowmap.config import Config
from flowmap.gating import bar_of, gated
from flowmap.model.flow import Severity
from flowmap.model.interaction import Confidence
from flowmap.model.report import Report

Command = TypeVar("Command", bound=Callable[..., object])
BASELINE = Path("flowmap-baseline.json")
"""Where a baseline is written if nobody says anything else."""


def bar_options(command: Command) -> Command:
    """`--fail-on` and `--min-confidence`."""
    return click.option(
        "--fail-on",
        type=click.Choice([s.value for s in Severity]),
        help="Fail on findings this grave or graver. [default: warning]",
    )(
        click.option(
            "--min-confidence",
            type=click.Choice([c.value for c in Confidence]),
            help="Fail on findings this sure or surer. [default: derived]",
        )(command)
    )


def left_out(config: Config, scan: Scan) -> frozenset[str]:
    """The codes of rules that the configuration asks for, and the command line does not."""
    asked, run = (frozenset(r.code for r in choice(c).rules) for c in (config, chosen(config, scan)))
    return asked - run


def judged(scan: Scan, fail_on: str | None, min_confidence: str | None, baseline: Path | None) -> Report:
    """The report of a scan with the verdict on it. Raises BaselineError for a baseline that is missing or broken."""
    config = configuration_of(scan)
    bar, before = bar_of(config, fail_on, min_confidence), known(baseline_file(config, baseline))
    report = report_of(replace(scan, baseline=before))
    return replace(report, gate=gated(report, bar, before, left_out(config, scan)))
