"""The findings alone, each with its proof and the line of source: what somebody has to see whose build has failed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rich.console import RenderableType
from rich.text import Text

from flowmap.reporter_api import Report, Reporter, Terminal
from flowmap.reporters.console import BOLD, DIM, line, printed
from flowmap.reporters.text_findings import findings
from flowmap.reporters.text_flows import heading, indented
from flowmap.reporters.verdict import counting, outcome, remarks

_MOST = 20
"""Entries of the baseline that are shown."""


def render(report: Report) -> str:
    """The findings, or those that fail the gate, with their evidence, and the outcome."""
    return show(report, Terminal())


def show(report: Report, terminal: Terminal) -> str:
    """The same for a terminal."""
    return printed(_parts(report), terminal)


def _parts(report: Report) -> Iterator[RenderableType]:
    yield from findings(replace(report, findings=counting(report)))
    gate = report.gate
    if gate is not None and gate.stale:
        yield from heading("baseline", "what is not there any more; `flowmap baseline` takes it out")
        for sentence in gate.stale[:_MOST]:
            yield indented(line(sentence))
        if len(gate.stale) > _MOST:
            yield indented(line((f"and {len(gate.stale) - _MOST} more: --format concise lists all", DIM)))
    if gate is not None and gate.faults:
        yield from heading("flowmap", "what could not be judged")
        for sentence in gate.faults:
            yield indented(line(sentence))
    if counting(report) or remarks(report):
        yield Text("")
    failed = gate is not None and not gate.passed
    yield line((outcome(report), f"{BOLD} red" if failed else f"{BOLD} green" if gate is not None else BOLD))


REPORTER = Reporter("full", "the findings with their proof and source", render, show)
