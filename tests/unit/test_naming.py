"""What names say by their grammar."""

from __future__ import annotations

import pytest
from flowmap.naming import BOTH, IRREGULAR, VERBS, is_past, is_verb, mood, participle, words
from hypothesis import given, settings
from hypothesis import strategies as st

FEW = settings(max_examples=150, derandomize=True, deadline=None)
NOUN = "a noun that is a verb too instructs in front of any other noun"
PIECES = st.lists(st.text(st.sampled_from("abcxyz"), min_size=2, max_size=6), min_size=1, max_size=4)


def _wrong(reason: str) -> pytest.MarkDecorator:
    return pytest.mark.xfail(strict=True, reason=reason)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("OrderPlaced", ["order", "placed"]),
        ("orderPlaced", ["order", "placed"]),
        ("order_placed", ["order", "placed"]),
        ("ORDER_PLACED", ["order", "placed"]),
        ("order-placed", ["order", "placed"]),
        ("order.placed", ["order", "placed"]),
        ("shop/orders/placed", ["shop", "orders", "placed"]),
        ("shop:order.placed-now", ["shop", "order", "placed", "now"]),
        ("order.placed.v1", ["order", "placed"]),
        ("v2.order.placed", ["order", "placed"]),
        ("order-placed-2", ["order", "placed"]),
        ("HTTPRequestReceived", ["http", "request", "received"]),
        ("SMSSent", ["sms", "sent"]),
        ("user.{}.created", ["user", "created"]),
        ("user:{}", ["user"]),
        ("{}", []),
        ("", []),
        ("...", []),
        ("order placed", ["order", "placed"]),
        ("EU2Order", ["eu2", "order"]),
    ],
)
def test_words(name: str, expected: list[str]) -> None:
    assert words(name) == expected


@FEW
@given(PIECES)
def test_all_spellings_have_the_same_words(pieces: list[str]) -> None:
    spellings = [sep.join(pieces) for sep in (".", "-", "_", "/", ":", " ")]
    camel = "".join(p.capitalize() for p in pieces)
    assert {tuple(words(s)) for s in (*spellings, camel, "_".join(pieces).upper())} == {tuple(pieces)}


@FEW
@given(st.text(max_size=20))
def test_no_name_is_an_error(name: str) -> None:
    assert mood(name).kind in {"instruction", "request", "fact", "thing"}
    assert all(w and w == w.lower() for w in words(name))


@pytest.mark.parametrize(
    "name",
    (
        "OrderPlaced order.placed payment-failed invoice_paid email.sent stock-reserved user.signed_up cart.built "
        "shipment-lost order-placed-event OrderPlacedEvent order.placed.v2 customer.address.changed tier-changed "
        "refund-issued seat.held booking-withdrawn order.shipped.eu card-stolen failed-payment password-reset-completed "
        "order-line-split-done user-created file_uploaded loan-written-off price.frozen order-put-on-hold-cancelled"
    ).split(),
)
def test_facts(name: str) -> None:
    assert mood(name).kind == "fact"


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("send-email", "send"),
        ("SendEmail", "send"),
        ("sendEmail", "send"),
        ("AuthorizePayment", "authorize"),
        ("authorise_payment", "authorise"),
        ("stock.reserve", "reserve"),
        ("billing.create-invoice", "create"),
        ("billing/create_invoice", "create"),
        ("do-shipping", "do"),
        ("trigger-export", "trigger"),
        ("execute-payment", "execute"),
        ("cancel-order.v1", "cancel"),
        ("dev.create-order", "create"),
        ("events.send-email", "send"),
        pytest.param("run-report", "run", marks=_wrong("`run` counts as a participle even in front of its object")),
        pytest.param("reset-password", "reset", marks=_wrong("`reset` counts as a participle even in front of its object")),
        pytest.param("split-order", "split", marks=_wrong("`split` counts as a participle even in front of its object")),
        ("put-item", "put"),
        ("order.cancel", "cancel"),
        ("delete-archived-orders", "delete"),
        ("notify-user", "notify"),
    ],
)
def test_instructions(name: str, word: str) -> None:
    found = mood(name)
    assert (found.kind, found.word, found.sure) == ("instruction", word, True)


