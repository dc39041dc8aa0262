"""E203: events that are named after things and activities."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.model.flow import Severity
from flowmap.model.interaction import Confidence, Interaction, Kind
from flowmap.rule_api import Options
from flowmap.rules.not_a_fact import RULE
from flows import publish, subscribe
from verdicts import findings, subjects


def heard(name: str, transport: str = "kafka") -> list[Interaction]:
    """An event of `orders` that two services receive, so that its receivers are no evidence of an instruction."""
    return [publish("orders", name, transport=transport), *(subscribe(s, name, transport=transport) for s in ("mail", "audit"))]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("order", "names a thing"),
        ("orders", "names a thing"),
        ("payment-info", "names a thing"),
        ("customer.profile", "names a thing"),
        ("inventory-topic", "names a thing"),
        ("deliveries", "names a thing"),
        ("refund-order", "says what is to be done (`refund`)"),
        ("process-payment", "says what is to be done (`process`)"),
        ("payment-requested", "says what is to be done (`requested`)"),
    ],
)
def test_flagged(name: str, said: str) -> None:
    assert [f.message for f in findings(RULE, *heard(name))] == [f"{name} {said}, not what happened"]


@pytest.mark.parametrize(
    "sites",
    [
        [],
        heard("order.placed"),
        heard("OrderShipped"),
        heard("shipment.split"),
        heard("order.updated"),
        heard("OrderEvent"),
        heard("order-events"),
        heard("order-stream"),
        heard("send-email"),
        heard("bestellung"),
        heard("pedido-pago"),
        heard("quantum-flux"),
        heard("file-conversion"),
        heard("order-{}"),
        heard("{}"),
        heard("orders", "celery"),
        heard("orders", "amqp"),
        [subscribe("mail", "order")],
        [publish("external:shop", "order"), subscribe("mail", "order")],
        [replace(s, event="OrderPlaced") for s in heard("orders")],
        [replace(s, kind=Kind.COMMAND) for s in heard("orders")],
    ],
)
def test_not_flagged(sites: list[Interaction]) -> None:
    assert subjects(RULE, *sites) == []


def test_it_is_advice_and_off() -> None:
    (found,) = findings(RULE, *heard("order"))
    assert (found.severity, found.services, RULE.on) == (Severity.ADVICE, ("orders", "mail", "audit"), False)


def test_the_words_of_a_domain_instruct() -> None:
    options = Options({"extra-verbs": frozenset({"underwrite"})})
    assert subjects(RULE, *heard("underwrite-policy"), options=options) == []  # E201 speaks of it
    assert subjects(RULE, *heard("underwrite-policy")) == []


@pytest.mark.parametrize("confidence", list(Confidence))
def test_it_is_as_sure_as_its_publications(confidence: Confidence) -> None:
    assert [f.confidence for f in findings(RULE, *(replace(s, confidence=confidence) for s in heard("order")))] == [confidence]
