"""E204: loose ends that were meant to meet."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.model.flow import Severity
from flowmap.model.interaction import Confidence, Interaction, Match
from flowmap.model.project import External, ExternalKind
from flowmap.rules.near_miss_name import RULE
from flows import publish, subscribe, system
from verdicts import findings, judged, subjects


def ends(sent: str, heard: str, *services: str, transport: str = "kafka") -> list[Interaction]:
    """A publication and a subscription, of two services unless one is given."""
    one, other = services or ("a", "b")
    return [publish(one, sent, transport=transport), subscribe(other, heard, transport=transport)]


def in_exchange(name: str, site: Interaction) -> Interaction:
    """The site on an exchange of AMQP."""
    return replace(site, transport="amqp", exchange=name)


def typed(site: Interaction, event: str) -> Interaction:
    """The site with messages of one type."""
    return replace(site, event=event)


@pytest.mark.parametrize(
    ("sites", "difference"),
    [
        (ends("order-cancelled", "order-canceled"), "spelling"),
        (ends("order.placed", "order-placed"), "separators"),
        (ends("OrderPlaced", "orderplaced"), "case"),
        (ends("order-placed", "orders-placed"), "plural"),
        (ends("orders.placed.v1", "orders.placed.v2"), "version"),
        (ends("shop.order.placed", "order.placed"), "the prefix `shop`"),
        (ends("shipment-created", "shipmnt-created"), "a letter"),
        (ends("tasks.send_mail", "app.tasks.send_mail", transport="celery"), "the prefix `app`"),
        (ends("order-placed", "order_placed", "a", "a"), "separators"),
        ([publish("a", "order.placed", transport="servicebus"), subscribe("b", "order-placed", transport="azure")], "separators"),
        ([typed(publish("a", "orders"), "OrderPlaced"), typed(subscribe("b", "orders"), "OrdersPlaced")], "plural"),
        ([in_exchange("shop", publish("a", "k")), in_exchange("shops", subscribe("b", "k"))], "plural"),
        ([replace(in_exchange("e", s), match=Match.AMQP) for s in ends("a.order", "a.orders")], "plural"),
    ],
)
def test_flagged(sites: list[Interaction], difference: str) -> None:
    (found,) = findings(RULE, *sites)
    assert found.message.endswith(f"they differ by {difference}")
    assert (found.code, found.severity, found.confidence) == ("E204", Severity.ERROR, Confidence.CERTAIN)


@pytest.mark.parametrize(
    "sites",
    [
        [],
        ends("order-placed", "order-placed"),
        ends("order-placed", "order-paid"),
        ends("order-created", "order-updated"),
        ends("locked", "unlocked"),
        ends("task-1", "task-2"),
        ends("abc", "abd"),
        ends("X.Y", "x-y"),
        ends("order-rate", "order-rated", "a", "a"),
        ends("reply.order.placed", "order.placed", "a", "a"),
        [*ends("order-placed", "orders-placed"), subscribe("c", "order-placed")],
        [*ends("order-placed", "orders-placed"), publish("c", "orders-placed")],
        [publish("a", "order-placed"), subscribe("b", "order_placed", transport="amqp")],
        [publish("a", "order-placed"), publish("b", "order_placed")],
        [subscribe("a", "order-placed"), subscribe("b", "order_placed")],
        [publish("a", "order.placed"), replace(subscribe("b", "orders.*"), match=Match.GLOB)],
        [replace(publish("a", "orders", transport="redis"), space="stream"), subscribe("b", "Orders", transport="redis")],
        [typed(publish("a", "orders"), "Placed"), typed(subscribe("b", "Orders"), "Paid")],
        [replace(s, public=True) for s in ends("order-placed", "orders-placed")],
        [replace(s, local=True) for s in ends("order-placed", "orders-placed")],
    ],
)
def test_not_flagged(sites: list[Interaction]) -> None:
    assert subjects(RULE, *sites) == []


def test_a_declared_end_outside_settles_it() -> None:
    crm = External("crm", ExternalKind.DECLARED, subscribes=("order-placed",))
    assert findings(RULE, *ends("order-placed", "orders-placed"), externals=(crm,)) == []


@pytest.mark.parametrize("blind", [publish("c", None), subscribe("c", None)])
def test_an_unknown_site_may_be_the_missing_end(blind: Interaction) -> None:
    (found,) = findings(RULE, *ends("order-placed", "orders-placed"), blind)
    assert found.confidence is Confidence.GUESS
    assert "cannot tell" in found.message


def test_one_finding_per_pair_shows_both_ends() -> None:
    sites = [publish("a", "order-placed", line=1), publish("c", "order-placed", line=2), subscribe("b", "order_placed")]
    (found,) = judged(RULE, system(*sites))
    assert (found.subject, found.services) == ("order-placed", ("a", "c", "b"))
    assert found.message == (
        "a and c publish order-placed, which nobody hears, and b listens to order_placed, which nobody sends: "
        "they differ by separators"
    )
    assert [e.what for e in found.evidence] == ["a publishes order-placed", "c publishes order-placed", "b listens to order_placed"]


@pytest.mark.parametrize("confidence", list(Confidence))
def test_it_is_as_sure_as_its_weakest_site(confidence: Confidence) -> None:
    sent, heard = ends("order-placed", "orders-placed")
    assert [f.confidence for f in findings(RULE, sent, replace(heard, confidence=confidence))] == [confidence]
