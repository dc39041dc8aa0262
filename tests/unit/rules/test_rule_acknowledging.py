"""R405 and R406: messages that come back for ever, and messages that are forgotten too early."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.model.effect import Does, Effect
from flowmap.model.interaction import Confidence, Interaction
from flowmap.model.location import Evidence
from flowmap.rules.ack_before_work import RULE as EARLY
from flowmap.rules.poison_loop import RULE as POISON
from flows import at, call, effect, publish, serve, subscribe, system
from verdicts import judged

ORDERS = subscribe("billing", "orders", transport="amqp")
OTHER = subscribe("billing", "refunds", transport="amqp", line=25)
BILLED = publish("billing", "billed", ORDERS.id)
ASKED = call("billing", "bank", "POST /charges", ORDERS.id)
WRITES = effect(Does.WRITES, "billing", "Invoice", ORDERS.id)
READS = effect(Does.READS, "billing", "Invoice", ORDERS.id)


def taken(site: Interaction) -> Effect:
    """A subscription takes its messages as handled."""
    return replace(effect(Does.TAKES, site.service, ""), location=site.location)


WRAPPED = replace(ORDERS, via=(Evidence(taken(OTHER).location, "pika call"),))
EARLIER: list[tuple[str, tuple[Interaction, ...], tuple[Effect, ...], list[str]]] = [
    ("then it publishes", (ORDERS, BILLED), (taken(ORDERS),), ["orders"]),
    ("then it calls", (ORDERS, ASKED), (taken(ORDERS),), ["orders"]),
    ("then it writes", (ORDERS,), (taken(ORDERS), WRITES), ["orders"]),
    ("then it commits", (ORDERS,), (taken(ORDERS), replace(WRITES, does=Does.COMMITS)), ["orders"]),
    ("in a wrapper", (WRAPPED, BILLED), (taken(OTHER),), ["orders"]),
    ("twice", (ORDERS, replace(ORDERS, id="2"), BILLED, replace(BILLED, id="3", triggers=("2",))), (taken(ORDERS),), ["orders"]),
    ("nobody knows which", (replace(ORDERS, channel=None, unresolved="?"), BILLED), (taken(ORDERS),), ["a queue of amqp"]),
]
LATER: list[tuple[str, tuple[Interaction, ...], tuple[Effect, ...]]] = [
    ("acknowledged by itself", (ORDERS, BILLED), (WRITES,)),
    ("nothing is done", (ORDERS,), (taken(ORDERS),)),
    ("it only reads", (ORDERS,), (taken(ORDERS), READS)),
    ("another subscription is", (ORDERS, OTHER, BILLED), (taken(OTHER),)),
    ("another service's", (ORDERS, BILLED), (replace(taken(ORDERS), service="orders"),)),
    ("an answer", (replace(ORDERS, private=True), BILLED), (taken(ORDERS),)),
]


@pytest.mark.parametrize(("sites", "effects", "subjects"), [pytest.param(*case, id=name) for name, *case in EARLIER])
def test_it_is_forgotten_too_early(sites: tuple[Interaction, ...], effects: tuple[Effect, ...], subjects: list[str]) -> None:
    found = judged(EARLY, system(*sites, effects=effects))
    assert [f.subject for f in found] == subjects
    assert [len(f.evidence) for f in found] == [2]


@pytest.mark.parametrize(("sites", "effects"), [pytest.param(*case, id=name) for name, *case in LATER])
def test_it_is_not(sites: tuple[Interaction, ...], effects: tuple[Effect, ...]) -> None:
    assert judged(EARLY, system(*sites, effects=effects)) == []


QUEUED = replace(subscribe("billing", "order.*", transport="amqp", line=27), group="billing-orders")
BACK = effect(Does.RETURNS, "billing", "", ORDERS.id)
SERVED = serve("billing", "GET /")
LOOPS: list[tuple[str, tuple[Effect, ...], list[str]]] = [
    ("put back", (BACK,), ["orders"]),
    ("at two places", (BACK, replace(BACK, location=at("billing/app.py", 51))), ["orders", "orders"]),
    ("by two services", (BACK, replace(BACK, service="other")), ["orders"]),
    ("by two handlers", (replace(BACK, triggers=(ORDERS.id, OTHER.id)),), ["orders"]),
    ("by another one", (replace(BACK, triggers=(OTHER.id,)),), ["refunds"]),
    ("by the handler itself", (replace(BACK, triggers=(ORDERS.id, OTHER.id), function="on_refunds"),), ["refunds"]),
    ("of a queue with a name", (replace(BACK, triggers=(QUEUED.id,)),), ["billing-orders"]),
    ("that also writes", (BACK, WRITES), ["orders"]),
    ("perhaps", (replace(BACK, confidence=Confidence.GUESS),), ["orders"]),
]
ENDS: list[tuple[str, tuple[Effect, ...]]] = [
    ("nothing is put back", (WRITES,)),
    ("nobody comes there", (replace(BACK, triggers=()),)),
    ("an endpoint does", (replace(BACK, triggers=(SERVED.id,)),)),
    ("taken early", (replace(BACK, does=Does.TAKES),)),
    ("what is not shown", (replace(BACK, triggers=("gone",)),)),
    ("put off", (replace(BACK, does=Does.DEFERS),)),
]


@pytest.mark.parametrize(("effects", "subjects"), [pytest.param(*case, id=name) for name, *case in LOOPS])
def test_it_comes_back(effects: tuple[Effect, ...], subjects: list[str]) -> None:
    found = judged(POISON, system(ORDERS, OTHER, QUEUED, SERVED, effects=effects))
    assert sorted(f.subject for f in found) == subjects
    assert {f.confidence for f in found} == {effects[0].confidence}


def test_all_that_come_to_one_place_are_named() -> None:
    both = replace(BACK, triggers=(ORDERS.id, OTHER.id))
    (found,) = judged(POISON, system(ORDERS, OTHER, effects=(both,)))
    assert found.message.startswith("a message of orders and refunds that billing cannot handle goes back")
    assert [e.location.line for e in found.evidence] == [20, 25, 50]


@pytest.mark.parametrize("effects", [pytest.param(*case, id=name) for name, *case in ENDS])
def test_it_does_not_come_back(effects: tuple[Effect, ...]) -> None:
    assert judged(POISON, system(ORDERS, OTHER, QUEUED, SERVED, effects=effects)) == []
