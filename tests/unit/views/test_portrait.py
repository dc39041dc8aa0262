"""How workflows are led, how their state can be known, how they end and fail."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.workflows import workflows
from flowmap.model.interaction import Interaction, Kind, Role
from flowmap.model.payload import Field, Payload
from flowmap.model.project import External, ExternalKind
from flowmap.views.outcomes import name_of
from flowmap.views.portrait import Portrait, near, portrait, together, workflows_named
from flows import call, publish, serve, shop, subscribe, system

START = serve("orders", "POST /orders")
PLACED = publish("orders", "order-placed", "orders serve POST /orders")


def _after(service: str, channel: str, *then: str, transport: str = "kafka") -> list[Interaction]:
    """A service that hears a message and publishes others."""
    heard = subscribe(service, channel, transport=transport)
    return [heard, *(publish(service, name, heard.id, transport=transport) for name in then)]


def _asked(service: str, operation: str = "GET /x") -> list[Interaction]:
    return [call("orders", service, operation, START.id), serve(service, operation)]


def _task(site: Interaction, *, planned: bool = False) -> Interaction:
    return replace(site, kind=Kind.TASK, planned=planned)


def _told(*sites: Interaction, externals: tuple[External, ...] = ()) -> Portrait:
    graph = system(*{s.id: s for s in sites}.values(), externals=externals)
    return portrait(graph, workflows(graph)[0])


def _parts(told: Portrait) -> list[str]:
    return [f"{p.style.value} {p.by}: {', '.join(p.services)}".replace(" :", ":") for p in told.parts]


STOCK, MAIL = _after("stock", "order-placed"), _after("mail", "order-placed")
TWO_TASKS = [_task(publish("orders", n, START.id, transport="celery")) for n in ("pack", "bill")]


@pytest.mark.parametrize(
    ("sites", "style", "parts"),
    [
        ([START, *_asked("stock"), *_asked("tax")], "orchestration", ["orchestration orders: stock, tax"]),
        (
            [START, *_asked("stock"), call("orders", "api.stripe.com", "POST /", START.id)],
            "chain of calls",
            ["chain of calls orders: stock"],
        ),
        ([START, *_asked("stock")], "chain of calls", ["chain of calls orders: stock"]),
        (
            [START, *_asked("stock"), call("stock", "tax", "GET /y", "stock serve GET /x"), serve("tax", "GET /y")],
            "chain of calls",
            ["chain of calls orders: stock, tax"],
        ),
        ([START, PLACED, *STOCK, *MAIL], "choreography", ["choreography: orders, stock, mail"]),
        ([START, PLACED, *STOCK, *_asked("tax")], "hybrid", ["chain of calls orders: tax", "choreography: orders, stock"]),
        (
            [START, PLACED, *STOCK, *_asked("tax"), *_asked("rules", "GET /y")],
            "hybrid",
            ["orchestration orders: tax, rules", "choreography: orders, stock"],
        ),
        ([START, PLACED, *STOCK, call("orders", "api.stripe.com", "POST /", START.id)], "choreography", None),
        ([START, PLACED], "within one service", []),
        ([START, call("orders", "api.stripe.com", "POST /", START.id)], "within one service", []),
        (
            [START, *TWO_TASKS, subscribe("packer", "pack", transport="celery"), subscribe("biller", "bill", transport="celery")],
            "orchestration",
            ["orchestration orders: packer, biller"],
        ),
        ([START, TWO_TASKS[0], subscribe("packer", "pack", transport="celery")], "chain of calls", None),
        ([START, TWO_TASKS[0], subscribe("orders", "pack", transport="celery")], "within one service", []),
        (
            [START, *(replace(t, planned=True) for t in TWO_TASKS), subscribe("orders", "pack", transport="celery")],
            "orchestration",
            ["orchestration orders: "],
        ),
        ([START, replace(TWO_TASKS[0], planned=True), subscribe("orders", "pack", transport="celery")], "within one service", []),
        (
            [START, replace(call("orders", "stock", "reserve", START.id, transport="rpc"), planned=True), *_asked("stock")[1:]],
            "orchestration",
            None,
        ),
    ],
)
def test_styles(sites: list[Interaction], style: str, parts: list[str] | None) -> None:
    told = _told(*sites)
    assert told.style.value == style
    if parts is not None:
        assert _parts(told) == parts


def _stamp(site: Interaction, *fields: str) -> Interaction:
    return replace(site, payload=Payload(tuple(Field(name, site.location) for name in fields)))


ROW = [START, PLACED, *_after("stock", "order-placed", "stock-reserved"), *_after("payment", "stock-reserved", "payment-taken")]
FIELDS = {
    "order-placed": ("id", "items"),
    "stock-reserved": ("id", "items", "shelf"),
    "payment-taken": ("id", "items", "shelf", "paid"),
}
CARRYING = [_stamp(s, *FIELDS[s.channel or ""]) if s.role is Role.PUBLISH else s for s in ROW[1:]]


@pytest.mark.parametrize(
    ("sites", "state"),
    [
        ([START, *_asked("stock"), *_asked("tax")], ["orchestrator's own state: orders"]),
        ([START, *_asked("stock")], ["orchestrator's own state: orders"]),
        ([START, PLACED, *STOCK], ["none: "]),
        ([*ROW, *_after("orders", "payment-taken")], ["front controller: orders"]),
        ([*ROW, *_after("mail", "payment-taken")], ["none: "]),
        ([START, *CARRYING, *_after("mail", "payment-taken")], ["stamp coupling: "]),
        ([START, *CARRYING[:-1], _stamp(CARRYING[-1], "id"), *_after("mail", "payment-taken")], ["none: "]),
        (
            [*ROW, *(subscribe("audit", n) for n in ("order-placed", "stock-reserved", "payment-taken"))],
            ["event sourcing: audit"],
        ),
        (
            [*ROW, *(subscribe("audit", n) for n in ("order-placed", "stock-reserved")), *_after("mail", "payment-taken")],
            ["none: "],
        ),
        (
            [*ROW, *_asked("tax"), *_asked("rules", "GET /y"), *_after("orders", "payment-taken")],
            ["orchestrator's own state: orders", "front controller: orders"],
        ),
        ([START, PLACED], []),
    ],
)
def test_state(sites: list[Interaction], state: list[str]) -> None:
    told = _told(*sites)
    assert [f"{s.means.value}: {s.who}" for s in told.state] == state
    assert all(s.sites and s.why for s in told.state)


def test_what_a_front_controller_does_not_hear_is_said() -> None:
    told = _told(*ROW, *_after("orders", "stock-reserved"), *_after("mail", "payment-taken"))
    assert [s.why for s in told.state] == ["it starts it and listens to stock-reserved, not to payment-taken"]


def test_outcomes() -> None:
    told = _told(
        START,
        PLACED,
        *_after("stock", "order-placed", "stock-reserved"),
        *_after("payment", "stock-reserved", "payment-declined", "payment-taken"),
        *_after("stock", "payment-declined", "stock-released"),
        *_after("mail", "payment-declined"),
        externals=(External("ledger", ExternalKind.API, subscribes=("payment-taken",)),),
    )
    assert [name_of(s.sites[0]) for s in told.endings] == ["stock-released", "payment-taken"]
    (failure,) = told.failures
    assert name_of(failure.step.sites[0]) == "payment-declined"
    assert [(r.heard.service, r.undoes) for r in failure.reactions] == [("stock", True), ("mail", False)]
    assert [name_of(s.sites[0]) for s in told.undoing] == ["stock-released"]
    assert (_told(*ROW).failures, _told(*ROW).undoing) == ((), ())


def test_the_longest_wait_is_the_deepest() -> None:
    told = _told(
        START,
        *_asked("stock"),
        *_asked("tax"),
        call("tax", "rates", "GET /y", "tax serve GET /x"),
        serve("rates", "GET /y"),
        PLACED,
        *STOCK,
        call("stock", "depot", "GET /z", "stock subscribe order-placed"),
        serve("depot", "GET /z"),
    )
    assert [s.sites[0].target for s in told.wait] == ["tax", "rates"]
    assert _told(START, PLACED, *STOCK).wait == ()


@pytest.mark.parametrize(
    ("owners", "found"),
    [
        ({"orders": ("@shop",), "stock": ("@depot",)}, ("@shop",)),
        ({"orders": (), "stock": ("@depot",)}, ()),
        ({}, ()),
    ],
)
def test_owners(owners: dict[str, tuple[str, ...]], found: tuple[str, ...]) -> None:
    graph = system(START, PLACED, *STOCK)
    services = tuple(replace(s, owners=owners.get(s.name, ())) for s in graph.flow.services)
    graph = FlowGraph(replace(graph.flow, services=services))
    assert portrait(graph, workflows(graph)[0]).owners == found


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("POST /checkout", ["POST /checkout"]),
        ("post checkout", ["POST /checkout"]),
        ("gateway:POST /checkout", ["POST /checkout"]),
        ("Gateway", ["POST /checkout"]),
        ("POST /orders", []),
        ("stock", []),
        ("", []),
    ],
)
def test_names(name: str, found: list[str]) -> None:
    graph = shop()
    assert [w.name for w in workflows_named(graph, workflows(graph), name)] == found


def test_names_that_differ_in_signs_only_are_told_apart() -> None:
    sites = [
        serve("a", "GET /x"),
        publish("a", "m", "a serve GET /x"),
        serve("a", "GET /x/{}"),
        publish("a", "n", "a serve GET /x/{}"),
    ]
    graph = system(*sites)
    assert [w.name for w in workflows_named(graph, workflows(graph), "GET /x")] == ["GET /x"]
    assert near(workflows(graph), "GET /z") == ("GET /x", "GET /x/{}")


def test_what_begins_in_a_service_is_one() -> None:
    begun = publish("orders", "day-closed", line=2)
    graph = system(begun, START, replace(PLACED, id="p"), *STOCK, *_asked("stock"), *_after("mail", "day-closed"))
    whole = together(workflows_named(graph, workflows(graph), "orders"))
    assert (whole.name, whole.trigger) == ("orders: POST /orders, do_2", START)
    assert portrait(graph, whole).style.value == "hybrid"
