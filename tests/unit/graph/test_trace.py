"""What follows from a trigger."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.graph import trace as tracing
from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.trace import Ending, Trace, trace
from flows import call, publish, serve, shop, subscribe, system


def drawn(tree: Trace, depth: int = 0) -> list[str]:
    """A tree as indented lines."""
    kind = {"collaboration": "-> ", "coordination": "=> "}.get(tree.kind or "", "")
    name = tree.site.channel or tree.site.operation or "?"
    ending = f" ({tree.ending.value})" if tree.ending else ""
    own = f"{'  ' * depth}{kind}{tree.site.service} {tree.site.role.value} {name}{ending}"
    return [own, *(line for child in tree.children for line in drawn(child, depth + 1))]


def lines(graph: FlowGraph, *ids: str) -> list[str]:
    return [line for tree in trace(graph, [graph.by_id[i] for i in ids]) for line in drawn(tree)]


def test_a_request_is_followed_through_calls_and_messages() -> None:
    assert lines(shop(), "gateway serve POST /checkout") == [
        "gateway serve POST /checkout",
        "  gateway call POST /orders",
        "    => orders serve POST /orders",
        "      orders call GET /stock/{}",
        "        => stock serve GET /stock/{}",
        "      orders publish order-placed",
        "        -> billing subscribe order-placed",
        "          billing call POST /charges (outside the scan)",
        "          billing publish invoice-sent (nobody listens)",
        "        -> mail subscribe order-placed",
    ]


def test_loops_are_noted_and_cut() -> None:
    graph = system(subscribe("a", "x"), publish("a", "y", "a subscribe x"), subscribe("b", "y"), publish("b", "x", "b subscribe y"))
    assert lines(graph, "a subscribe x") == [
        "a subscribe x",
        "  a publish y",
        "    -> b subscribe y",
        "      b publish x",
        "        -> a subscribe x (loop)",
    ]


def test_what_was_followed_before_is_not_followed_again() -> None:
    graph = system(
        serve("a", "POST /"),
        publish("a", "x", "a serve POST /"),
        publish("a", "y", "a serve POST /"),
        replace(subscribe("b", "x"), id="b x"),
        call("b", None, "GET /", "b x", "b y"),
        replace(subscribe("b", "y"), id="b y"),
        subscribe("c", "x"),
        publish("c", "y", "c subscribe x"),
    )
    assert [line for line in lines(graph, "a serve POST /") if "shown above" in line] == ["    -> b subscribe y (shown above)"]


@pytest.mark.parametrize(
    ("site", "ending"),
    [
        (publish("a", None), Ending.UNKNOWN),
        (publish("a", "x"), Ending.UNHEARD),
        (call("a", None, "GET /"), Ending.UNKNOWN),
        (call("a", "api.github.com", "GET /"), Ending.OUTSIDE),
        (call("a", "b", "GET /other"), Ending.UNANSWERED),
        (call("a", "b", "GET /"), Ending.OPEN),
    ],
)
def test_branches_say_why_they_end(site: tracing.Interaction, ending: Ending) -> None:
    graph = system(site, serve("b", "GET /"))
    assert [tree.ending for tree in trace(graph, [graph.by_id[site.id]])] == [ending]


def test_sites_that_do_the_same_are_one_step() -> None:
    sites = [replace(publish("a", "x", "a serve GET /"), id=str(n)) for n in range(3)]
    (tree,) = trace(system(serve("a", "GET /"), *sites, subscribe("b", "x")), [serve("a", "GET /")])
    assert [(len(step.sites), len(step.children)) for step in tree.children] == [(3, 1)]


def test_unknown_destinations_are_not_taken_together() -> None:
    sites = [replace(publish("a", None, "a serve GET /"), id=str(n)) for n in range(2)]
    (tree,) = trace(system(serve("a", "GET /"), *sites), [serve("a", "GET /")])
    assert len(tree.children) == 2


def test_the_size_of_a_tree_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracing, "MAX_DEPTH", 5)
    chain = [x for n in range(20) for x in (subscribe("a", f"c{n}"), publish("a", f"c{n + 1}", f"a subscribe c{n}"))]
    assert lines(system(*chain), "a subscribe c0")[-1].endswith("(too much to follow)")


def test_a_call_over_a_broker_is_answered_by_a_subscription() -> None:
    asking = replace(call("a", "b", "b.get", transport="rpc"), channel="q", broker="amqp")
    graph = system(asking, subscribe("b", "q", transport="amqp"))
    assert lines(graph, asking.id) == ["a call q", "  => b subscribe q"]


def test_a_call_that_nobody_waits_for_is_a_delivery() -> None:
    graph = system(replace(call("a", "b", "resize", transport="lambda"), waits=False), serve("b", "resize", transport="lambda"))
    assert lines(graph, "a call b resize") == ["a call resize", "  -> b serve resize"]
