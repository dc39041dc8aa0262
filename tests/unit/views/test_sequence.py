"""The order in which a trigger's waits and reactions are drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.lookup import starts_named
from flowmap.model.picture import Sequence
from flowmap.model.project import External, ExternalKind
from flowmap.views import sequence as sequencing
from flowmap.views.sequence import sequence
from flows import call, finding, publish, serve, shop, subscribe, system


def rows(graph: FlowGraph, name: str) -> list[str]:
    found = sequence(graph, starts_named(graph, name), (), "t")
    return [row(found, n) for n in range(len(found.messages))]


def row(found: Sequence, number: int) -> str:
    label = {p.id: p.label for p in found.participants}
    message = found.messages[number]
    if message.kind == "note":
        return f"{label[message.source]}: {message.label}"
    arrow = "=>" if message.kind == "coordination" else "->"
    until = f" until {message.until}" if message.until > number else ""
    return f"{label[message.source]} {arrow} {label[message.target]} {message.label}{until}"


def test_reactions_follow_when_the_waiting_is_over() -> None:
    assert rows(shop(), "POST /checkout") == [
        "caller => gateway POST /checkout until 2",
        "gateway => orders POST /orders until 2",
        "orders => stock GET /stock/{}",
        "orders -> billing order-placed",
        "billing => api.stripe.com POST /charges",
        "billing: publishes invoice-sent: nobody listens",
        "orders -> mail order-placed",
    ]


def test_an_event_starts_with_its_delivery() -> None:
    assert rows(shop(), "order-placed")[0] == "orders -> billing order-placed"


def test_a_subscription_that_nobody_publishes_to_starts_with_an_arrival() -> None:
    graph = system(subscribe("a", "x"), publish("a", "y", "a subscribe x"), subscribe("b", "y"))
    assert rows(graph, "x") == ["a: x arrives", "a -> b y"]


def test_loops_and_unknown_ends_are_remarks() -> None:
    graph = system(
        subscribe("a", "x"),
        publish("a", "y", "a subscribe x"),
        call("a", None, "GET /", "a subscribe x"),
        call("a", "b", "GET /none", "a subscribe x"),
        subscribe("b", "y"),
        publish("b", "x", "b subscribe y"),
    )
    assert rows(graph, "y") == [
        "a -> b y",
        "b -> a x",
        "a: calls GET /: comes from a file",
        "a => b GET /none",
        "b: no endpoint matches",
        "a -> b y",
        "b: loop",
    ]


def test_findings_stand_at_their_messages() -> None:
    graph = shop()
    placed = next(i for i in graph.flow.interactions if i.channel == "order-placed")
    found = sequence(graph, starts_named(graph, "POST /checkout"), [finding("E202", "order-placed", placed)], "t")
    assert [m.label for m in found.messages if m.badges] == ["order-placed", "order-placed"]
    assert [b.code for b in found.badges] == ["E202"]


def test_a_service_may_be_called_caller() -> None:
    graph = system(serve("caller", "GET /"))
    found = sequence(graph, starts_named(graph, "GET /"), (), "t")
    assert [(p.label, p.kind.value) for p in found.participants] == [("caller", "service")]


def test_the_number_of_rows_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sequencing, "MAX_ROWS", 10)
    graph = system(
        serve("a", "POST /"),
        *(call("a", "b", f"GET /{n}", "a serve POST /") for n in range(50)),
        *(serve("b", f"GET /{n}") for n in range(50)),
    )
    assert len(rows(graph, "POST /")) <= 11


def test_a_call_that_nobody_waits_for_comes_later() -> None:
    graph = system(
        serve("a", "POST /"),
        replace(call("a", "b", "resize", "a serve POST /", transport="lambda"), waits=False),
        replace(call("a", "c", "archive", "a serve POST /", transport="lambda"), waits=False),
        call("a", "d", "GET /", "a serve POST /"),
        serve("b", "resize", transport="lambda"),
    )
    assert rows(graph, "POST /") == ["caller => a POST / until 1", "a => d GET /", "a -> b resize", "a -> c archive"]


def test_a_handler_is_followed_once_in_the_order_of_the_rows() -> None:
    graph = system(
        serve("a", "POST /"),
        publish("a", "x", "a serve POST /", line=1),
        publish("a", "y", "a serve POST /", line=2),
        subscribe("b", "x"),
        publish("b", "y", "b subscribe x"),
        subscribe("c", "y"),
        publish("c", "z", "c subscribe y"),
        subscribe("d", "z"),
    )
    assert rows(graph, "POST /") == [
        "caller => a POST /",
        "a -> b x",
        "a -> c y",
        "b -> c y, then as above",
        "c -> d z",
    ]


def test_a_declared_consumer_takes_part() -> None:
    ledger = External("ledger", ExternalKind.DECLARED, subscribes=("x",))
    graph = system(serve("a", "POST /"), publish("a", "x", "a serve POST /"), externals=(ledger,))
    assert rows(graph, "POST /") == ["caller => a POST / until 1", "a -> ledger x"]
