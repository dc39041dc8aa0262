"""E208: events between services with neither schema nor version."""

from dataclasses import replace

import pytest
from flowmap.model.interaction import Interaction, Kind
from flowmap.rules.unversioned_contract import RULE
from flows import holding, publish, subscribe
from verdicts import findings


def sent(*names: str, channel: str = "order-placed", model: str = "", more: bool = False) -> Interaction:
    return replace(publish("orders", channel), payload=replace(holding(*names, more=more), model=model))


FLAGGED = (
    [sent("id", "total"), subscribe("billing", "order-placed")],
    [sent("id"), subscribe("orders", "order-placed"), subscribe("billing", "order-placed")],
    [sent("id"), replace(publish("shop", "order-placed"), payload=holding("id")), subscribe("billing", "order-placed")],
    [sent("conversion"), subscribe("billing", "order-placed")],
    [sent("id", channel="dev2"), subscribe("billing", "dev2")],
    [sent("id", "api.key"), subscribe("billing", "order-placed")],
)
SILENT = (
    [sent("id", model="OrderPlaced"), subscribe("billing", "order-placed")],
    [sent("id", "version"), subscribe("billing", "order-placed")],
    [sent("id", "meta.schema_version"), subscribe("billing", "order-placed")],
    [sent("id", channel="orders.v2"), subscribe("billing", "orders.v2")],
    [replace(sent("id"), event="OrderPlacedV1"), subscribe("billing", "order-placed")],
    [sent("id", more=True), subscribe("billing", "order-placed")],
    [publish("orders", "order-placed"), subscribe("billing", "order-placed")],
    [sent("id"), subscribe("orders", "order-placed")],
    [sent("id")],
    [replace(sent("id"), kind=Kind.TASK), subscribe("billing", "order-placed")],
)


def test_it_is_off_unless_asked_for() -> None:
    assert not RULE.on


@pytest.mark.parametrize("sites", FLAGGED)
def test_flagged(sites: list[Interaction]) -> None:
    (finding,) = findings(RULE, *sites)
    assert finding.message.startswith(f"{finding.subject} goes from orders")
    assert finding.message.endswith(" to billing with neither schema nor version") or "orders and billing" in finding.message


@pytest.mark.parametrize("sites", SILENT)
def test_not_flagged(sites: list[Interaction]) -> None:
    assert findings(RULE, *sites) == []
