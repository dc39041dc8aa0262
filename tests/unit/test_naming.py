"""What names say by their grammar."""

from __future__ import annotations

import pytest
from flowmap.naming import IRREGULAR, Domain, Mood, is_past, is_thing, is_verb, mood, style, vague, words
from hypothesis import given, settings
from hypothesis import strategies as st

FEW = settings(max_examples=150, derandomize=True, deadline=None)
PIECES = st.lists(st.text(st.sampled_from("abcxyz"), min_size=2, max_size=6), min_size=1, max_size=4)


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
    assert mood(name).kind in {"instruction", "request", "deed", "fact", "thing"}
    assert all(w and w == w.lower() for w in words(name))
    assert (vague(name) or "").islower() or vague(name) is None
    assert style(name) is None or words(name)


@pytest.mark.parametrize(
    "name",
    (
        "OrderPlaced order.placed payment-failed invoice_paid email.sent stock-reserved user.signed_up cart.built "
        "shipment-lost order-placed-event OrderPlacedEvent order.placed.v2 customer.address.changed tier-changed "
        "orders.v1.order-placed OrderPlacedV2 order.complete payment-withheld stock-borne invoice-repaid ride.driven unsold "
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
        ("run-report", "run"),
        ("reset-password", "reset"),
        ("split-order", "split"),
        ("put-item", "put"),
        ("order.cancel", "cancel"),
        ("delete-archived-orders", "delete"),
        ("notify-user", "notify"),
        ("orders.v1.cancel-order", "cancel"),
        ("CancelOrderV2", "cancel"),
        ("upload-file", "upload"),
        ("take-payment", "take"),
        ("video.transcribe", "transcribe"),
        ("cut-ticket", "cut"),
        ("saga.mark-sync-complete", "mark"),
        ("post-message", "post"),
    ],
)
def test_instructions(name: str, word: str) -> None:
    found = mood(name)
    assert (found.kind, found.word, found.weight) == ("instruction", word, 3)


@pytest.mark.parametrize(
    ("name", "weight"),
    [
        ("refund-order", 2),
        ("charge-card", 2),
        ("schedule-visit", 2),
        ("process-payment", 2),
        ("update-stock", 2),
        ("email-customer", 1),
        ("OrderParts", 1),
        ("invoice-customer", 1),
        ("BOOKING_EVENT_STORE", 1),
        ("nightly-export", 1),
        ("UserDeleteEvent", 1),
        ("advisor_upload", 1),
        ("evaluator.upload", 1),
        ("compose.start", 2),
        ("PublishDataModel", 2),
        ("compose.wait", 2),
        ("customers.import", 1),
        ("block-card", 1),
    ],
)
def test_words_that_may_be_nouns_instruct_less_surely(name: str, weight: int) -> None:
    found = mood(name)
    assert (found.kind, found.weight) == ("instruction", weight)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("shipment-registration", "registration"),
        ("shipment-registration-events", "registration"),
        ("data.deletion.v2", "deletion"),
        ("CardValidation", "validation"),
        ("payment_authorization", "authorization"),
    ],
)
def test_deeds(name: str, word: str) -> None:
    assert mood(name) == Mood("deed", word, 1)


@pytest.mark.parametrize(
    ("name", "word", "weight"),
    [
        ("payment.requested", "requested", 2),
        ("PaymentRequested", "requested", 2),
        ("payment-request", "request", 3),
        ("payment_requests", "requests", 3),
        ("invoice.command", "command", 3),
        ("ShipCommand", "command", 3),
        ("shipping-cmd", "cmd", 3),
        ("payment-requested.v1", "requested", 2),
        ("payment-requested-event", "requested", 2),
    ],
)
def test_requests(name: str, word: str, weight: int) -> None:
    found = mood(name)
    assert (found.kind, found.word, found.weight) == ("request", word, weight)


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
        "order-updates",
        "order-status",
        "email-templates",
        "invoice-data",
        "process-data",
        "change-log",
        "transfer-status",
        "publish-video.response",
        "send_email_result",
        "keep-alive",
        "registration",
        "user-notification",
        "price-configuration",
        "web-session",
        "saga-completion",
        "rpc.request",
        "post-validate",
        "before-deploy.check",
        "bestellung-senden",
        "pedido.cancelar",
        "commande-envoyee",
        "subscribe",
        "unsubscribe",
        "login",
        "camera/detect/state",
        "update.details",
    ],
)
def test_things(name: str) -> None:
    assert mood(name).kind == "thing"


