"""What each trigger sets off, as a list."""

from __future__ import annotations

import pytest
from flowmap.graph import workflows as module
from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.workflows import Workflow, workflows
from flows import call, publish, serve, shop, subscribe, system


def told(flow: Workflow) -> list[str]:
    arrow = {"coordination": "=>", "collaboration": "->"}
    return [
        f"{s.depth} {s.sites[0].service} {arrow[s.kind]} {', '.join(r.service for r in s.reached) or s.ending}" for s in flow.steps
    ]


def test_a_request_is_followed_to_all_its_ends() -> None:
    first, *others = workflows(shop())
    assert (first.name, first.services) == ("POST /checkout", ("gateway", "orders", "stock", "billing", "mail"))
    assert told(first) == [
        "0 gateway => orders",
        "1 orders => stock",
        "1 orders -> billing, mail",
        "2 billing => outside the scan",
        "2 billing -> nobody listens",
    ]
    assert others == []


@pytest.mark.parametrize(
    ("graph", "names"),
    [
        (system(serve("a", "GET /")), []),
        (system(serve("a", "GET /"), publish("a", "x", "a serve GET /")), ["GET /"]),
        (system(subscribe("a", "x"), publish("a", "y", "a subscribe x")), ["x"]),
        (system(publish("a", "x"), publish("a", "y"), subscribe("b", "x")), ["do_10"]),
        (system(publish("a", "x", line=1), publish("a", "y", line=2)), ["do_1", "do_2"]),
        (system(publish("a", None)), []),
        (system(call("a", None, "GET /")), []),
        (system(subscribe("a", "x"), publish("a", "x", "a subscribe x")), ["x"]),
        (
            system(
                subscribe("a", "x"), publish("a", "y", "a subscribe x"), subscribe("b", "y"), publish("b", "x", "b subscribe y")
            ),
            ["x"],
        ),
    ],
)
def test_triggers(graph: FlowGraph, names: list[str]) -> None:
    assert [w.name for w in workflows(graph)] == names


def test_a_cut_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not workflows(shop())[0].cut
    monkeypatch.setattr(module, "MAX_STEPS", 2)
    assert workflows(shop())[0].cut
    assert len(workflows(shop())[0].steps) == 2
