"""One line per finding, as compilers write them: editors and terminals make the place a link."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from flowmap.reporter_api import Report, Reporter, Terminal
from flowmap.reporters.console import BOLD, DIM, SEVERITIES, line, printed
from flowmap.reporters.verdict import counting, outcome, place, remarks


def render(report: Report) -> str:
    """The findings, or those that fail the gate, a line each, and the outcome."""
    return show(report, Terminal())


def show(report: Report, terminal: Terminal) -> str:
    """The same for a terminal."""
    return printed(_parts(report), terminal)


def _parts(report: Report) -> Iterator[RenderableType]:
    for finding in counting(report):
        where = place(finding)
        spot = (f"{where.path}:{where.line}:{where.column}:", "cyan")
        yield line(spot, " ", (finding.code, SEVERITIES[finding.severity]), " ", finding.message)
    for remark in remarks(report):
        yield line((remark.title.removeprefix("flowmap "), BOLD), " ", remark.said)
    yield line((outcome(report), DIM))


REPORTER = Reporter("concise", "the findings, one line each", render, show, opened=True)
