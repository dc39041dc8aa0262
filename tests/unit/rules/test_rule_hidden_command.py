"""E201: instructions in the clothes of events."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.model.flow import Severity
from flowmap.model.interaction import Confidence, Interaction, Kind, Match, Role
from flowmap.rule_api import Options
from flowmap.rules.hidden_command import RULE
from flows import call, holding, publish, subscribe
from verdicts import findings, subjects


def told(name: str, *receivers: str, transport: str = "kafka") -> list[Interaction]:
    """An event of `orders` with its receivers."""
    return [publish("orders", name, transport=transport), *(subscribe(r, name, transport=transport) for r in receivers)]


def stomp(destination: str) -> list[Interaction]:
    """What goes to a destination of STOMP, which nobody in the scan takes."""
    return [replace(publish("orders", destination, transport="stomp"), match=Match.STOMP)]


def bound(key: str, queue: str, *receivers: str) -> list[Interaction]:
    """What goes by a routing key into one queue that the receivers take."""
    published, *received = (replace(s, exchange="shop") for s in told(key, *receivers, transport="amqp"))
    return [published, *(replace(s, group=queue) for s in received)]


def typed(event: str) -> list[Interaction]:
    """An event with a type of its own on a channel with a harmless name."""
    return [replace(s, event=event) for s in told("orders", "mail", "audit")]


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        (told("send-confirmation-email", "mail", "audit"), ["send-confirmation-email"]),
        (told("stock.reserve", "stock", "audit"), ["stock.reserve"]),
        (told("AuthorizePayment", "payment"), ["AuthorizePayment"]),
        (told("create_invoice"), ["create_invoice"]),
        (told("cancel-order", "stock", "mail"), ["cancel-order"]),
        (told("do-shipping", "shipping", "audit"), ["do-shipping"]),
        (told("trigger-export", "reports", "audit"), ["trigger-export"]),
        (told("refund-order", "billing"), ["refund-order"]),
        (told("scan-document", "archive"), ["scan-document"]),
        (told("payment-requested", "payment"), ["payment-requested"]),
        (told("invoice.command", "billing", "audit"), ["invoice.command"]),
        (told("billing.create-invoice", "billing", "audit"), ["billing.create-invoice"]),
        (typed("SendEmail"), ["SendEmail"]),
        (told("send-email.v1", "mail", "audit"), ["send-email.v1"]),
        (told("send-email", "orders", "mail"), ["send-email"]),
        ([subscribe("mail", "send-email")], ["send-email"]),
        (told("lamp/send", "lamp", transport="mqtt"), ["lamp/send"]),
        (told("worker.job.start", "worker"), ["worker.job.start"]),
        (told("shop.errata.revoke", "mail"), ["shop.errata.revoke"]),
        (told("saga.rollback"), ["saga.rollback"]),
        (told("errata/revoke-build"), ["errata/revoke-build"]),
        (told("invalidate"), ["invalidate"]),
        (
            [*told("shipment-registration", "shipping"), subscribe("orders", "shipment-registration-confirmed")],
            ["shipment-registration"],
        ),
        ([*told("refund-order", "billing", "audit"), subscribe("orders", "order-refunded")], ["refund-order"]),
        ([*told("payment-requested", "payment", "audit"), subscribe("orders", "payment-completed")], ["payment-requested"]),
        ([replace(s, payload=holding("command")) for s in told("payment-requested", "payment", "audit")], ["payment-requested"]),
        ([replace(s, exchange="shop", transport="amqp") for s in told("send-email", "mail")], ["send-email"]),
        (stomp("/topic/send-email"), ["/topic/send-email"]),
        ([replace(s, exchange="commander", transport="amqp") for s in told("send-email", "mail")], ["send-email"]),
        ([replace(s, channel="orders.events") for s in typed("SendEmail")], ["SendEmail"]),
        (told("send-email-queue", "mail", "audit"), ["send-email-queue"]),
        (told("send-queue-report", "mail"), ["send-queue-report"]),
        (bound("send-email", "mail.all", "mail"), ["send-email"]),
        (bound("send-email", "send-email", "mail", "audit"), ["send-email"]),
        ([replace(s, group="send-email") for s in told("send-email", "mail")], ["send-email"]),
    ],
)
def test_flagged(sites: list[Interaction], expected: list[str]) -> None:
    assert subjects(RULE, *sites) == expected


THINGS = "window recording gaze pupil frame marker calibration".split()
FAMILY = [s for thing in THINGS for s in told(f"notify.{thing}.new", "view")]


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        ([*FAMILY, *told("notify.eye", "view")], []),
        ([*FAMILY, *told("notify.clear_settings", "view")], ["notify.clear_settings"]),
        ([*FAMILY, *told("notify.eye", "view"), *told("send-email", "mail")], ["send-email"]),
        (FAMILY, sorted(f"notify.{thing}.new" for thing in THINGS)),  # so few may all be instructions
        (
            [*FAMILY, *told("notify.eye", "view"), *(s for n in range(8) for s in told(f"order-{n}", "mail"))],
            sorted([*(f"notify.{thing}.new" for thing in THINGS), "notify.eye"]),
        ),
        (
            [*(replace(s, transport="redis") for s in FAMILY), *told("notify.eye", "view")],
            sorted([*(f"notify.{thing}.new" for thing in THINGS), "notify.eye"]),
        ),
    ],
)
def test_what_most_names_begin_with_is_no_instruction(sites: list[Interaction], expected: list[str]) -> None:
    assert sorted(subjects(RULE, *sites)) == expected


@pytest.mark.parametrize(
    "sites",
    [
        [],
        [publish("shop", "shop.update.edit"), subscribe("shop", "shop.update.edit")],
        [publish("shop", "refund-order"), subscribe("shop", "refund-order")],
        told("scan", "mapping"),
        told("shop.errata.revoke"),
        told("update.request.revoke"),
        told("block_trade", "prices"),
        told("subscribe", "prices"),
        told("camera/detect/state", "recorder"),
        told("order-placed", "mail"),
        told("OrderPlaced", "mail"),
        told("payment.failed", "orders"),
        told("email-sent", "mail"),
        told("invoice-paid", "billing"),
        told("order", "mail"),
        told("orders", "mail"),
        told("payment-info", "mail"),
        told("stock", "mail"),
        *(told(name, "mail") for name in ("order-updates", "order-status", "invoice-data", "order-parts", "process-data")),
        [*told("payment-requested", "payment", "audit"), subscribe("orders", "shipment-completed")],
        told("refund-order", "billing", "audit"),
        told("order.checkout", "order"),
        told("payment-requested", "payment", "audit"),
        told("send-email", "mail", transport="sqs"),
        told("send-email", "orders"),  # work of its own
        told("mail.send", "mail", transport="celery"),
        told("send-email", "mail", transport="amqp"),
        stomp("/queue/send-email"),
        stomp("/amq/queue/send-email"),
        stomp("/queue/{}"),
        [replace(s, exchange="command_exchange", transport="amqp") for s in told("send-email", "mail")],
        [replace(s, channel="mail.commands") for s in typed("SendEmail")],
        [replace(s, kind=Kind.COMMAND) for s in told("send-email", "mail")],
        [replace(s, kind=Kind.TASK) for s in told("send-email", "mail")],
        [replace(s, local=True) for s in told("send-email", "mail")],
        [replace(s, payload=holding("action")) for s in told("order-placed", "mail")],
        [call("orders", "mail", "send-email")],
        [publish("orders", None), subscribe("mail", None)],
        typed("EmailSent"),
        told("{}", "mail"),
        told("advisor_upload", "grouper"),
        told("compose.start", "mail", "audit"),
        [subscribe("lamp", "lamp/1/stop", transport="mqtt")],
        told("shipment-registration", "shipping"),
        [*told("user-notification", "mail"), subscribe("orders", "user-notified")],
        told("evaluator.upload", "grouper"),
        told("order.complete", "mail"),
        told("publish-video.response", "web"),
        told("bestellung-senden", "mail"),
        [replace(s, event="send.job") for s in told("jobs", "web", transport="channels")],
        told("v1", "mail"),
        [*told("orders-placed", "mail"), subscribe("orders", "mail-sent")],
        told("send-email-queue", "mail"),
        told("SendEmailTasks", "mail"),
        told("send.email.jobs"),
        bound("send-email", "send-email", "mail"),
    ],
)
def test_not_flagged(sites: list[Interaction]) -> None:
    assert subjects(RULE, *sites) == []


@pytest.mark.parametrize(
    ("name", "key", "word", "plainly", "then"),
    [
        ("underwrite-policy", "extra-verbs", "underwrite", 0, 1),
        ("capture-image", "extra-nouns", "capture", 1, 0),
        ("release-live", "extra-facts", "live", 1, 0),
    ],
)
def test_a_domain_has_words_of_its_own(name: str, key: str, word: str, plainly: int, then: int) -> None:
    assert len(findings(RULE, *told(name, "risk"))) == plainly
    assert len(findings(RULE, *told(name, "risk"), options=Options({key: frozenset({word})}))) == then


@pytest.mark.parametrize(
    ("sites", "score", "reasons"),
    [
        (told("send-email", "mail", "audit"), 3, ["`send` instructs (+3)"]),
        (told("send-email", "mail"), 4, ["`send` instructs (+3)", "only mail consumes it (+1)"]),
        (
            told("billing.create-invoice", "billing"),
            5,
            ["`create` instructs (+3)", "only billing consumes it (+1)", "it is addressed to its receiver (+1)"],
        ),
        (
            [*told("reserve-stock", "stock", "audit"), subscribe("orders", "stock-reserved")],
            5,
            ["`reserve` instructs (+3)", "orders waits for `stock-reserved` (+2)"],
        ),
        (
            [
                subscribe("orders", "invoice-completed"),
                publish("orders", "send-invoice", "orders subscribe invoice-completed"),
                subscribe("audit", "send-invoice"),
                subscribe("stock", "send-invoice"),
            ],
            3,
            ["`send` instructs (+3)"],
        ),
        (
            [replace(s, payload=holding("id", "action")) for s in told("send-email", "mail", "audit")],
            4,
            ["`send` instructs (+3)", "its payload holds an instruction (+1)"],
        ),
    ],
)
def test_every_piece_of_evidence_is_shown(sites: list[Interaction], score: int, reasons: list[str]) -> None:
    messages = [f.message for f in findings(RULE, *sites)]
    name = next(s.channel for s in sites if s.role is Role.PUBLISH)
    assert messages == [f"{name} is published as an event but is an instruction, score {score}: {'; '.join(reasons)}"]


def test_the_sites_of_both_ends_are_evidence() -> None:
    (found,) = findings(RULE, *told("send-email", "mail"))
    assert [e.what for e in found.evidence] == ["orders publishes send-email", "mail does what it says"]
    assert (found.services, found.severity, found.code) == (("orders", "mail"), Severity.WARNING, "E201")


def test_what_nobody_is_seen_to_publish_is_said_to_be_listened_to() -> None:
    (found,) = findings(RULE, subscribe("mail", "send-email"))
    assert found.message.startswith("send-email is listened to as an event but is an instruction, score 4: ")


def test_one_finding_per_name_however_many_sites() -> None:
    sites = told("send-email", "mail")
    again = replace(sites[0], id="again", service="billing")
    (found,) = findings(RULE, *sites, again)
    assert found.services == ("orders", "billing", "mail")


@pytest.mark.parametrize("confidence", list(Confidence))
def test_it_is_as_sure_as_its_publications(confidence: Confidence) -> None:
    sent, heard = told("send-email", "mail")
    assert [f.confidence for f in findings(RULE, replace(sent, confidence=confidence), heard)] == [confidence]
