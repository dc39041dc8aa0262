"""C109 to C112: calls in loops, reading before deciding, work that could wait, event loops that stand still."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.model.interaction import Endpoint, Interaction
from flowmap.model.step import Surrounding
from flowmap.rule_api import Options, Rule
from flowmap.rules.blocking_call_in_async import RULE as BLOCKING
from flowmap.rules.chatty_call import RULE as CHATTY
from flowmap.rules.data_fetch_call import RULE as FETCH
from flowmap.rules.deferrable_sync_call import RULE as DEFERRABLE
from flows import at, call, publish, serve, subscribe
from verdicts import asking, findings, subjects, within

ASKED = [serve("a", "GET /x"), asking("a", "b")]
BATCH = [subscribe("a", "m"), call("a", "b", "GET /x", "a subscribe m")]


def _around(*kinds: Surrounding, sites: list[Interaction] = ASKED, line: int = 1) -> list[Interaction]:
    return [within(s, *kinds, line=line) if s.target else s for s in sites]


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        (_around(Surrounding.LOOP), ["a calls b once per element of a collection: GET /x"]),
        (_around(Surrounding.AGAIN, Surrounding.LOOP), ["a calls b once per element of a collection: GET /x"]),
        (_around(Surrounding.LOOP, Surrounding.BRANCH), ["a calls b once per element of a collection: GET /x"]),
        (_around(Surrounding.TOGETHER, Surrounding.LOOP), ["a calls b once per element of a collection at the same time: GET /x"]),
        (_around(Surrounding.LOOP, sites=BATCH, line=99), ["a calls b once per element of a collection: GET /x"]),
        (_around(Surrounding.LOOP, sites=[serve("a", "GET /x"), asking("a", "stripe")]),
         ["a calls stripe once per element of a collection: GET /x"]),
    ],
)  # fmt: skip
def test_in_a_loop(sites: list[Interaction], expected: list[str]) -> None:
    assert [f.message for f in findings(CHATTY, *sites)] == expected


@pytest.mark.parametrize(
    "sites",
    [
        ASKED,
        _around(Surrounding.AGAIN),
        _around(Surrounding.BRANCH),
        _around(Surrounding.LOOP, Surrounding.LATER),
        _around(Surrounding.LOOP, sites=BATCH, line=21),
        _around(Surrounding.LOOP, sites=[serve("a", "GET /x"), serve("a", "GET /y"), asking("a", "a", "y", "x")]),
        [serve("a", "GET /x"), within(publish("a", "m", "a serve GET /x"), Surrounding.LOOP)],
        [replace(s, waits=False) for s in _around(Surrounding.LOOP)],
        [replace(s, steps=()) for s in _around(Surrounding.LOOP)],
    ],
)
def test_in_no_loop(sites: list[Interaction]) -> None:
    assert findings(CHATTY, *sites) == []


def test_calls_in_loops_are_told_once_per_destination() -> None:
    (call_,) = (s for s in _around(Surrounding.LOOP) if s.target)
    again = replace(call_, steps=(*call_.steps, replace(call_.steps[0], number=99)))
    other = replace(call_, id="other", location=at("a/other.py", 7))
    assert [f.message for f in findings(CHATTY, serve("a", "GET /x"), again)] == [
        "a calls b once per element of a collection: GET /x"
    ]
    assert [f.message for f in findings(CHATTY, serve("a", "GET /x"), again, other)] == [
        "a calls b once per element of a collection, in 2 places"
    ]


@pytest.mark.parametrize(
    ("endpoints", "told"),
    [(("OPTIONS /x", "POST /x"), "POST /x"), (("OPTIONS /x",), "OPTIONS /x"), (("GET /x", "POST /x"), "GET /x")],
)
def test_what_a_browser_asks_before_it_asks_is_told_last(endpoints: tuple[str, ...], told: str) -> None:
    starts = [serve("a", operation) for operation in endpoints]
    sites = within(call("a", "b", "GET /y", *(f"a serve {operation}" for operation in endpoints)), Surrounding.LOOP)
    (found,) = findings(CHATTY, *starts, sites)
    assert found.evidence[1].what == f"the loop, in the work of {told}"


def test_a_place_that_makes_several_calls_says_so() -> None:
    (call_,) = (s for s in _around(Surrounding.LOOP) if s.target)
    another = replace(call_, id="another", endpoint=Endpoint("PUT /y"))
    (found,) = findings(CHATTY, serve("a", "GET /x"), call_, another)
    assert found.message == "a calls b once per element of a collection: one of GET /x and PUT /y"
    assert found.evidence[0].what == "a waits for b: one of GET /x and PUT /y"


def _read(operation: str, transport: str) -> list[Interaction]:
    found = call("a", "b", operation, "a serve POST /x", transport=transport)
    return [found, serve("b", operation, transport=transport)]


READ = [serve("a", "POST /x"), call("a", "b", "GET /limit", "a serve POST /x"), serve("b", "GET /limit")]
TELL = publish("a", "accepted", "a serve POST /x", line=50)


@pytest.mark.parametrize(
    "sites",
    [
        [*READ, TELL],
        [*READ, call("a", "c", "POST /y", "a serve POST /x", line=50), serve("c", "POST /y")],
        [READ[0], *_read("limits.get_limit", "rpc"), TELL],
        [READ[0], *_read("Limits/ListLimits", "grpc"), TELL],
        [*READ, replace(TELL, transport="amqp")],
        [*READ[:2], READ[2], within(TELL, Surrounding.BRANCH)],
    ],
)  # fmt: skip
def test_read_before_deciding(sites: list[Interaction]) -> None:
    assert [(f.code, f.services[:2]) for f in findings(FETCH, *sites)] == [("C110", ("a", "b"))]


@pytest.mark.parametrize(
    "sites",
    [
        [],
        READ,
        [*READ, replace(TELL, steps=tuple(replace(s, number=1) for s in TELL.steps))],
        [READ[0], call("a", "stripe", "GET /limit", "a serve POST /x"), TELL],
        [READ[0], call("a", "b", "POST /limit", "a serve POST /x"), serve("b", "POST /limit"), TELL],
        [READ[0], within(READ[1], Surrounding.LATER), READ[2], TELL],
        [*READ, publish("a", "accepted", line=50)],
    ],
)
def test_nothing_read_before_deciding(sites: list[Interaction]) -> None:
    assert findings(FETCH, *sites) == []


def _post(target: str, operation: str, *, transport: str = "http", start: str = "POST /orders") -> list[Interaction]:
    return [serve("orders", start), call("orders", target, operation, f"orders serve {start}", transport=transport)]


@pytest.mark.parametrize(
    "sites",
    [
        _post("notifications", "POST /messages"),
        _post("mailer", "POST /send"),
        _post("gateway", "POST /emails"),
        _post("crm", "PUT /contacts/{}"),
        _post("analytics", "track", transport="rpc"),
        _post("audit.example.org", "POST /entries"),
        _post("loyalty-service", "POST /points", start="GET /orders"),
        _post("mailer", "POST /verified", start="POST /checkout"),
    ],
)
def test_work_that_could_wait(sites: list[Interaction]) -> None:
    (found,) = findings(DEFERRABLE, *sites)
    assert (found.code, found.subject, found.services[0]) == ("C111", sites[0].operation, "orders")


@pytest.mark.parametrize(
    "sites",
    [
        _post("stock", "POST /reservations"),
        _post("notifications", "GET /messages"),
        _post("loyalty", "get_tier", transport="rpc"),
        _post("email-checks", "verify", transport="rpc"),
        _post("users", "POST /verify-email"),
        _post("users", "PUT /users/{}/email", start="PUT /users/email/{}"),
        _post("mailer", "POST /send", start="POST /send-emails"),
        [replace(s, service="notifications") if s.service == "orders" else s for s in _post("mailer", "POST /send")],
        [replace(s, service="emailer") if s.service == "orders" else s for s in _post("mailer", "POST /send")],
        [within(s, Surrounding.FAILURE) if s.target else s for s in _post("mailer", "POST /send")],
        [within(s, Surrounding.LATER) if s.target else s for s in _post("mailer", "POST /send")],
        [subscribe("orders", "m"), call("orders", "mailer", "POST /send", "orders subscribe m")],
        [publish("orders", "email", "orders serve POST /orders"), serve("orders", "POST /orders")],
    ],
)
def test_work_that_belongs_to_the_answer(sites: list[Interaction]) -> None:
    assert findings(DEFERRABLE, *sites) == []


def test_a_system_has_words_of_its_own() -> None:
    sites = _post("stamps", "POST /stamps")
    assert subjects(DEFERRABLE, *sites, options=Options({"deferrable": frozenset({"Stamps"})})) == ["POST /orders"]


@pytest.mark.parametrize(
    "kinds",
    [
        (Surrounding.BLOCKING,),
        (Surrounding.BRANCH, Surrounding.BLOCKING),
        (Surrounding.THREAD, Surrounding.BLOCKING),
        (Surrounding.BLOCKING, Surrounding.LOOP),
        (Surrounding.FAILURE, Surrounding.BLOCKING),
        (Surrounding.AGAIN, Surrounding.BLOCKING),
    ],
)
def test_an_event_loop_that_stands_still(kinds: tuple[Surrounding, ...]) -> None:
    assert [f.message for f in findings(BLOCKING, *_around(*kinds))] == ["the event loop of a stands still while it waits for b"]


@pytest.mark.parametrize(
    "kinds",
    [
        (),
        (Surrounding.THREAD,),
        (Surrounding.BLOCKING, Surrounding.THREAD),
        (Surrounding.BLOCKING, Surrounding.LATER),
        (Surrounding.TOGETHER,),
        (Surrounding.LOOP, Surrounding.BRANCH),
    ],
)
def test_an_event_loop_that_does_not(kinds: tuple[Surrounding, ...]) -> None:
    assert findings(BLOCKING, *_around(*kinds)) == []


def test_calls_of_one_destination_are_one_finding() -> None:
    (first,) = (s for s in _around(Surrounding.BLOCKING) if s.target)
    second = replace(first, id="second", location=at("a/other.py", 7))
    unknown = replace(first, id="third", target=None, unresolved="?")
    messages = [f.message for f in findings(BLOCKING, serve("a", "GET /x"), first, second, unknown)]
    assert messages == ["the event loop of a stands still while it waits for b, in 2 places"]


@pytest.mark.parametrize("rule", [CHATTY, DEFERRABLE, BLOCKING])
def test_what_is_on(rule: Rule) -> None:
    assert (rule.on, FETCH.on) == (True, False)
