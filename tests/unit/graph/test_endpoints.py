"""Which endpoint of a service a call means."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.graph.endpoints import Served, score
from flowmap.model.interaction import Endpoint, Interaction, Match
from flows import call, serve, subscribe
from hypothesis import given, settings
from hypothesis import strategies as st

PATHS = st.lists(st.sampled_from(["a", "b", "{}"]), max_size=4).map(lambda s: "GET /" + "/".join(s))


@pytest.mark.parametrize(
    ("wanted", "offered"),
    [
        ("GET /orders", "GET /orders"),
        ("GET /orders/", "GET /orders"),
        ("GET /orders?left=1", "GET /orders"),
        ("GET /Orders", "GET /orders"),
        ("GET /", "GET /"),
        ("GET /orders/{}", "GET /orders/{}"),
        ("GET /orders/7", "GET /orders/{}"),
        ("HEAD /orders", "GET /orders"),
        ("{} /orders", "POST /orders"),
        ("GET /orders", "{} /orders"),
        ("GET /orders/order-{}", "GET /orders/{}"),
        ("GET /v{}/orders", "GET /v1/orders"),
        ("GET /files/order-7.json", "GET /files/{}.json"),
        ("GET /files/a/b/c", "GET /files/{**}"),
        ("GET /files", "GET /files/{**}"),
        ("GET /files/a", "GET /files/{**}"),
        ("GET /runs/7/files/a/b", "GET /runs/{}/files/{**}"),
        ("orders.get", "orders.get"),
        ("Orders/Get", "Orders/Get"),
        ("shop.Orders/Get", "Orders/Get"),
        ("Orders/Get", "shop.v1.Orders/Get"),
    ],
)
def test_operations_that_agree(wanted: str, offered: str) -> None:
    assert score(wanted, offered) > 0


@pytest.mark.parametrize(
    ("wanted", "offered"),
    [
        ("POST /orders", "GET /orders"),
        ("GET /orders", "HEAD /orders"),
        ("GET /orders", "GET /order"),
        ("GET /orders", "GET /orders/{}"),
        ("GET /orders/{}", "GET /orders"),
        ("GET /orders/{}", "GET /orders/search"),
        ("GET /{}", "GET /orders"),
        ("GET /{}/{}", "GET /orders/{}"),
        ("GET /api/orders", "GET /orders"),
        ("GET /v{}/orders", "GET /w1/orders"),
        ("GET /files/order-7.xml", "GET /files/{}.json"),
        ("GET /other/a", "GET /files/{**}"),
        ("GET /other/a/b", "GET /files/{**}"),
        ("GET /runs/7/other/b", "GET /runs/{}/files/{**}"),
        ("GET /runs/7", "GET /runs/{}/files/{**}"),
        ("orders.get", "orders.list"),
        ("orders.get", "users.get"),
        ("Orders/Get", "Orders/List"),
        ("Orders/Get", "Users/Get"),
        ("shop.Orders/Get", "shop.Users/Get"),
        ("GET /orders", "orders.get"),
        ("orders.get", "GET /orders"),
        ("", "GET /orders"),
        ("GET /orders", ""),
    ],
)
def test_operations_that_do_not(wanted: str, offered: str) -> None:
    assert score(wanted, offered) == 0


@pytest.mark.parametrize(
    ("wanted", "better", "worse"),
    [
        ("GET /orders/search", "GET /orders/search", "GET /orders/{}"),
        ("GET /orders/{}", "GET /orders/{}", "GET /{}/{}"),
        ("GET /orders/7", "GET /orders/{}", "GET /{}/{}"),
        ("GET /orders/7", "GET /orders/{}", "GET /{**}"),
        ("GET /files/a.json", "GET /files/a.json", "GET /files/{}.json"),
    ],
)
def test_the_more_literal_endpoint_is_better(wanted: str, better: str, worse: str) -> None:
    assert score(wanted, better) > score(wanted, worse) > 0


@settings(max_examples=150, derandomize=True, deadline=None)
@given(PATHS, PATHS)
def test_an_operation_agrees_with_itself_best(one: str, other: str) -> None:
    assert score(one, one) >= score(one, other)
    assert score(one, one) > 0


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.text(max_size=12), st.text(max_size=12))
def test_no_operation_is_an_error(one: str, other: str) -> None:
    assert score(one, other) >= 0


SERVED = [serve("b", "GET /orders/{}"), serve("b", "GET /orders/search"), serve("b", "POST /orders"), serve("b", "{} /all")]


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        ("GET /orders/search", ["GET /orders/search"]),
        ("GET /orders/7", ["GET /orders/{}"]),
        ("GET /orders/{}", ["GET /orders/{}"]),
        ("DELETE /all", ["{} /all"]),
        ("{} /orders", ["POST /orders"]),
        ("GET /orders", []),
        ("PUT /orders/7", []),
    ],
)
def test_only_the_best_endpoints_are_meant(operation: str, expected: list[str]) -> None:
    assert [s.operation for s in Served(SERVED).meant_by(call("a", "b", operation))] == expected


def test_endpoints_that_agree_alike_are_all_meant_in_their_order() -> None:
    served = [replace(serve("b", "GET /x/{}"), id=str(n)) for n in (2, 1)]
    assert [s.id for s in Served(served).meant_by(call("a", "b", "GET /x/7"))] == ["2", "1"]


def test_calls_without_a_known_method_may_mean_several() -> None:
    served = [serve("b", "GET /orders"), serve("b", "POST /orders")]
    assert len(Served(served).meant_by(call("a", "b", "{} /orders"))) == 2


@pytest.mark.parametrize(
    ("asking", "theirs", "found"),
    [
        (call("a", "b", "b.get", transport="rpc"), serve("b", "b.get", transport="rpc"), True),
        (call("a", "b", "b.get", transport="rpc"), serve("b", "b.get", transport="lambda"), True),
        (call("a", "b", "Get", transport="rpc"), serve("b", "Get"), False),
        (call("a", "b", "Get"), serve("b", "Get", transport="grpc"), False),
        (call("a", "b", "GET /x"), subscribe("b", "GET /x"), False),
        (replace(call("a", "b", "q"), channel="q", broker="amqp"), subscribe("b", "q", transport="amqp"), True),
        (replace(call("a", "b", "q"), channel="q", broker="amqp"), subscribe("b", "r", transport="amqp"), False),
        (replace(call("a", "b", "q"), channel="q", broker="amqp"), subscribe("b", "q", transport="nats"), False),
        (replace(call("a", "b", "q"), channel="q", broker="amqp"), serve("b", "q"), False),
        (
            replace(call("a", "b", "q"), channel="s.7", broker="nats"),
            replace(subscribe("b", "s.*", transport="nats"), match=Match.NATS),
            True,
        ),
    ],
)
def test_what_answers_depends_on_the_way_the_call_takes(asking: Interaction, theirs: Interaction, found: bool) -> None:
    assert bool(Served([theirs]).answering(asking, {})) is found


@pytest.mark.parametrize(
    ("asked", "offered", "found"),
    [("shop", "shop", True), ("", "shop", True), ("shop", "", True), ("shop", "bank", False), ("shop.v1", "shop.v2", False)],
)
def test_services_of_one_name_in_other_packages_are_others(asked: str, offered: str, found: bool) -> None:
    asking = replace(call("a", "b", "Stock/Get", transport="grpc"), endpoint=Endpoint("Stock/Get", package=asked))
    theirs = replace(serve("b", "Stock/Get", transport="grpc"), endpoint=Endpoint("Stock/Get", package=offered))
    assert bool(Served([theirs]).answering(asking, {})) is found
