"""Names as people type them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.graph.lookup import channels_named, endpoints_named, near_names, starts_named
from flowmap.model.interaction import Match
from flows import publish, serve, shop, subscribe, system

ROUTES = system(
    serve("gateway", "GET /orders"),
    serve("orders", "GET /orders"),
    serve("orders", "GET /orders/{}"),
    serve("orders", "DELETE /orders/{}"),
    serve("users", "users.get", transport="rpc"),
)


@pytest.mark.parametrize("name", ["order-placed", "OrderPlaced", "ORDER_PLACED", "order.placed", "orderplaced"])
def test_case_and_separators_do_not_matter(name: str) -> None:
    assert [c.name for c in channels_named(shop(), name)] == ["order-placed"]


@pytest.mark.parametrize("name", ["", "order", "placed", "-", "orders-placed"])
def test_other_names_are_not_taken_for_it(name: str) -> None:
    assert channels_named(shop(), name) == ()


def test_event_types_are_names_too() -> None:
    graph = system(replace(publish("a", "orders"), event="OrderPlaced"), subscribe("b", "orders"))
    assert [c.name for c in channels_named(graph, "order-placed")] == ["orders"]


def test_a_name_finds_the_patterns_that_it_fits() -> None:
    graph = system(
        replace(subscribe("b", "orders.*", transport="amqp"), match=Match.AMQP), publish("a", "user:{}", transport="redis")
    )
    assert [c.name for c in channels_named(graph, "orders.placed")] == ["orders.*"]
    assert [c.name for c in channels_named(graph, "user:42")] == ["user:{}"]


def test_a_channel_that_is_wholly_unknown_fits_nothing() -> None:
    assert channels_named(system(publish("a", "{}")), "anything") == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("GET /orders", ["gateway GET /orders", "orders GET /orders"]),
        ("orders:GET /orders", ["orders GET /orders"]),
        ("get /orders/{order_id}", ["orders GET /orders/{}"]),
        ("GET /orders/<int:id>", ["orders GET /orders/{}"]),
        ("GET /orders/:id", ["orders GET /orders/{}"]),
        ("DELETE /orders/42", ["orders DELETE /orders/{}"]),
        ("/orders/{}", ["orders GET /orders/{}", "orders DELETE /orders/{}"]),
        ("users.get", ["users users.get"]),
        ("POST /orders", []),
        ("GET /invoices", []),
        ("users:GET /orders", []),
        ("", []),
        (":", []),
    ],
)
def test_endpoints_are_found_by_method_path_and_service(name: str, expected: list[str]) -> None:
    assert [f"{s.service} {s.operation}" for s in endpoints_named(ROUTES, name)] == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("POST /orders", ["orders serve POST /orders"]),
        ("order-placed", ["orders publish order-placed"]),
        ("nothing-such", []),
    ],
)
def test_a_trace_starts_at_endpoints_or_publications(name: str, expected: list[str]) -> None:
    assert [s.id for s in starts_named(shop(), name)] == expected


def test_a_trace_starts_at_subscriptions_if_nobody_publishes() -> None:
    assert [s.id for s in starts_named(system(subscribe("b", "x")), "x")] == ["b subscribe x"]


@pytest.mark.parametrize(
    ("name", "endpoints", "expected"),
    [
        ("order-plced", False, ("order-placed",)),
        ("invoice", False, ("invoice-sent",)),
        ("zzz", False, ()),
        ("POST /order", False, ()),
        ("POST /order", True, ("POST /orders", "GET /orders/{}")),
    ],
)
def test_near_names_are_offered(name: str, endpoints: bool, expected: tuple[str, ...]) -> None:
    assert near_names(shop(), name, endpoints=endpoints) == expected
