"""T304: facts with more than one publisher."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.model.flow import Severity
from flowmap.model.interaction import Confidence, Interaction, Kind
from flowmap.rules.contested_event import RULE
from flows import at, publish, subscribe, system
from verdicts import findings, judged, subjects


def both(name: str, *services: str, transport: str = "kafka") -> list[Interaction]:
    """An event of several services, two unless they are given."""
    return [publish(s, name, transport=transport) for s in services or ("checkout", "billing")]


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        (both("order.paid"), ["order.paid"]),
        (both("OrderPaid", "a", "b", "c"), ["OrderPaid"]),
        (both("order-placed.v1"), ["order-placed.v1"]),
        ([*both("order.paid"), subscribe("mail", "order.paid")], ["order.paid"]),
        ([replace(s, event="OrderPaid") for s in both("orders")], ["OrderPaid"]),
        ([replace(s, exchange="shop") for s in both("order.paid", transport="amqp")], ["order.paid"]),
        ([*both("order.paid"), *both("order.sent")], ["order.paid", "order.sent"]),
        (both("shipment.sent"), ["shipment.sent"]),
    ],
)
def test_flagged(sites: list[Interaction], expected: list[str]) -> None:
    assert subjects(RULE, *sites) == expected


@pytest.mark.parametrize(
    "sites",
    [
        [],
        [publish("billing", "order.paid"), subscribe("checkout", "order.paid")],
        [publish("billing", "order.paid"), publish("checkout", "order.placed")],
        [publish("billing", "order.paid", line=1), replace(publish("billing", "order.paid", line=2), id="again")],
        both("orders"),
        both("payment-requested"),
        both("send-email"),
        both("window/set", transport="mqtt"),
        both("job.failed"),
        both("error.logged"),
        both("audit.entry-created"),
        both("notification.created"),
        both("order.paid", transport="celery"),
        both("order.paid", transport="amqp"),
        [publish("billing", "order.paid"), publish("checkout", "order.paid", transport="redis")],
        [replace(p, event=e) for p, e in zip(both("orders"), ("OrderPaid", "OrderPlaced"), strict=True)],
        [replace(s, location=at("shared/events.py", 5)) for s in both("order.paid")],
        [replace(s, kind=Kind.COMMAND) for s in both("order.paid")],
        [replace(s, local=True) for s in both("order.paid")],
        both("order.paid", "billing", "external:ledger"),
        both("None", "billing", "checkout"),
    ],
)
def test_not_flagged(sites: list[Interaction]) -> None:
    assert subjects(RULE, *sites) == []


@pytest.mark.parametrize(
    ("roots", "count"),
    [
        ({"checkout": "shop", "billing": "shop"}, 0),
        ({"checkout": "shop", "billing": "shop/billing"}, 0),
        ({"checkout": "shop", "billing": "shopping"}, 1),
        ({"checkout": "shop/checkout", "billing": "shop/billing"}, 1),
        ({"checkout": ".", "billing": "billing"}, 1),
        ({"checkout": ".", "billing": "."}, 0),
    ],
)
def test_processes_of_one_code_base_are_one_owner(roots: dict[str, str], count: int) -> None:
    assert len(judged(RULE, system(*both("order.paid"), roots=roots))) == count


def test_all_publications_are_evidence() -> None:
    (found,) = findings(RULE, *both("order.paid"), subscribe("mail", "order.paid"))
    assert [e.what for e in found.evidence] == ["checkout publishes order.paid", "billing publishes order.paid"]
    assert found.message == "checkout and billing publish order.paid: which of them decides that it happened?"
    assert (found.code, found.severity, found.services) == ("T304", Severity.WARNING, ("checkout", "billing"))


@pytest.mark.parametrize("confidence", list(Confidence))
def test_it_is_as_sure_as_its_weakest_publisher(confidence: Confidence) -> None:
    one, other = both("order.paid")
    assert [f.confidence for f in findings(RULE, one, replace(other, confidence=confidence))] == [confidence]
