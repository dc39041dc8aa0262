"""C102 to C105: circles of waiting, waiting for many, services that cannot answer alone, reactions that wait."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.model.flow import Severity
from flowmap.model.interaction import Confidence, Interaction, Kind
from flowmap.model.step import Surrounding
from flowmap.rule_api import Options
from flowmap.rules.false_autonomy import RULE as AUTONOMY
from flowmap.rules.sync_cycle import RULE as CYCLE
from flowmap.rules.sync_in_event_handler import RULE as REACTION
from flowmap.rules.wide_sync_fan_out import RULE as FAN_OUT
from flows import call, publish, serve, subscribe, system
from verdicts import asking, findings, subjects, waiting, within


def _once(sites: list[Interaction]) -> list[Interaction]:
    return list({s.id: s for s in sites}.values())


ROUND = [*waiting("a", "b"), serve("a", "GET /y"), asking("b", "a", "y", "x")]
"""`GET /x` of a waits for b, which waits for `GET /y` of a."""


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        (ROUND, ["a → b → a"]),
        ([*waiting("a", "b", "c"), serve("a", "GET /y"), asking("c", "a", "y", "x")], ["a → b → c → a"]),
        ([*waiting("z", "a", "b"), serve("a", "GET /y"), asking("b", "a", "y", "x")], ["a → b → a"]),
        ([*waiting("a", "b"), asking("b", "a", "x", "x")], ["a → b → a"]),
        (
            [subscribe("a", "m"), call("a", "b", "GET /x", "a subscribe m"), serve("b", "GET /x"), serve("a", "GET /y"),
             asking("b", "a", "y", "x")],
            ["a → b → a"],
        ),
        ([*ROUND, serve("p", "GET /x"), serve("p", "GET /y"), asking("p", "q", "x"), serve("q", "GET /x"),
          asking("q", "p", "y", "x")], ["a → b → a", "p → q → p"]),
        ([*ROUND, serve("a", "GET /z"), asking("a", "b", "x", "z", line=41)], ["a → b → a"]),
    ],
)  # fmt: skip
def test_circles(sites: list[Interaction], expected: list[str]) -> None:
    found = findings(CYCLE, *_once(sites))
    assert sorted(f.message.partition(": ")[2] for f in found) == expected
    assert {(f.code, f.severity) for f in found} == {("C102", Severity.ERROR)}


@pytest.mark.parametrize(
    "sites",
    [
        [],
        waiting("a", "b", "c", "d"),
        [*waiting("a", "b"), *waiting("b", "a", path="y")],
        [serve("a", "GET /x"), serve("a", "GET /y"), asking("a", "a", "y", "x")],
        [*waiting("a", "b"), publish("b", "m", "b serve GET /x"), subscribe("a", "m")],
        [replace(s, waits=False) if s.id.startswith("b to a") else s for s in ROUND],
        [within(s, Surrounding.LATER) if s.id.startswith("b to a") else s for s in ROUND],
        [*waiting("a", "b", "d"), *waiting("a", "c", "d")],
    ],
)
def test_no_circles(sites: list[Interaction]) -> None:
    assert findings(CYCLE, *_once(sites)) == []


WIDE = [*(s for name in "bcdef" for s in waiting("a", name))]


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        (WIDE, "GET /x of a waits for 5 services: b, c, d, e and f"),
        ([*(s for n in "bcd" for s in waiting("a", n)), *waiting("d", "e", "f")],
         "GET /x of a waits for 5 services: b, c, d, e and f"),
        ([*WIDE, *waiting("f", "g")], "GET /x of a waits for 6 services: b, c, d, e, f and g"),
        ([*WIDE[:-2], call("a", "stripe", "GET /x", "a serve GET /x", line=99)],
         "GET /x of a waits for 5 services: b, c, d, e and stripe"),
        ([within(s, Surrounding.TOGETHER) if s.id.startswith("a to") else s for s in WIDE],
         "GET /x of a waits for 5 services: b, c, d, e and f"),
        ([*(within(s, Surrounding.BRANCH, arm=s.id == "a to f x") if s.id.startswith("a to") else s for s in WIDE),
          *waiting("b", "g")],
         "GET /x of a waits for 5 services: b, c, d, e and g"),
    ],
)  # fmt: skip
def test_wide(sites: list[Interaction], expected: str) -> None:
    assert expected in [f.message for f in findings(FAN_OUT, *_once(sites))]


@pytest.mark.parametrize(
    "sites",
    [
        [],
        WIDE[:-3],
        [*WIDE[:-3], asking("a", "b", "x", line=99)],
        [within(s, Surrounding.LATER) if s.id == "a to f x" else s for s in WIDE],
        [replace(s, waits=False) if s.id == "a to f x" else s for s in WIDE],
        [replace(s, target=None) if s.id == "a to f x" else s for s in WIDE],
        [*(s for n in "bcd" for s in waiting("a", n)), *(s for n in "ef" for s in waiting("a", n, path="y"))],
        waiting("a", "b", "c", "a", "b"),
        [within(s, Surrounding.BRANCH, arm=ord(s.id[5])) if s.id.startswith("a to") else s for s in WIDE],
    ],
)
def test_not_wide(sites: list[Interaction]) -> None:
    assert findings(FAN_OUT, *_once(sites)) == []


def test_the_width_is_set() -> None:
    sites = _once(WIDE)
    assert subjects(FAN_OUT, *sites, options=Options({"max-sync-fan-out": 5})) == []
    assert subjects(FAN_OUT, *_once(WIDE[:-3]), options=Options({"max-sync-fan-out": 1})) == ["GET /x"]


def _endpoints(service: str, dependent: int, alone: int, other: str = "users") -> list[Interaction]:
    found = [serve(other, "GET /me")]
    for n in range(dependent + alone):
        found.append(serve(service, f"GET /{n}"))
        if n < dependent:
            found.append(replace(call(service, other, "GET /me", f"{service} serve GET /{n}"), id=f"{service} {n}"))
    return found


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        (_endpoints("orders", 2, 1), ["2 of 3 endpoints of orders cannot answer without users"]),
        (_endpoints("orders", 3, 0), ["3 of 3 endpoints of orders cannot answer without users"]),
        (_endpoints("orders", 6, 5), ["6 of 11 endpoints of orders cannot answer without users"]),
        ([*_endpoints("orders", 2, 1), *_endpoints("billing", 2, 1)],
         ["2 of 3 endpoints of billing cannot answer without users", "2 of 3 endpoints of orders cannot answer without users"]),
        ([*_endpoints("a", 2, 0), *_endpoints("b", 2, 0), *_endpoints("c", 2, 0)],
         ["6 of 7 endpoints of the system cannot answer without another service"]),
        ([*_endpoints("orders", 1, 1), *_endpoints("orders", 2, 1, "stock")],
         ["2 of 3 endpoints of orders cannot answer without users and stock"]),
    ],
)  # fmt: skip
def test_dependent(sites: list[Interaction], expected: list[str]) -> None:
    found = findings(
        AUTONOMY, *{(s.id, s.target): replace(s, id=f"{s.id} {s.target}" if s.target else s.id) for s in sites}.values()
    )
    assert sorted(f.message for f in found) == sorted(expected)


@pytest.mark.parametrize(
    "sites",
    [
        [],
        _endpoints("orders", 1, 1),
        _endpoints("orders", 2, 0),
        _endpoints("orders", 2, 2),
        _endpoints("orders", 0, 5),
        [s for s in _endpoints("orders", 3, 0, "stripe") if s.service != "stripe"],
        _endpoints("api-gateway", 3, 0),
        [within(s, Surrounding.FAILURE) if s.target else s for s in _endpoints("orders", 3, 0)],
        [within(s, Surrounding.LATER) if s.target else s for s in _endpoints("orders", 3, 0)],
        [replace(s, target=None) if s.target else s for s in _endpoints("orders", 3, 0)],
    ],
)
def test_not_dependent(sites: list[Interaction]) -> None:
    assert findings(AUTONOMY, *_once(sites)) == []


def test_the_share_is_set() -> None:
    sites = _once(_endpoints("orders", 2, 2))
    assert subjects(AUTONOMY, *sites, options=Options({"max-dependent-endpoints": 0.4})) == ["orders"]


REACTING = [
    subscribe("stock", "order-placed"),
    call("stock", "orders", "GET /x", "stock subscribe order-placed"),
    serve("orders", "GET /x"),
]


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        (REACTING, ["stock reacts to order-placed and then waits for orders"]),
        ([*REACTING, call("stock", "prices", "GET /x", "stock subscribe order-placed"), serve("prices", "GET /x")],
         ["stock reacts to order-placed and then waits for orders and prices"]),
        ([*REACTING, subscribe("stock", "order-paid"),
          replace(call("stock", "orders", "GET /x", "stock subscribe order-paid"), id="again")],
         ["stock reacts to order-placed and order-paid and then waits for orders"]),
        ([replace(s, event="OrderPlaced") if s.handler and s.channel else s for s in REACTING],
         ["stock reacts to OrderPlaced and then waits for orders"]),
        ([within(s, Surrounding.BRANCH) if s.target else s for s in REACTING],
         ["stock reacts to order-placed and then waits for orders"]),
        ([replace(s, confidence=Confidence.GUESS) if s.target else s for s in REACTING],
         ["stock reacts to order-placed and then waits for orders"]),
    ],
)  # fmt: skip
def test_reactions_that_wait(sites: list[Interaction], expected: list[str]) -> None:
    found = findings(REACTION, *sites)
    assert [f.message for f in found] == expected
    assert found[0].confidence is min((s.confidence for s in sites), key=lambda c: c.rank)


@pytest.mark.parametrize(
    "sites",
    [
        [],
        [subscribe("stock", "order-placed")],
        [replace(s, kind=Kind.TASK) if s.channel else s for s in REACTING],
        [replace(s, kind=Kind.COMMAND) if s.channel else s for s in REACTING],
        [replace(s, waits=False) if s.target else s for s in REACTING],
        [within(s, Surrounding.LATER) if s.target else s for s in REACTING],
        [subscribe("stock", "m"), call("stock", "stripe", "GET /x", "stock subscribe m")],
        [subscribe("stock", "m"), call("stock", "stock", "GET /x", "stock subscribe m"), serve("stock", "GET /x")],
        [subscribe("stock", "m"), publish("stock", "n", "stock subscribe m"), subscribe("orders", "n")],
        waiting("a", "b"),
    ],
)
def test_reactions_that_do_not_wait(sites: list[Interaction]) -> None:
    assert findings(REACTION, *sites) == []


@pytest.mark.parametrize(
    ("sites", "told"),
    [
        (waiting(*(f"s{n}" for n in range(15))), []),
        (waiting(*(f"s{n}" for n in range(30))), ["s0"]),
        ([serve("a", "GET /x"), *(asking("a", f"s{n}", "x", line=n + 1) for n in range(400))], []),
        ([serve("a", "GET /x"), *(asking("a", f"s{n}", "x", line=n + 1) for n in range(600))], ["a"]),
    ],
)
def test_waiting_that_is_not_followed_to_its_end_is_told_of(sites: list[Interaction], told: list[str]) -> None:
    graph = system(*sites)
    assert graph.waiting.cut_short() == ()
    graph.waiting.paths(graph.starts[0])
    assert [d.message.partition(":")[0] for d in graph.waiting.cut_short()] == told
    assert all(d.location == graph.starts[0].location for d in graph.waiting.cut_short())
