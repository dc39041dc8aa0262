"""The report for a person at a terminal: what is there, what is wrong, what could not be seen, and one line that sums it up.

As a registered format it is plain text of 100 columns, the same on every machine but for the seconds; whoever prints to a
terminal that is known calls `show`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from flowmap.graph.channels import channels
from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.flow import Severity
from flowmap.model.interaction import Confidence, Role
from flowmap.model.report import Report
from flowmap.reporter_api import Reporter, Terminal
from flowmap.reporters.console import BOLD, DIM, SEVERITIES, line, printed
from flowmap.reporters.text_coupling import coupling, trend
from flowmap.reporters.text_findings import blind_spots, findings, unread
from flowmap.reporters.text_flows import flows, indented, services, waits
from flowmap.views.badges import badges
from flowmap.visible import counted

_EMPTY = (
    "Nothing here publishes, subscribes, calls or serves through a library that flowmap knows. Is this the folder of the "
    "services? In-house libraries whose source lies elsewhere are unknown to the scan."
)


def render(report: Report) -> str:
    """The report as plain text."""
    return show(report, Terminal())


def show(report: Report, terminal: Terminal) -> str:
    """The report for a terminal."""
    return printed(_parts(report, terminal.width), terminal)


def _parts(report: Report, width: int) -> Iterator[RenderableType]:
    graph = FlowGraph(report.flow)
    found = [c for c in channels(graph) if not c.aside]
    yield _header(report)
    yield from services(graph, width)
    if not report.flow.interactions and not report.flow.hidden:
        yield Text("")
        yield indented(Text(_EMPTY))
    yield from flows(graph, found, badges(graph, report.findings), width)
    yield from waits(graph, width)
    yield from coupling(report, width)
    yield from _hidden(report)
    yield from findings(report)
    yield from blind_spots(graph)
    yield from unread(report)
    yield from trend(report.trend)
    yield Text("")
    yield summary(report, graph, len(found))


def _hidden(report: Report) -> Iterator[RenderableType]:
    """That there is more inside the processes."""
    if report.flow.hidden:
        yield Text("")
        yield indented(line((f"{counted(report.flow.hidden, 'site')} inside a process left out; --local shows them", DIM)))


def _header(report: Report) -> Text:
    size = f"{counted(report.files, 'Python file')}, {counted(report.lines, 'line')}"
    return line((report.root, BOLD), (f"  {size}, read by flowmap {report.version}", DIM))


def summary(report: Report, graph: FlowGraph, number: int) -> Text:
    """The whole scan in one line; `number` of channels. Only findings and blind spots are named even if there are none."""
    sites = [i for i in graph.flow.interactions if i.role in (Role.PUBLISH, Role.SUBSCRIBE) and not i.outside]
    longest = max((c.hops for c in report.flow.chains), default=0)
    parts: list[Text | tuple[str, str] | str] = [
        counted(len(report.flow.services), "service"),
        *([counted(number, "channel")] if number else []),
        *([f"{sum(i.resolved for i in sites)}/{len(sites)} message sites resolved"] if sites else []),
        *([f"longest chain {longest}"] if longest else []),
        *_severities(report),
        counted(len(graph.blind_spots), "blind spot"),
        f"{report.seconds:.1f} s",
    ]
    return Text(" · ", style=DIM).join(line(p) for p in parts)


def _severities(report: Report) -> list[tuple[str, str] | str]:
    number = Counter(f.severity for f in report.findings if f.confidence is not Confidence.GUESS)
    unsure = sum(f.confidence is Confidence.GUESS for f in report.findings)
    plural = {Severity.ADVICE: "advice"}
    known = [s for s in Severity if number[s]]
    sure: list[tuple[str, str] | str] = [(counted(number[s], s.value, plural.get(s, "")), SEVERITIES[s]) for s in known]
    apart = len(report.suppressed)
    return [*(sure or ["no findings"]), *([f"{unsure} cannot tell"] if unsure else []), *([f"{apart} suppressed"] if apart else [])]


REPORTER = Reporter("text", "the report for people, 100 columns without colour", render, show)
