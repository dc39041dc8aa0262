"""T308: workflows without an owner."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.flow import Severity
from flowmap.model.interaction import Confidence, Kind
from flowmap.rule_api import Options
from flowmap.rules.unowned_workflow import RULE
from flows import system
from happenings import workflow
from verdicts import judged

LINE = ("a: -> placed", "b: placed -> reserved", "c: reserved -> paid", "d: paid ->")


def owned(*lines: str, **owners: str) -> FlowGraph:
    """The graph of a workflow whose services are owned by those named, with spaces between several."""
    flow = system(*workflow(*lines)).flow
    services = tuple(replace(s, owners=tuple(owners.get(s.name, "").split())) for s in flow.services)
    return FlowGraph(replace(flow, services=services))


@pytest.mark.parametrize(
    "graph",
    [
        owned(*LINE),
        owned(*LINE, b="blue"),
        owned(*LINE, b="blue", c="blue", d="blue"),
        owned(*LINE, "e: paid -> sent"),
        owned("a: -> placed", "b: placed -> reserved", "c: placed ->", "d: reserved ->"),
        owned(*LINE, "a: paid ->"),
    ],
)
def test_flagged(graph: FlowGraph) -> None:
    assert [f.subject for f in judged(RULE, graph)] == ["placed"]


@pytest.mark.parametrize(
    "graph",
    [
        owned(),
        owned(*LINE, a="blue"),
        owned(*LINE, a="blue red", b="red", c="red", d="red"),
        owned(*LINE[:3]),
        owned("a: -> placed", "b: placed ->", "c: placed ->", "d: placed ->"),
        FlowGraph(system(*(replace(s, kind=Kind.TASK) for s in workflow(*LINE))).flow),
        FlowGraph(system(*(replace(s, local=True) for s in workflow(*LINE))).flow),
        FlowGraph(system(*workflow(*LINE), roots={"a": "shop", "b": "shop"}).flow),
    ],
)
def test_not_flagged(graph: FlowGraph) -> None:
    assert judged(RULE, graph) == []


@pytest.mark.parametrize(("least", "count"), [(2, 1), (4, 1), (5, 0)])
def test_the_size_of_a_workflow_that_needs_an_owner(least: int, count: int) -> None:
    assert len(judged(RULE, owned(*LINE), Options({"min-workflow-services": least}))) == count


def test_the_finding_says_who_owns_what() -> None:
    (found,) = judged(RULE, owned(*LINE, b="red blue"))
    assert found.message == "nobody owns the workflow of 4 services that a starts with placed"
    assert [e.what for e in found.evidence] == [
        "a announces placed",
        "b announces reserved, owned by blue, red",
        "c announces paid",
    ]
    assert (found.code, found.severity, RULE.on) == ("T308", Severity.ADVICE, False)
    assert (found.services, found.confidence) == (("a", "b", "c", "d"), Confidence.CERTAIN)
