"""What the commands around the gate share: the bar and the baseline, from options and configuration."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from flowmap.baselines import read_baseline
from flowmap.choosing import choice
from flowmap.cli.running import Scan, chosen
from flowmap.config import Config
from flowmap.model.flow import Severity
from flowmap.model.gate import NOTHING_KNOWN, Bar, Baseline
from flowmap.model.interaction import Confidence

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


def bar_of(config: Config, fail_on: str | None, min_confidence: str | None) -> Bar:
    """The bar: what the options say, else the configuration."""
    return Bar(Severity(fail_on or config.check.fail_on), Confidence(min_confidence or config.check.min_confidence))


def baseline_file(config: Config, given: Path | None) -> Path | None:
    """The baseline's file: that of the option, else that of the configuration, which is beside it."""
    if given is not None or config.check.baseline is None:
        return given
    return config.folder / config.check.baseline


def left_out(config: Config, scan: Scan) -> frozenset[str]:
    """The codes of rules that the configuration asks for, and the command line does not."""
    asked, run = (frozenset(r.code for r in choice(c).rules) for c in (config, chosen(config, scan)))
    return asked - run


def known(path: Path | None) -> Baseline:
    """What is known. Raises BaselineError for a file that is missing or broken."""
    return read_baseline(path) if path is not None else NOTHING_KNOWN
