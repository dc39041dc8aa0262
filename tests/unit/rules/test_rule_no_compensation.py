"""T307: failures that those who went before do not hear of."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.model.flow import Severity
from flowmap.model.interaction import Confidence, Interaction, Kind, Role
from flowmap.model.project import External, ExternalKind
from flowmap.rules.no_compensation import RULE
from flows import publish, subscribe, system
from happenings import workflow
from verdicts import findings, judged, subjects

LINE = ("a: -> placed", "b: placed -> reserved", "c: reserved -> payment.declined")


@pytest.mark.parametrize(
    ("lines", "subject"),
    [
        (LINE, "payment.declined"),
        ((*LINE, "mail: payment.declined ->"), "payment.declined"),
        (("a: -> placed", "b: placed -> StockRejected"), "StockRejected"),
        (("a: -> placed", "b: placed -> payment-failed.v1"), "payment-failed.v1"),
        (("a: -> placed", "b: placed -> payment_refused"), "payment_refused"),
        ((*LINE, "mail: payment.declined -> told", "log: told ->"), "payment.declined"),
        ((*LINE, "c: payment.declined ->"), "payment.declined"),
    ],
)
def test_flagged(lines: tuple[str, ...], subject: str) -> None:
    assert subjects(RULE, *workflow(*lines)) == [subject]


@pytest.mark.parametrize(
    ("lines", "later", "committed"),
    [
        (("a: -> seat.reserved", "b: seat.reserved -> printed", "c: printed ->"), "b", "a has announced seat.reserved"),
        (("a: -> placed", "b: placed -> reserved", "c: reserved -> sent"), "c", "b has announced reserved"),
        (("a: -> x", "b: x -> payment_processed", "c: payment_processed -> sent"), "c", "b has announced payment_processed"),
        (("a: -> x", "b: x -> OrderPaid", "c: OrderPaid -> sent", "d: OrderPaid -> noted"), "c and d", "b has announced OrderPaid"),
        (("a: -> paid", "b: paid -> booked", "c: booked -> sent"), "b", "a has announced paid"),
        (("a: -> x", "b: x -> BookingAccepted", "c: BookingAccepted -> noted"), "c", "b has announced BookingAccepted"),
    ],
)
def test_a_workflow_without_failures_is_flagged_once(lines: tuple[str, ...], later: str, committed: str) -> None:
    (found,) = findings(RULE, *workflow(*lines))
    assert found.message == f"{later} may fail after {committed}, and no event tells of a failure"


@pytest.mark.parametrize(
    "sites",
    [
        [],
        workflow(*LINE, "b: payment.declined ->"),
        workflow(*LINE, "a: payment.declined ->"),
        workflow(*LINE, "saga: payment.declined -> undone", "b: undone ->"),
        workflow("a: -> placed", "b: placed -> packed", "c: packed -> sent"),
        workflow("a: -> placed", "b: placed -> reserved", "c: reserved ->"),
        workflow("a: -> reserved", "b: reserved -> sent", "a: sent ->"),
        workflow("a: -> placed", "b: placed -> reserved", "b: reserved -> paid"),
        workflow("a: -> placed", "b: placed -> image-processed", "c: image-processed -> indexed"),
        workflow("a: -> placed", "b: placed -> reserved", "c: reserved -> paid cancelled"),
        workflow("a: -> placed", "b: placed -> reserved stock.insufficient", "c: reserved -> paid"),
        workflow("a: -> payment.failed"),
        workflow("a: -> payment.failed", "mail: payment.failed ->"),
        workflow("a: -> placed", "a: placed -> payment.failed"),
        workflow("a: -> placed", "b: placed -> failure-rate", "c: failure-rate ->"),
        workflow("a: x -> payment.failed"),
        workflow("a: -> placed", "b: placed -> x.failed", "a: x.failed ->", "c: x.failed -> y.failed"),
        workflow("external:a: -> placed", "b: placed -> x.failed"),
        [replace(s, kind=Kind.TASK) for s in workflow(*LINE)],
        [replace(s, local=True) for s in workflow(*LINE)],
    ],
)
def test_not_flagged(sites: list[Interaction]) -> None:
    assert subjects(RULE, *sites) == []


def test_a_declared_listener_answers_for_it() -> None:
    crm = External("crm", ExternalKind.DECLARED, subscribes=("payment.declined",))
    assert findings(RULE, *workflow(*LINE), externals=(crm,)) == []


def test_processes_of_one_code_base_are_one_service() -> None:
    assert judged(RULE, system(*workflow("a: -> placed", "b: placed -> x.failed"), roots={"a": "shop", "b": "shop"})) == []


def test_the_finding_names_who_went_before_and_who_hears() -> None:
    (found,) = findings(RULE, *workflow(*LINE, "mail: payment.declined ->"))
    assert found.message == "a and b did their part before c announces payment.declined, and only mail hears of it"
    assert [e.what for e in found.evidence] == [
        "a has announced placed",
        "b has announced reserved",
        "c announces payment.declined",
        "mail hears of it",
    ]
    assert (found.code, found.severity, found.services) == ("T307", Severity.ADVICE, ("c", "a", "b"))


def test_nobody_may_hear_of_it() -> None:
    (found,) = findings(RULE, *workflow("a: -> placed", "b: placed -> x.failed"))
    assert found.message == "a did its part before b announces x.failed, and nobody hears of it"


@pytest.mark.parametrize("blind", [publish("c", None), subscribe("c", None)])
def test_an_unknown_publication_may_be_the_missing_failure(blind: Interaction) -> None:
    (found,) = findings(RULE, *workflow("a: -> paid", "b: paid -> sent", "d: sent ->"), blind)
    assert (found.confidence is Confidence.GUESS) is (blind.role is Role.PUBLISH)
    assert [e.what for e in found.evidence] == ["a announces paid", "b goes on with sent"]


def test_an_unknown_subscription_may_be_the_missing_listener() -> None:
    (found,) = findings(RULE, *workflow(*LINE), subscribe("b", None))
    assert found.confidence is Confidence.GUESS


def test_a_function_of_several_kinds_of_messages_may_fail_for_another() -> None:
    sites = workflow(*LINE, "c: other ->")
    one = next(s for s in sites if (s.service, s.channel) == ("c", "reserved"))
    (found,) = findings(RULE, *(replace(s, handler=one.handler) if s.service == "c" and s.handler else s for s in sites))
    assert found.confidence is Confidence.GUESS


@pytest.mark.parametrize("confidence", list(Confidence))
def test_it_is_as_sure_as_its_weakest_step(confidence: Confidence) -> None:
    sites = [replace(s, confidence=confidence) if s.channel == "reserved" else s for s in workflow(*LINE)]
    assert [f.confidence for f in findings(RULE, *sites)] == [confidence]