@pytest.mark.parametrize(
    ("name", "domain", "plainly", "kind"),
    [
        ("underwrite-policy", Domain(verbs=frozenset({"underwrite"})), "thing", "instruction"),
        ("policy.underwrite", Domain(verbs=frozenset({"underwrite"})), "thing", "instruction"),
        ("policy-underwritten", Domain(verbs=frozenset({"underwrite"})), "fact", "fact"),
        ("capture", Domain(nouns=frozenset({"capture"})), "instruction", "thing"),
        ("refund-order", Domain(nouns=frozenset({"refund"})), "instruction", "thing"),
        ("capture-created", Domain(nouns=frozenset({"capture"})), "fact", "fact"),
        ("listing-live", Domain(facts=frozenset({"live"})), "thing", "fact"),
        ("release-live", Domain(facts=frozenset({"live"})), "instruction", "fact"),
    ],
)
def test_a_domain_has_words_of_its_own(name: str, domain: Domain, plainly: str, kind: str) -> None:
    assert (mood(name).kind, mood(name, domain).kind) == (plainly, kind)


@pytest.mark.parametrize(
    "word",
    [
        "placed", "failed", "sent", "paid", "built", "written",
        "lost", "frozen", "withdrawn", "cancelled", "used", "oversold", "rewritten",
    ],
)  # fmt: skip
def test_participles(word: str) -> None:
    assert is_past(word)


@pytest.mark.parametrize(
    "word",
    [
        "feed", "seed", "speed", "need", "embed", "red", "bed", "place",
        "order", "send", "", "ed", "placing", "succeed", "output", "present", "relet",
    ],
)  # fmt: skip
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


def test_irregular_participles_are_recognised() -> None:
    assert [w for w in sorted(IRREGULAR) if not is_past(w)] == []


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("OrderUpdated", "updated"),
        ("customer.changed.v2", "changed"),
        ("order-modified-event", "modified"),
        ("OrderUpdatedEventSchema", "updated"),
        ("OrderEvent", "event"),
        ("SubscriptionEvent", "event"),
        ("data.sync", "sync"),
        ("stock.updated", "updated"),
    ],
)
def test_names_that_tell_nothing(name: str, word: str) -> None:
    assert vague(name) == word


@pytest.mark.parametrize(
    "name",
    (
        "OrderPlaced order.status.changed UserSettingsUpdatedEvent price.updated PodReadyEvent PodRunningEvent event events "
        "order-events ExecutionTimeoutEvent UserCreationEvent CancelOrderEvent ShipCommandEvent BagUpdated.{} updated-orders "
        "order sync {}"
    ).split(),
)
def test_names_that_tell_something(name: str) -> None:
    assert vague(name) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("order.placed", "dotted"),
        ("orders.v1.order-placed", "dotted"),
        ("shop/order_placed", "slashed/name"),
        ("shop:order:1", "colon:separated"),
        ("order-placed", "kebab-case"),
        ("order-line_placed-now", "kebab-case"),
        ("re-evaluate_order", "snake_case"),
        ("order_placed", "snake_case"),
        ("ORDER_PLACED", "UPPER_CASE"),
        ("orderPlaced", "camelCase"),
        ("OrderPlaced", "PascalCase"),
        ("order", None),
        ("Order", None),
        ("ORDER", None),
        ("order-{}", None),
        ("{}.order", None),
        ("order.{}.line_placed", "dotted"),
        ("{}_{}", None),
        ("{}", None),
        ("", None),
    ],
)
def test_style(name: str, expected: str | None) -> None:
    assert style(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("order", True),
        ("payment-info", True),
        ("deliveries", True),
        ("customer_profiles", True),
        ("order-topic", True),
        ("order-placed", False),
        ("bestellung", False),
        ("order-bestellt", False),
        ("topic", False),
        ("", False),
    ],
)
def test_things_by_english_nouns_alone(name: str, expected: bool) -> None:
    assert is_thing(name) is expected
