"""Channels: both ends of what is published and subscribed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.graph.channels import channels
from flowmap.model.interaction import Interaction, Match
from flowmap.model.project import External, ExternalKind
from flows import call, publish, subscribe, system


def ends(*sites: Interaction, externals: tuple[External, ...] = ()) -> list[tuple[str, list[str], list[str]]]:
    found = channels(system(*sites, externals=externals))
    return [(c.name, [p.service for p in c.publishers], [s.service for s in c.subscribers]) for c in found]


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        ([], []),
        ([publish("a", None)], []),
        ([subscribe("a", None)], []),
        ([publish("a", "x"), subscribe("b", "x")], [("x", ["a"], ["b"])]),
        ([publish("a", "x"), publish("b", "x"), subscribe("c", "x")], [("x", ["a", "b"], ["c"])]),
        ([publish("a", "x")], [("x", ["a"], [])]),
        ([subscribe("a", "x")], [("x", [], ["a"])]),
        ([publish("a", "x"), subscribe("b", "x", transport="amqp")], [("x", [], ["b"]), ("x", ["a"], [])]),
        ([publish("a", "x"), subscribe("b", "x"), subscribe("b", "y")], [("x", ["a"], ["b"]), ("y", [], ["b"])]),
    ],
)
def test_channels_have_both_ends(sites: list[Interaction], expected: list[tuple[str, list[str], list[str]]]) -> None:
    assert ends(*sites) == expected


def test_a_pattern_belongs_to_every_channel_that_it_meets() -> None:
    pattern = replace(subscribe("b", "orders.#", transport="amqp"), match=Match.AMQP)
    sites = publish("a", "orders.placed", transport="amqp"), publish("a", "orders.paid", transport="amqp"), pattern
    assert ends(*sites) == [("orders.paid", ["a"], ["b"]), ("orders.placed", ["a"], ["b"])]


def test_messages_of_one_channel_with_different_receivers_are_told_apart() -> None:
    placed, paid = (replace(publish("a", "orders"), id=e, event=e) for e in ("Placed", "Paid"))
    listening = replace(subscribe("b", "orders"), event="Placed")
    found = channels(system(placed, paid, listening))
    assert [(c.events, [s.service for s in c.subscribers]) for c in found] == [(("Paid",), []), (("Placed",), ["b"])]


def test_messages_with_the_same_receivers_are_one_channel() -> None:
    placed, paid = (replace(publish("a", "orders"), id=e, event=e) for e in ("Placed", "Paid"))
    (found,) = channels(system(placed, paid, subscribe("b", "orders")))
    assert found.events == ("Paid", "Placed")


def test_declared_externals_are_ends() -> None:
    crm = External("crm", ExternalKind.DECLARED, publishes=("moved",), subscribes=("x",))
    found = channels(system(publish("a", "x"), subscribe("b", "moved"), externals=(crm,)))
    assert [(c.name, c.senders, c.receivers) for c in found] == [("moved", ("crm",), ()), ("x", (), ("crm",))]


def test_calls_over_a_queue_ask_and_do_not_publish() -> None:
    asking = replace(call("a", "b", "b.get", transport="rpc"), channel="b_queue", broker="amqp")
    (found,) = channels(system(asking, subscribe("b", "b_queue", transport="amqp")))
    assert (found.publishers, [c.service for c in found.askers]) == ((), ["a"])


def test_what_stays_inside_a_process_meets_nobody_else() -> None:
    sites = [replace(publish("a", "saved"), local=True), replace(subscribe("b", "saved"), local=True)]
    assert ends(*sites) == [("saved", ["a"], []), ("saved", [], ["b"])]
