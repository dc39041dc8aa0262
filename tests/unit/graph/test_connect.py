"""Interactions to edges: who reaches whom, over what, and how sure that is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.graph.connect import connect
from flowmap.model.interaction import Confidence, Endpoint, Interaction, Match
from flowmap.model.location import Evidence
from flowmap.model.project import Address, External, ExternalKind, Project, Service
from flows import at, call, publish, serve, subscribe, system

CRM = External("crm", ExternalKind.DECLARED, publishes=("moved", "user-{}"), subscribes=("placed",))
LAMBDA = replace(call("a", "b", "resize", transport="lambda"), waits=False)


def edges(*sites: Interaction, externals: tuple[External, ...] = ()) -> list[str]:
    arrows = {"collaboration": "->", "coordination": "=>"}
    return [
        f"{e.source} {arrows[e.kind]} {e.target} {e.channel or ''}".strip() for e in system(*sites, externals=externals).flow.edges
    ]


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        ([], []),
        ([publish("a", "x"), subscribe("b", "x")], ["a -> b x"]),
        ([publish("a", "x"), subscribe("a", "x")], ["a -> a x"]),
        ([publish("a", "x"), subscribe("b", "x"), subscribe("c", "x")], ["a -> b x", "a -> c x"]),
        ([publish("a", "x"), publish("b", "x"), subscribe("c", "x")], ["a -> c x", "b -> c x"]),
        ([publish("a", "x"), publish("a", "y"), subscribe("b", "x"), subscribe("b", "y")], ["a -> b x", "a -> b y"]),
        ([publish("a", "x"), subscribe("b", "y")], []),
        ([publish("a", "x"), subscribe("b", "x", transport="redis")], []),
        ([publish("a", None), subscribe("b", "x")], []),
        ([publish("a", "x"), subscribe("b", None)], []),
        ([publish("a", None), subscribe("b", None)], []),
        ([publish("a", "x")], []),
        ([subscribe("a", "x")], []),
        ([replace(publish("a", "x"), local=True), subscribe("b", "x")], []),
        ([replace(publish("a", "x"), local=True), replace(subscribe("a", "x"), local=True)], ["a -> a x"]),
        ([publish("a", "user-{}"), replace(subscribe("b", "user-*"), match=Match.GLOB)], ["a -> b user-{}"]),
        ([call("a", "b", "GET /"), serve("b", "GET /")], ["a => b"]),
        ([call("a", "b", "GET /"), call("a", "b", "POST /"), serve("b", "GET /")], ["a => b"]),
        ([call("a", "b", "GET /missing"), serve("b", "GET /")], ["a => b"]),
        ([call("a", "b", "GET /"), call("b", "a", "GET /")], ["a => b", "b => a"]),
        ([call("a", "a", "GET /"), serve("a", "GET /")], []),
        ([call("a", None, "GET /"), serve("b", "GET /")], []),
        ([call("a", "api.github.com", "GET /")], ["a => external:api.github.com"]),
        ([LAMBDA, serve("b", "resize", transport="lambda")], ["a -> b resize"]),
        ([serve("a", "GET /"), serve("b", "GET /")], []),
    ],
)
def test_edges(sites: list[Interaction], expected: list[str]) -> None:
    assert edges(*sites) == expected


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        ([publish("a", "placed")], ["a -> external:crm placed"]),
        ([subscribe("a", "moved")], ["external:crm -> a moved"]),
        ([subscribe("a", "user-7")], ["external:crm -> a user-7"]),
        ([publish("a", "moved")], []),
        ([subscribe("a", "placed")], []),
        ([publish("a", None)], []),
        ([publish("a", "placed"), subscribe("b", "placed")], ["a -> b placed", "a -> external:crm placed"]),
        ([call("a", "crm", "GET /")], ["a => external:crm"]),
    ],
)
def test_declared_externals_take_part(sites: list[Interaction], expected: list[str]) -> None:
    assert edges(*sites, externals=(CRM,)) == expected


@pytest.mark.parametrize(
    ("sent", "heard", "expected"),
    [
        (Confidence.CERTAIN, Confidence.CERTAIN, Confidence.CERTAIN),
        (Confidence.CERTAIN, Confidence.DERIVED, Confidence.DERIVED),
        (Confidence.GUESS, Confidence.CERTAIN, Confidence.GUESS),
    ],
)
def test_a_delivery_is_as_sure_as_its_weaker_end(sent: Confidence, heard: Confidence, expected: Confidence) -> None:
    sites = replace(publish("a", "x"), confidence=sent), replace(subscribe("b", "x"), confidence=heard)
    assert [e.confidence for e in system(*sites).flow.edges] == [expected]


def test_waiting_is_as_sure_as_the_surest_call() -> None:
    sites = [replace(call("a", "b", "GET /"), id=c.value, confidence=c) for c in Confidence]
    (edge,) = system(*sites, serve("b", "GET /")).flow.edges
    assert (edge.confidence, edge.interactions) == (Confidence.CERTAIN, ("certain", "derived", "guess"))


def test_an_edge_names_its_sites() -> None:
    sites = publish("a", "x"), replace(publish("a", "x"), id="again"), subscribe("b", "x")
    (edge,) = system(*sites).flow.edges
    assert edge.interactions == tuple(sorted(s.id for s in sites))


@pytest.mark.parametrize("transport", ["http", "grpc"])
def test_edges_of_different_transports_are_different(transport: str) -> None:
    sites = call("a", "b", "GET /"), replace(call("a", "b", "b.get", transport="rpc"), id="rpc")
    assert {e.transport for e in system(*sites, serve("b", "GET /", transport=transport)).flow.edges} == {"http", "rpc"}


@pytest.mark.parametrize(
    ("sites", "kept"),
    [
        ([publish("a", "jobs"), subscribe("b", "jobs")], ["a publish jobs", "b subscribe jobs"]),
        ([publish("a", "jobs"), subscribe("a", "jobs")], ["a publish jobs", "a subscribe jobs"]),
        ([publish("a", "recent")], []),
        ([subscribe("a", "recent")], []),
        ([publish("a", "recent"), subscribe("b", "jobs")], []),
        ([publish("a", None), subscribe("b", "jobs")], []),
    ],
)
def test_lists_that_nobody_uses_as_a_queue_are_left_out(sites: list[Interaction], kept: list[str]) -> None:
    assert [i.id for i in system(*(replace(s, speculative=True) for s in sites)).flow.interactions] == kept


@pytest.mark.parametrize(
    ("function", "other", "space", "kept"),
    [
        ("Bus.publish", ("bus.py", 7), "list", True),
        ("send_job", ("bus.py", 7), "list", True),
        ("_emit", ("bus.py", 7), "list", True),
        ("Store.push", ("bus.py", 7), "list", False),
        ("Bus.published", ("bus.py", 7), "list", False),
        ("Bus.publish", ("bus.py", 8), "list", False),
        ("Bus.publish", ("bus.py", 7), "table", False),
    ],
)
def test_one_queue_makes_queues_of_all_lists_that_messages_are_sent_through(
    function: str, other: tuple[str, int], space: str, kept: bool
) -> None:
    def through(path: str, line: int) -> tuple[Evidence, ...]:
        return Evidence(at("shop.py"), "", "notify"), Evidence(at(path, line), "", function)

    sent = replace(publish("a", "jobs"), speculative=True, space=space, via=through("bus.py", 7))
    taken = replace(subscribe("b", "jobs"), speculative=True, space=space)
    alike = replace(publish("a", "done"), speculative=True, space=space, via=through(*other))
    found = [i.id for i in system(sent, taken, alike).flow.interactions]
    assert ("a publish done" in found) is kept


def test_a_stream_that_is_read_makes_messages_of_what_is_written() -> None:
    sites = replace(publish("a", "orders"), speculative=True), subscribe("b", "orders")
    assert [i.id for i in system(*sites).flow.interactions] == ["a publish orders", "b subscribe orders"]


def test_a_real_message_does_not_make_a_queue_of_a_list() -> None:
    sites = publish("a", "jobs"), replace(subscribe("b", "jobs"), speculative=True)
    assert [i.id for i in system(*sites).flow.interactions] == ["a publish jobs"]


def test_of_the_hosts_of_several_environments_the_service_counts() -> None:
    hosts = ("orders", "orders.example.com", "localhost")
    asking = [replace(call("a", None, "GET /"), id=h, endpoint=Endpoint("GET /", h, 80)) for h in hosts]
    services = (Service("a", "a"), Service("orders", "o", addresses=(Address("orders", 80, at("c.yml")),)))
    graph = connect(tuple(asking), Project((), services))
    assert [(i.id, i.target) for i in graph.flow.interactions] == [("orders", "orders")]


def test_without_a_service_among_them_all_hosts_count() -> None:
    hosts = ("one.example.com", "two.example.com")
    asking = [replace(call("a", None, "GET /"), id=h, endpoint=Endpoint("GET /", h, 443)) for h in hosts]
    assert [e.target for e in connect(tuple(asking), Project((), (Service("a", "a"),))).flow.edges] == [
        f"external:{h}" for h in hosts
    ]


@pytest.mark.parametrize(
    ("image", "counts"),
    [
        ("elasticsearch:8.11.0", False),
        ("docker.elastic.co/elasticsearch/elasticsearch:8.11.0", False),
        ("rabbitmq:3-management", False),
        ("typesense/typesense", False),
        ("elasticsearch-exporter:1", True),
        ("solr-api", True),
        ("camunda/zeebe", True),
        ("", True),
    ],
)
def test_to_ask_what_keeps_data_is_no_call(image: str, counts: bool) -> None:
    store = External("store", ExternalKind.PRODUCT, (Address("store", 80, at("c.yml")),), image=image)
    graph = system(call("a", "store", "GET /"), externals=(store,))
    assert [i.target for i in graph.flow.interactions] == ["external:store"] * counts
    assert edges(call("a", "store", "GET /"), externals=(store,)) == ["a => external:store"] * counts


def test_hosts_that_only_calls_name_become_externals() -> None:
    graph = system(call("a", "api.github.com", "GET /"), call("a", "legacy", "GET /"), call("a", "crm", "GET /"), externals=(CRM,))
    assert [(e.name, e.kind) for e in graph.flow.externals] == [
        ("crm", ExternalKind.DECLARED),
        ("api.github.com", ExternalKind.API),
        ("legacy", ExternalKind.DECLARED),
    ]


def test_the_order_of_the_sites_does_not_matter_to_the_edges() -> None:
    sites = publish("a", "x"), publish("b", "x"), subscribe("c", "x"), call("c", "a", "GET /"), serve("a", "GET /")
    assert edges(*sites) == edges(*reversed(sites))
