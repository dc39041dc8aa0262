"""Which waits could become events, and what that saves."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from flowmap.graph.advice import MAX_CHANGES, Limits, advice
from flowmap.graph.purposes import WAITING_WORK
from flowmap.model.advice import Advice, Cost
from flowmap.model.interaction import Interaction
from flowmap.model.patience import Source, Timeout
from flows import call, publish, serve, subscribe, system

LIMITS = Limits(2, 4, 0.9, WAITING_WORK)


def _row(*services: str, path: str = "x", method: str = "GET") -> list[Interaction]:
    """A request that goes through these services one after the other."""
    ends = [serve(name, f"{method} /{path}") for name in services]
    return ends + [
        call(one, other, f"{method} /{path}", f"{one} serve {method} /{path}", line=40 + n)
        for n, (one, other) in enumerate(pairwise(services))
    ]


def _advised(*sites: Interaction, limits: Limits = LIMITS) -> tuple[Advice, ...]:
    return advice(system(*{s.id: s for s in sites}.values()), limits)


def _told(found: tuple[Advice, ...]) -> list[str]:
    return [
        f"{a.remedy.value} {a.caller} => {a.callee}: {a.before.hops} to {a.after.hops} for {a.endpoint} of {a.service}"
        for a in found
    ]


ABCD = _row("a", "b", "c", "d")
ORDER = serve("orders", "POST /orders")
MAIL = call("orders", "notification", "POST /mails", ORDER.id)


@pytest.mark.parametrize(
    ("sites", "told"),
    [
        (
            ABCD,
            [
                "copy a => b: 3 to 0 for GET /x of a",
                "copy b => c: 3 to 1 for GET /x of a",
                "copy c => d: 3 to 2 for GET /x of a",
            ],
        ),
        ([ORDER, MAIL, serve("notification", "POST /mails")], ["react orders => notification: 1 to 0 for POST /orders of orders"]),
        (
            [ORDER, call("orders", "mail.example.org", "POST /x", ORDER.id)],
            ["react orders => external:mail.example.org: 1 to 0 for POST /orders of orders"],
        ),
        (
            [
                *_row("a", "b", "c", "d", method="POST"),
                call("c", "audit", "POST /entries", "c serve POST /x"),
                serve("audit", "POST /entries"),
            ],
            ["react c => audit: 3 to 3 for POST /x of a"],
        ),
        (
            [
                serve("a", "GET /"),
                *(s for n in "bcdef" for s in (call("a", n, f"GET /{n}", "a serve GET /"), serve(n, f"GET /{n}"))),
            ],
            [f"copy a => {n}: 1 to 1 for GET / of a" for n in "bcdef"],
        ),
        (_row("a", "b", "c"), []),
        (_row("a", "b", "c", "d", method="POST"), []),
        ([subscribe("a", "m"), call("a", "b", "GET /x", "a subscribe m"), *_row("b", "c")], []),
        ([ORDER, replace(MAIL, waits=False), serve("notification", "POST /mails")], []),
        ([ORDER, call("orders", "notification", "GET /mails/{}", ORDER.id), serve("notification", "GET /mails/{}")], []),
        ([ORDER, publish("orders", "order-placed", ORDER.id), subscribe("notification", "order-placed")], []),
        ([ORDER, call("orders", None, "POST /mails", ORDER.id)], []),
        ([], []),
    ],
)
def test_advice(sites: list[Interaction], told: list[str]) -> None:
    found = _advised(*sites)
    assert all(a.calls and a.evidence for a in found)
    assert _told(found) == told


def test_before_and_after() -> None:
    limited = [replace(s, timeout=Timeout(2.0, Source.ARGUMENT)) if s.role.value == "call" else s for s in ABCD]
    first, *_ = _advised(*limited)
    assert (first.before, first.after) == (Cost(3, 3, 0.729, 2.0), Cost(0, 0, 1.0, 0.0))
    assert [(e.location.line, e.what) for e in first.evidence] == [(40, "a waits for b: GET /x")]


def test_work_that_can_wait_comes_first_and_what_is_announced_is_named() -> None:
    placed = publish("orders", "order-placed", ORDER.id)
    sites = [*ABCD, ORDER, MAIL, serve("notification", "POST /mails"), placed, publish("d", "d-changed")]
    found = _advised(*sites)
    assert [(a.remedy.value, a.callee, a.events) for a in found] == [
        ("react", "notification", ("order-placed",)),
        ("copy", "b", ()),
        ("copy", "c", ()),
        ("copy", "d", ("d-changed",)),
    ]


def test_one_wait_is_advised_once_for_all_that_gain() -> None:
    found = _advised(*ABCD, *_row("e", "b", path="y"), replace(call("b", "c", "GET /x", "b serve GET /y", line=90), id="again"))
    assert [(a.callee, a.others) for a in found if a.caller == "c"] == [("d", ("e: GET /y",))]


def test_words_of_the_team_count() -> None:
    limits = replace(LIMITS, words=frozenset({"stamps"}))
    assert _told(
        _advised(ORDER, call("orders", "stamps", "POST /stamps", ORDER.id), serve("stamps", "POST /stamps"), limits=limits)
    ) == ["react orders => stamps: 1 to 0 for POST /orders of orders"]


def test_of_very_many_changes_those_next_to_the_endpoint_are_weighed() -> None:
    first, *others = _row("a", "b", "c")[:3]
    asked = [serve(f"s{n}", "GET /x") for n in range(MAX_CHANGES + 5)]
    near = [call("a", s.service, "GET /x", first.id, line=40 + n) for n, s in enumerate(asked)]
    far = call("s0", "b", "GET /x", asked[0].id, line=7)
    assert {a.caller for a in _advised(first, *others, *asked, *near[:5], far)} == {"a", "s0"}
    told = {(a.caller, a.callee) for a in _advised(first, *others, *asked, *near, far)}
    assert told == {("a", c.target) for c in near[:MAX_CHANGES]}
    mail = call("b", "mail.example.org", "POST /mails", others[0].id, line=8)
    with_work = {(a.caller, a.callee) for a in _advised(first, *others, *asked, *near, far, mail)}
    assert with_work >= {("b", "external:mail.example.org"), *(("a", c.target) for c in near[: MAX_CHANGES - 1])}


@pytest.mark.parametrize(
    ("ways", "longest"),
    [
        ([], 0),
        (["ab"], 1),
        (["ab", "bc", "cd"], 3),
        (["ab", "ac", "bd", "cd", "cb"], 3),
        (["ab", "ba"], 2),
        (["ab", "bc", "cb", "cd"], 3),
    ],
)
def test_the_longest_way_counts(ways: list[str], longest: int) -> None:
    ends = {name: serve(name, "GET /x") for name in "abcd"}
    calls = [call(one, other, "GET /x", ends[one].id, line=40 + n) for n, (one, other) in enumerate(ways)]
    assert system(*ends.values(), *calls).waiting.longest(ends["a"]) == longest
