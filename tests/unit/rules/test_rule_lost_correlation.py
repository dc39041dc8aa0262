"""R404: reactions that do not pass on what ties messages together."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.model.effect import Does, Effect
from flowmap.model.interaction import Interaction
from flowmap.model.payload import Payload
from flowmap.rules.lost_correlation import RULE
from flows import call, effect, holding, publish, serve, subscribe, system
from verdicts import judged

HEARD = subscribe("billing", "order.placed")
TOLD = publish("orders", "order.placed")
ANSWER = publish("billing", "billed", HEARD.id)
SERVED = serve("billing", "POST /invoices")


def read(*names: str) -> Interaction:
    """The subscription, with what its handler reads."""
    return replace(HEARD, payload=holding(*names))


def sent(*names: str, more: bool = False) -> Interaction:
    """The reaction, with what it holds."""
    return replace(ANSWER, payload=holding(*names, more=more))


def told(*names: str) -> Interaction:
    """What is reacted to, with what it holds."""
    return replace(TOLD, payload=holding(*names))


def carries(site: Interaction) -> Effect:
    """Something on the way speaks of headers."""
    return replace(effect(Does.CARRIES, site.service, "", *site.triggers), location=site.location)


LOST: list[tuple[str, tuple[Interaction, ...]]] = [
    ("read", (read("order", "correlation_id"), sent("invoice"))),
    ("read in an envelope", (read("meta.correlationId"), sent("invoice", "order"))),
    ("a trace", (read("trace_id"), sent("invoice"))),
    ("that others set", (HEARD, told("order", "correlation_id"), sent("invoice"))),
    ("of a workflow", (read("saga_id"), sent("invoice"))),
    ("with another id in common", (read("order_id", "correlation_id"), sent("order_id"))),
    ("of one of two", (read("traceparent"), sent("invoice"), replace(sent("correlation_id"), id="2", channel="paid"))),
]
KEPT: list[tuple[str, tuple[Interaction, ...], tuple[Effect, ...]]] = [
    ("passed on", (read("correlation_id"), sent("invoice", "correlation_id")), ()),
    ("in an envelope", (read("correlation_id"), sent("invoice", "meta.correlationId")), ()),
    ("as another one", (read("correlation_id"), sent("invoice", "causation_id")), ()),
    ("there is none", (read("order"), sent("invoice")), ()),
    ("of something else", (read("correlation_window"), sent("invoice")), ()),
    ("only some set it", (HEARD, told("correlation_id"), replace(told("order"), id="2", service="web"), sent("invoice")), ()),
    ("not known in full", (read("correlation_id"), sent("invoice", more=True)), ()),
    ("not known at all", (read("correlation_id"), ANSWER), ()),
    ("an empty message", (read("correlation_id"), replace(ANSWER, payload=Payload((), open=False))), ()),
    ("in a header", (read("correlation_id"), sent("invoice")), (carries(ANSWER),)),
    ("an answer", (read("correlation_id"), replace(sent("invoice"), answers=True)), ()),
    ("in the name of the channel", (read("saga_id"), replace(sent("invoice"), channel="done:{}")), ()),
    ("dead letters", (read("correlation_id"), replace(sent("invoice"), channel="billing.dlq")), ()),
    ("a workflow with another id", (read("saga_id", "order_id"), sent("order_id")), ()),
    ("begun by an endpoint", (SERVED, replace(sent("invoice"), triggers=(SERVED.id,))), ()),
    ("a call", (read("correlation_id"), call("billing", "bank", "POST /charges", HEARD.id)), ()),
]


@pytest.mark.parametrize("sites", [pytest.param(*case, id=name) for name, *case in LOST])
def test_it_is_lost(sites: tuple[Interaction, ...]) -> None:
    assert [f.subject for f in judged(RULE, system(*sites))] == ["billed"]


@pytest.mark.parametrize(("sites", "effects"), [pytest.param(*case, id=name) for name, *case in KEPT])
def test_it_is_not(sites: tuple[Interaction, ...], effects: tuple[Effect, ...]) -> None:
    assert judged(RULE, system(*sites, effects=effects)) == []


def test_it_says_what_is_lost_and_where() -> None:
    (found,) = judged(RULE, system(read("order", "correlation_id"), sent("invoice")))
    assert found.message == "billing reacts to order.placed with billed, and does not pass correlation_id on"
    assert [str(e.location) for e in found.evidence] == ["billing/app.py:20", "fields.py:51", "billing/app.py:10"]
