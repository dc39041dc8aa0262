"""E207: what is read and nobody sets."""

from dataclasses import replace
from typing import Any

import pytest
from flowmap.model.interaction import Confidence, Interaction, Match
from flowmap.model.payload import Payload
from flowmap.rules.contract_mismatch import RULE
from flows import call, holding, publish, subscribe
from verdicts import findings


def sends(service: str, *names: str, channel: str = "order-placed", more: bool = False) -> Interaction:
    """A publication of messages with these fields."""
    return replace(publish(service, channel), payload=holding(*names, more=more))


def reads(service: str, *names: str, channel: str = "order-placed", more: bool = False) -> Interaction:
    """A subscription that reads these fields."""
    return replace(subscribe(service, channel), payload=holding(*names, more=more))


def unknown(site: Interaction) -> Interaction:
    return replace(site, payload=None)


EVERYTHING: dict[str, Any] = {"transport": "amqp", "exchange": "shop", "match": Match.AMQP}
FLAGGED = (
    ([replace(sends("orders", "id"), **EVERYTHING), replace(reads("billing", "total", channel="#"), **EVERYTHING)], ["total"]),
    ([sends("orders", "id", "total"), reads("billing", "id", "amount")], ["amount"]),
    ([sends("orders", "orderId"), reads("billing", "order_id")], ["order_id"]),
    ([sends("orders", "id"), sends("shop", "id", "n"), reads("billing", "id", "total")], ["total"]),
    ([sends("orders", "id", "at.city:str"), reads("billing", "at.street")], ["at.street"]),
    ([sends("orders", "lines", "lines[].sku"), reads("billing", "lines[].quantity")], ["lines[].quantity"]),
    ([sends("orders", "id"), reads("billing", "customer", "customer.name")], ["customer"]),
    ([sends("orders", "id"), reads("billing", "total?")], ["total"]),
    ([sends("orders", "id..."), reads("billing", "total")], ["total"]),
    ([sends("orders", "id"), reads("billing", "id", "total", more=True)], ["total"]),
    ([sends("orders"), reads("billing", "total")], ["total"]),
)
SILENT = (
    [replace(sends("orders", "id"), **EVERYTHING), replace(reads("billing", "total?", channel="#"), **EVERYTHING)],
    [sends("orders", "id", "total"), reads("billing", "id", "total")],
    [sends("orders", "id"), sends("shop", "id", "total"), reads("billing", "total")],
    [sends("orders", "id", "total?"), reads("billing", "total")],
    [sends("orders", "id", more=True), reads("billing", "total")],
    [sends("orders", "id"), unknown(publish("shop", "order-placed")), reads("billing", "total")],
    [sends("orders", "id"), reads("billing", "total-")],
    [sends("orders", "data", "data.total"), reads("billing", "total")],
    [sends("orders", "total"), reads("billing", "data", "data.total")],
    [sends("orders", "payload..."), reads("billing", "total")],
    [sends("orders", "customer:dict..."), reads("billing", "customer.name")],
    [sends("orders", "customer:str"), reads("billing", "customer.name")],
    [sends("orders", "id"), unknown(subscribe("billing", "order-placed"))],
    [reads("billing", "total")],
    [sends("orders", "id"), reads("billing", "id", more=True)],
    [sends("orders", "id", channel="order-closed"), reads("billing", "total")],
    [call("orders", "billing", "POST /orders"), reads("billing", "total")],
)


@pytest.mark.parametrize(("sites", "missing"), FLAGGED)
def test_flagged(sites: list[Interaction], missing: list[str]) -> None:
    (finding,) = findings(RULE, *sites)
    read = [e.what for e in finding.evidence if " reads " in e.what]
    assert read == [f"billing reads {name}" for name in missing]
    assert finding.confidence is Confidence.DERIVED


@pytest.mark.parametrize("sites", SILENT)
def test_not_flagged(sites: list[Interaction]) -> None:
    assert findings(RULE, *sites) == []


def test_what_is_missing_and_what_may_be_meant_is_said() -> None:
    (finding,) = findings(RULE, sends("orders", "order_id", "total"), reads("billing", "orderId", "tax"))
    assert finding.message == ("billing reads orderId and tax of order-placed, which orders never sets (but order_id for orderId)")
    assert [e.what for e in finding.evidence] == [
        "billing reads orderId",
        "billing reads tax",
        "billing subscribes to order-placed",
        "orders sets order_id and total",
    ]
    assert finding.services == ("billing", "orders")


@pytest.mark.parametrize(
    ("is_set", "is_read", "said"),
    [
        ("total:str", "total:list", "total of order-placed as list, which orders sets as str"),
        ("rows:list[Row]", "rows:dict", "rows of order-placed as dict, which orders sets as list[Row]"),
        ("at:object", "at:str", "at of order-placed as str, which orders sets as object"),
        ("total:int", "total:str", ""),
        ("total", "total:list", ""),
        ("total:Money", "total:list", ""),
        ("total:dict", "total:object", ""),
    ],
)
def test_types_disagree_where_they_are_of_different_kinds(is_set: str, is_read: str, said: str) -> None:
    found = findings(RULE, sends("orders", is_set), reads("billing", is_read))
    assert [f.message for f in found] == [f"billing reads {said}"] * bool(said)


def test_a_publication_that_is_not_resolved_may_set_it() -> None:
    (finding,) = findings(RULE, sends("orders", "id"), reads("billing", "total"), publish("shop", None))
    assert finding.confidence is Confidence.GUESS
    assert finding.message.endswith("; cannot tell, publications over kafka could not be resolved (1)")


def test_a_handler_of_several_channels_reads_what_one_of_them_holds() -> None:
    first, second = reads("billing", "id", "total"), reads("billing", "id", "total", channel="order-changed")
    both = (first, replace(second, handler=first.handler))
    assert findings(RULE, sends("orders", "id"), sends("orders", "total", channel="order-changed"), *both) == []


def test_many_fields_are_counted() -> None:
    (finding,) = findings(RULE, sends("orders", "id"), reads("billing", *"abcdefgh"))
    assert finding.message == "billing reads a, b, c, d and 4 more of order-placed, which orders never sets"


def test_nothing_is_asked_of_what_is_empty() -> None:
    assert findings(RULE, sends("orders", "id"), replace(reads("billing"), payload=Payload((), open=False))) == []
