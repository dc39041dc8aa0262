"""What has changed since an earlier report."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from flowmap.errors import ArtefactError
from flowmap.graph.coupling import coupling
from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.coupling import Change
from flowmap.model.report import Report
from flowmap.reporters.console import Terminal
from flowmap.reporters.json_numbers import past
from flowmap.reporters.json_report import render
from flowmap.reporters.text import show
from flowmap.views.trend import numbers, trend
from flows import call, finding, publish, report, serve, shop, system


def _report(graph: FlowGraph, *subjects: str) -> Report:
    found = (replace(finding("T301", s, graph.flow.interactions[0]), fingerprint=s) for s in subjects)
    return replace(report(graph, *found), coupling=coupling(graph, 0.999))


BEFORE = _report(shop(), "a", "b")
AFTER = _report(
    system(
        *shop().flow.interactions,
        call("stock", "billing", "GET /x", "stock serve GET /stock/{}"),
        serve("billing", "GET /x"),
        publish("ledger", "closed"),
    ),
    "b",
    "c",
)


def test_a_report_keeps_all_that_is_compared() -> None:
    assert past(render(AFTER).encode(), "old.json") == numbers(AFTER)
    assert trend(past(render(AFTER).encode(), "old.json"), AFTER).changes == ()


def test_changes() -> None:
    found = trend(past(render(BEFORE).encode(), "old.json"), AFTER)
    assert (found.since, found.appeared, found.gone) == ("shop", ("c",), ("a",))
    assert Change("", "longest_chain", 2, 3) in found.changes
    assert [c for c in found.changes if c.service in ("stock", "ledger")] == [
        Change("ledger", "services", None, 1),
        Change("stock", "waits_on", 0, 1),
        Change("stock", "autonomy", 1, 0),
        Change("stock", "longest_chain", 0, 1),
        Change("stock", "availability", 1, 0.999),
    ]
    assert [c.measure for c in trend(numbers(AFTER), BEFORE).changes if c.service == "ledger"] == ["services"]


def test_they_are_told() -> None:
    text = show(replace(AFTER, trend=trend(numbers(BEFORE), AFTER)), Terminal(80))
    lines = [" ".join(line.split()) for line in text[text.index("SINCE") :].splitlines()]
    assert lines[0] == "SINCE the report on shop"
    assert "the system services 5 → 6" in lines
    assert "ledger is new" in lines
    assert "stock autonomy 100.00% → 0.00%" in lines
    assert "1 finding more, 1 finding less" in lines
    told = show(replace(AFTER, trend=trend(numbers(AFTER), AFTER)), Terminal(80))
    assert "SINCE  the report on shop\n  nothing has changed\n" in told
    assert "SINCE" not in show(AFTER, Terminal(80))


def test_what_an_earlier_version_did_not_say_is_not_compared() -> None:
    old = json.loads(render(BEFORE))
    del old["coupling"], old["stats"]["autonomy"]
    old["stats"]["later"], old["later"] = 1, {}
    found = trend(past(json.dumps(old).encode(), "old.json"), AFTER)
    assert {c.service for c in found.changes} == {""}
    assert "autonomy" not in {c.measure for c in found.changes}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "Invalid JSON"),
        (b"[]", "Input should be an object"),
        (b'{"schema": "flowmap/9", "name": "x", "stats": {}}', "schema: Input should be 'flowmap/1'"),
        (b'{"schema": "flowmap/1", "name": "x"}', "stats: Field required"),
        (b'{"schema": "flowmap/1", "name": "x", "stats": {"edges": "many"}}', "stats.edges: Input should be a valid number"),
    ],
)
def test_what_is_no_report(content: bytes, why: str) -> None:
    with pytest.raises(ArtefactError, match=r"old\.json is no report of flowmap \(") as refusal:
        past(content, "old.json")
    assert why in str(refusal.value)
