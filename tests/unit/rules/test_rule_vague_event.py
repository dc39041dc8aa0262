"""E202: names that tell that something changed, and not what."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.model.flow import Severity
from flowmap.model.interaction import Confidence, Interaction, Kind
from flowmap.rules.vague_event import RULE
from flows import publish, subscribe
from verdicts import findings, subjects


def sent(*names: str, transport: str = "kafka") -> list[Interaction]:
    """Events of `orders`."""
    return [publish("orders", name, transport=transport) for name in names]


def typed(event: str, channel: str = "orders") -> list[Interaction]:
    """An event with a type of its own."""
    return [replace(publish("orders", channel), event=event)]


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        (sent("order.updated"), ["order.updated"]),
        (sent("OrderUpdated"), ["OrderUpdated"]),
        (sent("customer.changed"), ["customer.changed"]),
        (sent("orders-modified.v1"), ["orders-modified.v1"]),
        (sent("stock_altered"), ["stock_altered"]),
        (sent("course-updated-notification"), ["course-updated-notification"]),
        (sent("data.sync"), ["data.sync"]),
        ([*sent("OrderUpdated"), publish("mail", "OrderUpdated.read")], ["OrderUpdated"]),
        (sent("OrderUpdated", "OrderUpdatedAt"), ["OrderUpdated"]),
        (sent("finance.market.data.updated"), ["finance.market.data.updated"]),
        (typed("OrderEvent"), ["OrderEvent"]),
        (typed("ProductUpdatedEvent", "products"), ["ProductUpdatedEvent"]),
        (typed("OrderChanged", "order.status"), ["OrderChanged"]),
        ([*sent("order.updated", "order.placed"), subscribe("mail", "order.updated")], ["order.updated"]),
    ],
)
def test_flagged(sites: list[Interaction], expected: list[str]) -> None:
    assert subjects(RULE, *sites) == expected


@pytest.mark.parametrize(
    "sites",
    [
        [],
        sent("order.placed", "OrderCancelled", "payment-failed"),
        sent("order.status.changed", "PriceUpdated", "OrderAddressChanged", "user-settings-updated"),
        sent("order-events", "orders", "events", "updates"),
        sent("update-order", "sync-data"),
        sent("PodReadyEvent", "PodRunningEvent", "PaymentTimeoutEvent", "UserCreationEvent"),
        sent("CreatePodCommandEvent", "CancelOrderEvent"),
        sent("bestellung-geaendert", "pedido-actualizado"),
        [subscribe("mail", "order.updated")],
        [publish("external:shop", "order.updated"), subscribe("mail", "order.updated")],
        sent("order.updated", transport="celery"),
        sent("order.updated", transport="amqp"),
        [replace(s, kind=Kind.COMMAND) for s in sent("order.updated")],
        [replace(s, local=True) for s in sent("order.updated")],
        typed("OrderPlaced", "order.updated"),
        [publish("orders", None)],
        sent("OrderUpdated", "OrderUpdated.address"),
        sent("OrderUpdated", "OrderUpdated.{}"),
    ],
)
def test_not_flagged(sites: list[Interaction]) -> None:
    assert subjects(RULE, *sites) == []


def test_the_finding_names_the_word_and_both_ends() -> None:
    (found,) = findings(RULE, *sent("order.updated"), subscribe("mail", "order.updated"))
    assert found.message == "order.updated tells that something happened and not what: `updated`"
    assert [e.what for e in found.evidence] == ["orders publishes order.updated", "mail has to find out"]
    assert (found.code, found.severity, found.services) == ("E202", Severity.ADVICE, ("orders", "mail"))


@pytest.mark.parametrize("confidence", list(Confidence))
def test_it_is_as_sure_as_its_publications(confidence: Confidence) -> None:
    sites = [replace(s, confidence=confidence) for s in sent("order.updated")]
    assert [f.confidence for f in findings(RULE, *sites, subscribe("mail", "order.updated"))] == [confidence]
