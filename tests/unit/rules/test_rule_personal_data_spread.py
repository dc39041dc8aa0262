"""E209: personal data that reaches many, or somebody who never reads it."""

from dataclasses import replace

import pytest
from flowmap.model.interaction import Interaction
from flowmap.rule_api import Options
from flowmap.rules.personal_data_spread import RULE
from flows import holding, publish, subscribe
from verdicts import findings


def sent(*names: str, service: str = "orders") -> Interaction:
    return replace(publish(service, "order-placed"), payload=holding(*names))


def read(service: str, *names: str, more: bool = False) -> Interaction:
    return replace(subscribe(service, "order-placed"), payload=holding(*names, more=more))


def reading(*services: str) -> list[Interaction]:
    return [read(s, "email") for s in services]


FLAGGED = (
    ([sent("id", "email"), *reading("a", "b", "c")], "email of order-placed reaches a, b and c"),
    ([sent("id", "email"), read("a", "email"), read("b", "id")], "email of order-placed reaches a and b; b never reads it"),
    ([sent("phone_number"), read("a")], "phone_number of order-placed reaches a; a never reads it"),
    ([sent("customer.cardNumber"), read("a", "id")], "customer.cardNumber of order-placed reaches a; a never reads it"),
    ([sent("ssn", "date_of_birth"), read("a", "id")], "ssn and date_of_birth of order-placed reach a; a never reads them"),
    ([sent("id"), sent("email", service="shop"), read("a", "id")], "email of order-placed reaches a; a never reads it"),
    ([sent("email"), *(read(s, "x", more=True) for s in "abc")], "email of order-placed reaches a, b and c"),
)
SILENT = (
    [sent("id", "email"), *reading("a", "b")],
    [sent("id", "total"), *reading("a", "b", "c")],
    [sent("email"), read("a", "id", more=True)],
    [sent("customer", "customer.email"), read("a", "customer...")],
    [sent("data.email"), read("a", "email")],
    [sent("email"), replace(read("a"), payload=None)],
    [sent("email_sent", "email_template", "phone_verified"), read("a", "id")],
    [sent("email:bool"), read("a", "id")],
    [sent("discarded", "wildcard", "microphone"), read("a", "id")],
    [sent("email"), replace(read("orders", "id"), service="orders")],
    [replace(sent("email"), payload=None), *reading("a", "b", "c")],
    [sent("email")],
)


@pytest.mark.parametrize(("sites", "message"), FLAGGED)
def test_flagged(sites: list[Interaction], message: str) -> None:
    assert [f.message for f in findings(RULE, *sites)] == [message]


@pytest.mark.parametrize("sites", SILENT)
def test_not_flagged(sites: list[Interaction]) -> None:
    assert findings(RULE, *sites) == []


def test_the_words_and_the_number_are_set() -> None:
    sites = [sent("id", "loyalty_number"), *(read(s, "loyalty_number") for s in "abc")]
    words = {"personal-data": frozenset({"loyalty"})}
    assert len(findings(RULE, *sites, options=Options(words))) == 1
    assert findings(RULE, *sites, options=Options({**words, "max-pii-consumers": 3})) == []


def test_types_of_one_channel_are_said_together() -> None:
    first, second = (replace(sent("email"), event=e, id=e) for e in ("Placed", "Changed"))
    (finding,) = findings(RULE, first, second, read("a", "id"))
    assert finding.message == "email of order-placed reaches a; a never reads it"
    (finding,) = findings(RULE, first, read("a", "id"))
    assert finding.message == "email of Placed reaches a; a never reads it"


def test_every_end_is_evidence() -> None:
    (finding,) = findings(RULE, sent("email"), read("a", "id"))
    assert [e.what for e in finding.evidence] == [
        "orders sets email",
        "orders publishes order-placed",
        "a subscribes and never reads it",
    ]
