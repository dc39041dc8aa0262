"""C101: chains of waiting that are too long."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.model.flow import Severity
from flowmap.model.interaction import Confidence, Interaction
from flowmap.model.step import Surrounding
from flowmap.rule_api import Options
from flowmap.rules.long_sync_chain import RULE
from flows import call, publish, serve, subscribe
from verdicts import findings, subjects, waiting, within

ABCD = waiting("a", "b", "c", "d")
ASKING = replace(call("a", "b", "b.get", "a serve GET /x", transport="rpc"), channel="b.get", broker="nats")


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        (ABCD, ["a → b → c → d"]),
        (waiting("a", "b", "c", "d", "e"), ["a → b → c → d → e"]),
        ([*ABCD, *waiting("c", "e", path="x")], ["a → b → c → d", "a → b → c → e"]),
        ([*ABCD, *waiting("p", "q", "r", "s")], ["a → b → c → d", "p → q → r → s"]),
        (waiting("a", "b", "a", "c"), ["a → b → a → c"]),
        ([*waiting("a", "b", "c"), call("c", "api.stripe.com", "GET /x", "c serve GET /x"), *waiting("c", "d")], ["a → b → c → d"]),
        ([subscribe("a", "m"), call("a", "b", "GET /x", "a subscribe m"), *waiting("b", "c", "d")], ["a → b → c → d"]),
        (
            [
                serve("a", "GET /x"),
                ASKING,
                subscribe("b", "b.get", transport="nats"),
                call("b", "c", "GET /x", "b subscribe b.get"),
                *waiting("c", "d"),
            ],
            ["a → b → c → d"],
        ),
    ],
)
def test_flagged(sites: list[Interaction], expected: list[str]) -> None:
    unique = list({s.id: s for s in sites}.values())
    found = findings(RULE, *unique)
    assert sorted(f.message.partition(": ")[2] for f in found) == expected
    assert {f.code for f in found} == {"C101"}


@pytest.mark.parametrize(
    "sites",
    [
        [],
        waiting("a", "b"),
        waiting("a", "b", "c"),
        [*waiting("a", "b", "c"), *waiting("c", "d", "e", path="other")],
        [*waiting("a", "b"), *waiting("b", "c", path="y"), *waiting("c", "d", path="z")],
        [replace(s, waits=False) if s.id == "b to c x" else s for s in ABCD],
        [replace(s, target=None, unresolved="?") if s.id == "b to c x" else s for s in ABCD],
        [*waiting("a", "b", "c"), call("c", "api.stripe.com", "GET /x", "c serve GET /x")],
        [
            *waiting("a", "b"),
            publish("b", "m", "b serve GET /x"),
            subscribe("c", "m"),
            call("c", "d", "GET /x", "c subscribe m"),
            serve("d", "GET /x"),
        ],
        [*waiting("a", "b", "c"), *waiting("a", "d", "e")],
        [within(s, Surrounding.LATER) if s.id == "b to c x" else s for s in ABCD],
        [replace(s, triggers=()) if s.id == "b to c x" else s for s in ABCD],
        [serve("a", "GET /x"), call("a", "a", "GET /x", "a serve GET /x")],
    ],
)
def test_not_flagged(sites: list[Interaction]) -> None:
    assert subjects(RULE, *{s.id: s for s in sites}.values()) == []


@pytest.mark.parametrize(("limit", "count"), [(0, 1), (1, 1), (2, 1), (3, 0), (9, 0)])
def test_the_limit_is_the_longest_that_is_allowed(limit: int, count: int) -> None:
    assert len(findings(RULE, *ABCD, options=Options({"max-sync-hops": limit}))) == count


def test_the_finding_shows_the_way_and_its_price() -> None:
    (found,) = findings(RULE, *ABCD, options=Options({"availability": 0.99}))
    assert (found.subject, found.services, found.severity) == ("a", ("a", "b", "c", "d"), Severity.WARNING)
    assert [e.what for e in found.evidence] == ["a waits for b: GET /x", "b waits for c: GET /x", "c waits for d: GET /x"]
    assert "97.03%" in found.why


@pytest.mark.parametrize("confidence", list(Confidence))
def test_a_chain_is_as_sure_as_its_weakest_call(confidence: Confidence) -> None:
    sites = [replace(s, confidence=confidence) if s.id == "b to c x" else s for s in ABCD]
    assert [f.confidence for f in findings(RULE, *sites)] == [confidence]
