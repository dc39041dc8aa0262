"""C106 to C108: calls without an end, retries that multiply, callers that give up before their callees."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.graph.courses import Taken, Time, spent
from flowmap.model.interaction import Confidence, Endpoint, Interaction, Role
from flowmap.model.patience import Retry
from flowmap.model.step import Around, Surrounding
from flowmap.rule_api import Options
from flowmap.rules.missing_timeout import RULE as MISSING
from flowmap.rules.retry_amplification import RULE as RETRIES
from flowmap.rules.timeout_inversion import RULE as INVERSION
from flows import at, call, publish, serve, system
from hypothesis import given
from hypothesis import strategies as st
from verdicts import asking, findings, judged, limited, subjects, waiting, within

ENDLESS = limited(call("a", "b", "GET /x"), None)
SHARED = replace(ENDLESS, id="2", service="c")
LED = replace(ENDLESS, id="led", location=at("lib/client.py", 1), triggers=("t",))
LENT = replace(ENDLESS, id="lent", location=at("lib/client.py", 9))
"""Calls in code that several services have: one that something leads to, and another."""


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        ([ENDLESS], ["a waits without a timeout for b"]),
        ([ENDLESS, replace(ENDLESS, id="2", location=at("a/app.py", 99))], ["a waits without a timeout for b, in 2 places"]),
        (
            [ENDLESS, limited(call("a", "c", "GET /x", line=99), None)],
            ["a waits without a timeout for b", "a waits without a timeout for c"],
        ),
        ([ENDLESS, limited(call("a", "c", "GET /x"), None)], ["a waits without a timeout for b and c"]),
        ([limited(call("a", "stripe", "GET /x"), None)], ["a waits without a timeout for stripe"]),
        ([limited(call("a", None, "GET /x"), None)], ["a waits without a timeout for an address that is not known"]),
        ([ENDLESS, limited(call("a", None, "GET /y"), None)], ["a waits without a timeout for b"]),
        ([limited(call("a", "b", "stock.get", transport="rpc"), None)], ["a waits without a timeout for b"]),
        ([ENDLESS, SHARED], ["code that a and c share waits without a timeout for b"]),
        ([ENDLESS, replace(SHARED, target="d")], ["code that a and c share waits without a timeout for b and d"]),
        (
            [ENDLESS, SHARED, replace(ENDLESS, id="3", location=at("a/app.py", 99))],
            ["a waits without a timeout for b", "code that a and c share waits without a timeout for b"],
        ),
        (
            [ENDLESS, replace(SHARED, location=at("c/app.py", 3))],
            ["a waits without a timeout for b", "c waits without a timeout for b"],
        ),
        ([LED, LENT], ["a waits without a timeout for b"]),
        ([LED, replace(LENT, triggers=("t",))], ["a waits without a timeout for b, in 2 places"]),
        ([replace(LED, triggers=()), LENT], ["a waits without a timeout for b, in 2 places"]),
        ([LED, replace(LENT, location=at("lib/other.py", 9))], ["a waits without a timeout for b, in 2 places"]),
        (
            [replace(c, location=at("a/app.py", n)) for n, c in enumerate((LED, LENT), 1)],
            ["a waits without a timeout for b, in 2 places"],
        ),
    ],
)
def test_no_end(sites: list[Interaction], expected: list[str]) -> None:
    assert sorted(f.message for f in findings(MISSING, *sites)) == expected


@pytest.mark.parametrize(
    ("confidence", "expected"),
    [
        (Confidence.CERTAIN, Confidence.DERIVED),
        (Confidence.DERIVED, Confidence.DERIVED),
        (Confidence.GUESS, Confidence.GUESS),
    ],
)
def test_a_guess_who_answers_is_no_guess_that_somebody_waits(confidence: Confidence, expected: Confidence) -> None:
    named = replace(limited(call("a", None, "GET /x"), None), endpoint=Endpoint("GET /x", hint="STOCK_URL"), confidence=confidence)
    graph = system(named, serve("stock", "GET /y"))
    assert [(c.target, c.confidence) for c in graph.role(Role.CALL)] == [("stock", Confidence.GUESS)]
    assert [f.confidence for f in judged(MISSING, graph)] == [expected]


BESIDE = replace(ENDLESS, id="beside", location=at("a/tools/load.py", 9), beside=True)
SURE, GUESS = Confidence.CERTAIN, Confidence.GUESS


@pytest.mark.parametrize(
    ("sites", "expected"),
    [([ENDLESS, BESIDE], [SURE, GUESS]), ([BESIDE], [GUESS]), ([ENDLESS, replace(BESIDE, beside=False)], [SURE])],
)
def test_what_stands_beside_a_program_is_told_of_apart(sites: list[Interaction], expected: list[Confidence]) -> None:
    assert [f.confidence for f in findings(MISSING, *sites)] == expected


@pytest.mark.parametrize(
    "site",
    [
        call("a", "b", "GET /x"),
        limited(call("a", "b", "GET /x"), 5),
        limited(call("a", "b", "GET /x"), 0.1),
        limited(call("a", "b", "GET /x"), None, unknown="comes from a file"),
        replace(ENDLESS, waits=False),
        replace(ENDLESS, service="external:a"),
        publish("a", "m"),
        serve("a", "GET /x"),
    ],
)
def test_an_end(site: Interaction) -> None:
    assert findings(MISSING, site) == []


def _tried(*counts: int | None) -> list[Interaction]:
    """A chain of services, each of which tries the next one so often."""
    sites = waiting(*"abcdefg"[: len(counts) + 1])
    calls = iter(counts)
    return [limited(s, 1, tries=next(calls)) if s.target else s for s in sorted(sites, key=lambda s: (s.target is None, s.id))]


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        (_tried(3, 4), ["one request may call c 3 x 4 = 12 times: a → b → c"]),
        (_tried(3, 3, 3), ["one request may call d 3 x 3 x 3 = 27 times: a → b → c → d"]),
        (_tried(12), ["one request may call b 12 times: a → b"]),
        (_tried(3, 1, 4), ["one request may call d 3 x 1 x 4 = 12 times: a → b → c → d"]),
        (_tried(None), ["a calls b again and again, without bound"]),
        (_tried(1, None), ["b calls c again and again, without bound"]),
    ],
)
def test_many_tries(sites: list[Interaction], expected: list[str]) -> None:
    assert [f.message for f in findings(RETRIES, *sites)] == expected


@pytest.mark.parametrize(
    "sites",
    [
        [],
        _tried(1, 1, 1),
        _tried(3, 3),
        _tried(10),
        [replace(s, retries=(Retry("urllib3", 12, connections=True),)) for s in _tried(1)],
        [replace(s, retries=(Retry("tenacity", None, unknown="comes from a file"),)) for s in _tried(1)],
        [replace(s, retries=(Retry("tenacity", None, within=30),)) for s in _tried(1)],
        [replace(s, waits=False) for s in _tried(12)],
        [*_tried(3), *(replace(s, id=f"{s.id} y") for s in waiting("p", "q", path="y"))],
    ],
)
def test_few_tries(sites: list[Interaction]) -> None:
    assert findings(RETRIES, *sites) == []


def test_the_product_is_set() -> None:
    assert subjects(RETRIES, *_tried(3, 4), options=Options({"max-retry-product": 12})) == []
    assert subjects(RETRIES, *_tried(3, 3), options=Options({"max-retry-product": 8})) == ["c"]


def _below(first: float | None, *below: Interaction) -> list[Interaction]:
    """`a` waits so long for `GET /x` of b, which makes some calls."""
    return [limited(s, first) if s.target else s for s in waiting("a", "b")] + list(below)


def _asks(other: str, seconds: float | None, *kinds: Surrounding, tries: int = 1, line: int = 40, arm: int = 0) -> Interaction:
    """A call of b in the work of its `GET /x`; what is around two of them is the same thing."""
    found = limited(asking("b", other, line=line), seconds, tries=tries)
    return within(found, *kinds, arm=arm) if kinds else found


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        (_below(3, _asks("c", 5)), "a gives up after 3 s, while b may wait 5 s"),
        (_below(5, _asks("c", 3), _asks("d", 3, line=41)), "a gives up after 5 s, while b may wait 3 s + 3 s = 6 s"),
        (_below(5, _asks("c", 2, tries=3)), "a gives up after 5 s, while b may wait 3 x 2 s = 6 s"),
        (_below(1, _asks("c", 3, Surrounding.TOGETHER, arm=0), _asks("d", 2, Surrounding.TOGETHER, arm=1, line=41)),
         "a gives up after 1 s, while b may wait 3 s"),
        (_below(1, _asks("c", 3, Surrounding.BRANCH, arm=0), _asks("d", 2, Surrounding.BRANCH, arm=1, line=41)),
         "a gives up after 1 s, while b may wait 3 s"),
        (_below(4, _asks("c", 3, Surrounding.LOOP), _asks("d", 2, Surrounding.LOOP, line=41)),
         "a gives up after 4 s, while b may wait 3 s + 2 s = 5 s"),
        (_below(1, _asks("c", None), serve("c", "GET /x"), limited(asking("c", "d"), 7)),
         "a gives up after 1 s, while b may wait 7 s"),
    ],
)  # fmt: skip
def test_too_early(sites: list[Interaction], expected: str) -> None:
    assert expected in [f.message for f in findings(INVERSION, *sites)]


@pytest.mark.parametrize(
    "sites",
    [
        [],
        _below(5),
        _below(5, _asks("c", 5)),
        _below(5, _asks("c", 4), _asks("d", 1, line=41)),
        _below(None, _asks("c", 9)),
        _below(3, _asks("c", None)),
        _below(3, _asks("c", 9, Surrounding.LATER)),
        _below(4, _asks("c", 3, Surrounding.TOGETHER, arm=0), _asks("d", 3, Surrounding.TOGETHER, arm=1, line=41)),
        _below(4, _asks("c", 3, Surrounding.BRANCH, arm=0), _asks("d", 3, Surrounding.BRANCH, arm=1, line=41)),
        _below(3, limited(asking("b", "c", after="other"), 9), serve("b", "GET /other")),
        [replace(s, waits=False) if s.service == "a" else s for s in _below(3, _asks("c", 9))],
    ],
)
def test_in_time(sites: list[Interaction]) -> None:
    assert [f for f in findings(INVERSION, *sites) if f.subject.startswith("a →")] == []


SITE = call("a", "b", "GET /x")
around = st.builds(Around, st.sampled_from(Surrounding), st.just(at("a/app.py")), st.integers(0, 2))
courses = st.lists(st.tuples(st.lists(around, max_size=3).map(tuple), st.integers(1, 9)), max_size=6)


@given(courses)
def test_a_course_takes_no_less_than_its_longest_call_and_no_more_than_all(parts: list[tuple[tuple[Around, ...], int]]) -> None:
    sites = {f"{n}": seconds for n, (_, seconds) in enumerate(parts)}
    course = [Taken(replace(SITE, id=f"{n}"), surroundings) for n, (surroundings, _) in enumerate(parts)]
    waited = [sites[t.site.id] for t in course if t.waits]
    total = spent(course, lambda site: Time(sites[site.id], f"{sites[site.id]}"))
    assert max(waited, default=0) <= total.seconds <= sum(waited)
    assert total.seconds == sum(int(part) for part in total.sum.split(" + ") if part)
