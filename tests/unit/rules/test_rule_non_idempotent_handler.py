"""R402: messages that are kept twice if they come twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.model.effect import Does, Effect
from flowmap.model.interaction import Interaction
from flowmap.rules.non_idempotent_handler import RULE
from flows import at, effect, publish, serve, subscribe, system
from verdicts import judged

PLACED = subscribe("billing", "order.placed")
QUEUED = subscribe("billing", "orders", transport="amqp", line=22)
MAIL = subscribe("mail", "order.placed", line=24)
STREAM = replace(subscribe("billing", "orders", transport="redis", line=26), space="stream", group="billing")
KEPT = subscribe("billing", "orders", transport="nats", line=28)
ASKED = serve("billing", "POST /invoices")


def adds(*sites: Interaction, about: str = "Invoice", line: int = 50) -> Effect:
    """A write that adds, behind some handlers."""
    return replace(effect(Does.WRITES, "billing", about, *(s.id for s in sites), line=line), adds=True)


def of(does: Does, site: Interaction, transport: str = "") -> Effect:
    """What is said of a subscription at its own place."""
    return replace(effect(does, site.service, ""), location=site.location, transport=transport)


TWICE: list[tuple[str, tuple[Interaction, ...], tuple[Effect, ...], list[str]]] = [
    ("of a topic", (PLACED,), (adds(PLACED),), ["Invoice"]),
    ("of a queue", (QUEUED,), (adds(QUEUED),), ["Invoice"]),
    ("of a stream with groups", (STREAM,), (adds(STREAM),), ["Invoice"]),
    ("of JetStream", (KEPT,), (adds(KEPT), of(Does.MAKES, KEPT, "nats")), ["Invoice"]),
    ("two things", (PLACED,), (adds(PLACED), adds(PLACED, about="Parcel", line=60)), ["Invoice", "Parcel"]),
    ("by two handlers", (PLACED, QUEUED), (adds(PLACED, QUEUED),), ["Invoice"]),
    ("by an endpoint too", (PLACED, ASKED), (adds(PLACED, ASKED),), ["Invoice"]),
    ("by two services", (PLACED, MAIL), (adds(PLACED), replace(adds(MAIL), service="mail")), ["Invoice"]),
    ("another is taken early", (PLACED, QUEUED), (adds(PLACED), of(Does.TAKES, QUEUED)), ["Invoice"]),
]
ONCE: list[tuple[str, tuple[Interaction, ...], tuple[Effect, ...]]] = [
    ("nothing is added", (PLACED,), (replace(adds(PLACED), adds=False),)),
    ("an endpoint alone", (ASKED,), (adds(ASKED),)),
    ("nobody comes there", (PLACED,), (adds(),)),
    ("taken early", (QUEUED,), (adds(QUEUED), of(Does.TAKES, QUEUED))),
    ("a subject of NATS that nothing keeps", (KEPT,), (adds(KEPT),)),
    ("a channel of Redis", (replace(STREAM, space="", group=None),), (adds(STREAM),)),
    ("a stream without a group", (replace(STREAM, group=None),), (adds(STREAM),)),
    ("a task", (replace(PLACED, transport="celery"),), (adds(PLACED),)),
    ("an answer", (replace(QUEUED, private=True),), (adds(QUEUED),)),
    ("nobody knows which", (replace(QUEUED, channel=None, unresolved="?"),), (adds(QUEUED),)),
    ("it publishes", (PLACED, publish("billing", "billed", PLACED.id)), ()),
]


@pytest.mark.parametrize(("sites", "effects", "subjects"), [pytest.param(*case, id=name) for name, *case in TWICE])
def test_it_is_kept_twice(sites: tuple[Interaction, ...], effects: tuple[Effect, ...], subjects: list[str]) -> None:
    assert sorted(f.subject for f in judged(RULE, system(*sites, effects=effects))) == subjects


@pytest.mark.parametrize(("sites", "effects"), [pytest.param(*case, id=name) for name, *case in ONCE])
def test_it_is_not(sites: tuple[Interaction, ...], effects: tuple[Effect, ...]) -> None:
    assert judged(RULE, system(*sites, effects=effects)) == []


def test_it_says_which_message_adds_what_and_where() -> None:
    (found,) = judged(RULE, system(PLACED, QUEUED, effects=(adds(PLACED, QUEUED),)))
    assert found.message == "another Invoice is kept by billing whenever a message of one of order.placed and orders comes again"
    assert [e.location for e in found.evidence] == [at("billing/app.py", n) for n in (20, 22, 50)]