@pytest.mark.parametrize("name", ["refund-order", "email-customer", "OrderParts", "charge-card", "schedule-visit", "process-data"])
def test_words_that_may_be_nouns_instruct_less_surely(name: str) -> None:
    found = mood(name)
    assert (found.kind, found.sure) == ("instruction", False)


@pytest.mark.parametrize(
    ("name", "word", "sure"),
    [
        ("payment.requested", "requested", False),
        ("PaymentRequested", "requested", False),
        ("payment-request", "request", True),
        ("payment_requests", "requests", True),
        ("invoice.command", "command", True),
        ("ShipCommand", "command", True),
        ("shipping-cmd", "cmd", True),
        ("payment-requested.v1", "requested", False),
        ("payment-requested-event", "requested", False),
    ],
)
def test_requests(name: str, word: str, sure: bool) -> None:
    found = mood(name)
    assert (found.kind, found.word, found.sure) == ("request", word, sure)


@pytest.mark.parametrize(
    "name",
    [
        "order",
        "orders",
        "payment-info",
        "stock",
        "customer-data",
        "news",
        "feed",
        "seed-data",
        "speed",
        "user-profile",
        "order_events",
        "email",
        "invoice",
        "request",
        "command",
        "",
        "{}",
        "v1",
        "events",
        "notifications",
        "embed-code",
        pytest.param("order-updates", marks=_wrong(NOUN)),
        pytest.param("order-status", marks=_wrong(NOUN)),
        pytest.param("email-templates", marks=_wrong(NOUN)),
        pytest.param("invoice-data", marks=_wrong(NOUN)),
    ],
)
def test_things(name: str) -> None:
    assert mood(name).kind == "thing"


def test_a_domain_adds_its_own_verbs() -> None:
    assert mood("underwrite-policy").kind == "thing"
    assert mood("underwrite-policy", frozenset({"underwrite"})).kind == "instruction"
    assert mood("policy-underwritten", frozenset({"underwrite"})).kind != "instruction"


@pytest.mark.parametrize(
    "word", ["placed", "failed", "sent", "paid", "built", "written", "lost", "frozen", "withdrawn", "cancelled", "used"]
)
def test_participles(word: str) -> None:
    assert is_past(word)


@pytest.mark.parametrize(
    "word", ["feed", "seed", "speed", "need", "embed", "red", "bed", "place", "order", "send", "", "ed", "placing", "succeed"]
)
def test_words_that_only_end_like_participles(word: str) -> None:
    assert not is_past(word)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("send", True),
        ("create", True),
        ("order", False),
        ("email", False),
        ("put", False),
        ("set", False),
        ("read", False),
        ("run", False),
        ("", False),
    ],
)
def test_words_that_are_hardly_ever_nouns(word: str, expected: bool) -> None:
    assert is_verb(word) is expected


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("place", "placed"),
        ("cancel", "canceled"),
        ("send", "sent"),
        ("pay", "paid"),
        ("notify", "notified"),
        ("deploy", "deployed"),
        ("create", "created"),
        ("hold", "held"),
        ("sell", "sold"),
        ("make", "made"),
        ("do", "done"),
        ("set", "set"),
        ("put", "put"),
        *(
            pytest.param(verb, past, marks=_wrong("most irregular verbs are not known"))
            for verb, past in (("split", "split"), ("write", "written"), ("reset", "reset"), ("build", "built"), ("begin", "begun"))
        ),
        *(
            pytest.param(verb, past, marks=_wrong("the last consonant is not doubled"))
            for verb, past in (("ship", "shipped"), ("commit", "committed"), ("submit", "submitted"), ("stop", "stopped"))
        ),
    ],
)
def test_participles_of_verbs(verb: str, expected: str) -> None:
    assert participle(verb) == expected


@pytest.mark.parametrize("verb", sorted(VERBS | BOTH))
def test_the_participle_of_every_known_verb_is_one(verb: str) -> None:
    assert is_past(participle(verb))


def test_irregular_participles_are_recognised() -> None:
    assert [w for w in sorted(IRREGULAR) if not is_past(w)] == []
