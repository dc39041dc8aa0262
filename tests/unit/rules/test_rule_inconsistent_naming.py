"""E205: names of several styles."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.model.flow import Severity
from flowmap.model.interaction import Confidence, Interaction, Kind
from flowmap.rule_api import Options
from flowmap.rules.inconsistent_naming import RULE
from flows import publish, subscribe
from verdicts import findings, subjects


def sent(*names: str, transport: str = "kafka") -> list[Interaction]:
    """What `orders` publishes."""
    return [publish("orders", name, transport=transport) for name in names]


DOTTED = ("order.placed", "order.paid", "order.sent")


@pytest.mark.parametrize(
    ("sites", "message"),
    [
        (sent(*DOTTED, "OrderShipped"), "3 of 4 names of kafka channels are dotted, but OrderShipped is PascalCase"),
        (sent(*DOTTED, "payment_done"), "3 of 4 names of kafka channels are dotted, but payment_done is snake_case"),
        (sent(*DOTTED, "payment-done"), "3 of 4 names of kafka channels are dotted, but payment-done is kebab-case"),
        (sent(*DOTTED, "paymentDone"), "3 of 4 names of kafka channels are dotted, but paymentDone is camelCase"),
        (sent(*DOTTED, "PAY_DONE"), "3 of 4 names of kafka channels are dotted, but PAY_DONE is UPPER_CASE"),
        (
            sent(*DOTTED, *(f"a_{c}" for c in "bc"), "x:y", transport="redis"),
            (
                "the 6 names of redis channels have no style in common: order.paid, order.placed, order.sent are dotted; "
                "a_b, a_c are snake_case; x:y is colon:separated"
            ),
        ),
        (
            sent(*(f"order.{c}" for c in "abcdefgh"), *(f"a-{c}" for c in "abcdefg")),
            "8 of 15 names of kafka channels are dotted, but a-a, a-b, a-c, a-d, a-e and 2 more are kebab-case",
        ),
        (
            sent("a_a", "a_b", "a_c", "a-b", transport="amqp"),
            "3 of 4 names of amqp queues are snake_case, but a-b is kebab-case",
        ),
        (
            [replace(s, event=s.channel, channel="all") for s in sent("APlaced", "BPlaced", "CPlaced", "d_placed")],
            "3 of 4 names of types of kafka messages are PascalCase, but d_placed is snake_case",
        ),
    ],
)
def test_flagged(sites: list[Interaction], message: str) -> None:
    assert [f.message for f in findings(RULE, *sites)] == [message]


@pytest.mark.parametrize(
    "sites",
    [
        [],
        sent(*DOTTED, "stock.taken"),
        sent(*DOTTED, "orders", "Payments", "x"),
        sent("order.placed", "OrderPaid", "order_sent"),
        sent(*DOTTED, "orders.v1.order-placed"),
        sent("a_b", "c_d", "e_f", "re-evaluate_g"),
        [*sent(*DOTTED), *sent("order_placed", "order_sent", transport="redis")],
        sent("app.tasks.mail", "send_mail", "x.y", "z.w", transport="celery"),
        sent("OrderTopic", "MailTopic", "PayTopic", "order-paid", transport="sns"),
        sent("a/b", "a/c", "d_e", "f.g", transport="mqtt"),
        [*sent(*DOTTED), subscribe("mail", "OrderShipped")],
        [*sent(*DOTTED), publish("external:shop", "OrderShipped")],
        [*sent(*DOTTED), replace(publish("orders", "order_work"), kind=Kind.TASK)],
        [*sent(*DOTTED), replace(publish("orders", "amq_gen_1"), private=True)],
        [*sent(*DOTTED), replace(publish("orders", "reply_to"), answers=True)],
        [*sent(*DOTTED, transport="amqp"), *(replace(s, exchange="e") for s in sent("a-b", "c-d", transport="amqp"))],
        sent("{}", "{}.{}", "a.b", "c.d", "e.f"),
    ],
)
def test_not_flagged(sites: list[Interaction]) -> None:
    assert subjects(RULE, *sites) == []


@pytest.mark.parametrize(("least", "count"), [(2, 1), (4, 1), (5, 0)])
def test_few_names_are_no_style(least: int, count: int) -> None:
    found = findings(RULE, *sent(*DOTTED, "OrderShipped"), options=Options({"min-named-channels": least}))
    assert len(found) == count


def test_the_minority_is_the_evidence() -> None:
    other = publish("billing", "payment_done")
    (found,) = findings(RULE, *sent(*DOTTED), other)
    assert [(e.what, e.location) for e in found.evidence] == [("billing publishes payment_done", other.location)]
    assert (found.code, found.subject, found.services) == ("E205", "kafka channels", ("billing",))
    assert (found.severity, found.confidence) == (Severity.ADVICE, Confidence.CERTAIN)


def test_without_a_majority_all_are_the_evidence() -> None:
    (found,) = findings(RULE, *sent("a.b", "c.d", "e_f", "g_h"))
    assert len(found.evidence) == 4
