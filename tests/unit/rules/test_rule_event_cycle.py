"""T303: circles of events."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.model.flow import Severity
from flowmap.model.interaction import Confidence, Interaction, Kind, Match
from flowmap.model.step import Surrounding
from flowmap.rules.event_cycle import RULE
from flows import at, call, publish, serve, subscribe
from verdicts import findings, subjects, within


def react(service: str, heard: str, *told: str, transport: str = "kafka") -> list[Interaction]:
    """A subscription and what its handler publishes."""
    after = f"{service} subscribe {heard}"
    return [subscribe(service, heard, transport=transport), *(publish(service, t, after, transport=transport) for t in told)]


def path(published: Interaction, function: str) -> Interaction:
    """The publication, made by a function of that name."""
    return replace(published, function=function)


AB = [*react("a", "x.made", "y.made"), *react("b", "y.made", "x.made")]
SHARED = [*react("a", "x.made", "y.made"), subscribe("a", "z.made"), *react("b", "y.made", "x.made")]


@pytest.mark.parametrize(
    ("sites", "ways"),
    [
        (AB, ["x.made → y.made → x.made"]),
        (react("a", "x.made", "x.made"), ["x.made → x.made"]),
        ([within(s, Surrounding.BRANCH) for s in react("a", "x.made", "x.made")], ["x.made → x.made"]),
        ([within(s, Surrounding.FAILURE) for s in AB], ["x.made → y.made → x.made"]),
        ([*react("a", "x.made", "y.made"), *react("b", "y.made", "z.made"), *react("c", "z.made", "x.made")],
         ["x.made → y.made → z.made → x.made"]),
        ([*AB, *react("c", "y.made", "w.made")], ["x.made → y.made → x.made"]),
        ([*AB, *react("p", "q.sent", "q.sent")], ["q.sent → q.sent", "x.made → y.made → x.made"]),
        ([replace(s, channel="all", event=s.channel) for s in AB], ["x.made → y.made → x.made"]),
        ([publish("shop", "x.made"), *AB, subscribe("log", "x.made")], ["x.made → y.made → x.made"]),
        ([*react("a", "x.made", "y.made", transport="nats"),
          replace(subscribe("b", "y.*", transport="nats"), match=Match.NATS),
          publish("b", "x.made", "b subscribe y.*", transport="nats")], ["x.made → y.made → x.made"]),
    ],
)  # fmt: skip
def test_flagged(sites: list[Interaction], ways: list[str]) -> None:
    found = findings(RULE, *sites)
    assert sorted(f.message.partition(": ")[2] for f in found) == ways
    assert {f.confidence for f in found} == {Confidence.CERTAIN}


@pytest.mark.parametrize(
    "sites",
    [
        [],
        react("a", "x.made", "y.made"),
        [*react("a", "x.made", "y.made"), subscribe("b", "y.made"), publish("b", "x.made")],
        [*react("a", "x.made", "y.made"), *react("b", "y.made", "x.made", transport="amqp")],
        [*react("saga", "stock.taken", "reserve-payment"), *react("payment", "reserve-payment", "stock.taken")],
        [*react("saga", "stock.taken", "payment-requested"), *react("payment", "payment-requested", "stock.taken")],
        [subscribe("a", "x.made"), path(publish("a", "x.made", "a subscribe x.made"), "Worker.retry_message")],
        [subscribe("a", "x.made"), within(publish("a", "x.made", "a subscribe x.made"), Surrounding.FAILURE)],
        [subscribe("a", "x.made"), replace(publish("a", "x.made", "a subscribe x.made"), kind=Kind.TASK)],
        [replace(s, kind=Kind.TASK) for s in AB],
        [replace(s, local=True) for s in AB],
        [*react("a", "x.made"), call("a", "b", "GET /", "a subscribe x.made"), serve("b", "GET /"),
         publish("b", "x.made", "b serve GET /")],
        [*react("a", "x.made", "y.made"), *react("external:b", "y.made", "x.made")],
        [replace(s, handler=SHARED[0].handler) if s.handler and s.service == "a" else s for s in SHARED],
        [replace(s, event=e) for s, e in zip(react("a", "all", "all"), ("XMade", "YMade"), strict=True)],
    ],
)  # fmt: skip
def test_not_flagged(sites: list[Interaction]) -> None:
    assert subjects(RULE, *sites) == []


@pytest.mark.parametrize(
    ("sites", "confidence"),
    [
        (SHARED, Confidence.CERTAIN),
        ([*react("a", "xs", "ys"), *react("b", "ys", "xs")], Confidence.GUESS),
        ([replace(s, confidence=Confidence.DERIVED) if s.service == "b" else s for s in AB], Confidence.DERIVED),
    ],
)
def test_what_may_be_told_apart_is_a_guess(sites: list[Interaction], confidence: Confidence) -> None:
    assert [f.confidence for f in findings(RULE, *sites)] == [confidence]


def test_the_evidence_goes_once_round() -> None:
    (found,) = findings(RULE, *AB)
    assert [e.what for e in found.evidence] == [
        "a reacts to x.made",
        "a publishes y.made",
        "b reacts to y.made",
        "b publishes x.made",
    ]
    assert (found.code, found.subject, found.services) == ("T303", "x.made", ("a", "b"))
    assert (found.severity, found.evidence[0].location) == (Severity.ERROR, at("a/app.py", 20))


def test_circles_through_the_same_handlers_are_one_finding() -> None:
    (found,) = findings(RULE, *AB, *react("c", "y.made", "x.made"))
    assert found.message == "a sets itself off again: x.made → y.made → x.made; further subscriptions on the same circles: 1"
    assert found.services == ("a", "b", "c")
