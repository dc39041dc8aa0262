"""The edges as a table for spreadsheets and databases: who reaches whom, over what, and where."""

from __future__ import annotations

import csv
import io

from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.flow import Edge
from flowmap.reporter_api import Report, Reporter
from flowmap.visible import visible

COLUMNS = ("kind", "source", "target", "channel", "transport", "confidence", "places")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(report: Report) -> str:
    """A row per edge between services, in the order of the report; places with a blank between them."""
    graph = FlowGraph(report.flow)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_cell(value) for value in _row(graph, e)] for e in report.flow.edges if not e.local)
    return out.getvalue()


def _row(graph: FlowGraph, edge: Edge) -> tuple[str, ...]:
    sites = [graph.by_id[i] for i in edge.interactions if i in graph.by_id]
    places = " ".join(dict.fromkeys(str(s.location) for s in sites))
    return edge.kind.value, edge.source, edge.target, edge.channel or "", edge.transport, edge.confidence.value, places


def _cell(value: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{visible(value)}" if value.startswith(_FORMULA) else visible(value)


REPORTER = Reporter("csv", "the edges as a table", render)
