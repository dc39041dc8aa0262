"""What stands in the pictures of a system."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.graph.domains import domains
from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.lookup import starts_named
from flowmap.model.interaction import Confidence
from flowmap.model.picture import NodeKind, Picture
from flowmap.model.project import External, ExternalKind
from flowmap.model.report import Report
from flowmap.views.choreography import choreography
from flowmap.views.services import services
from flowmap.views.trace import traced
from flows import call, finding, full_report, publish, report, serve, shop, subscribe, system

VIEWS = {"choreography": choreography, "services": services}


def links(picture: Picture) -> list[str]:
    label = {node.id: node.label for node in picture.nodes}
    arrow = {"coordination": "=>", "collaboration": "->"}
    return sorted(f"{label[k.source]} {arrow[k.kind]} {label[k.target]} {', '.join(k.labels)}".strip() for k in picture.links)


def badged(picture: Picture) -> list[str]:
    label = {node.id: node.label for node in picture.nodes}
    nodes = [f"{n.label}: {b.code}" for n in picture.nodes for b in n.badges]
    return sorted([*nodes, *(f"{label[k.source]} {label[k.target]}: {b.code}" for k in picture.links for b in k.badges)])


def view(name: str, whole: Report) -> Picture:
    return VIEWS[name](FlowGraph(whole.flow), whole.findings, "shop")


def test_choreography_leads_through_channels() -> None:
    assert links(view("choreography", report(shop()))) == [
        "billing -> invoice-sent",
        "billing => api.stripe.com POST /charges",
        "gateway => orders POST /orders",
        "order-placed -> billing",
        "order-placed -> mail",
        "orders -> order-placed",
        "orders => stock GET /stock/{}",
    ]


def test_services_are_linked_directly() -> None:
    assert links(view("services", report(shop()))) == [
        "billing => api.stripe.com POST /charges",
        "gateway => orders POST /orders",
        "orders -> billing order-placed",
        "orders -> mail order-placed",
        "orders => stock GET /stock/{}",
    ]


def test_a_trace_joins_endpoints_and_handlers() -> None:
    picture = traced(shop(), starts_named(shop(), "POST /checkout"), (), "t")
    assert links(picture) == [
        "billing -> invoice-sent",
        "billing => api.stripe.com POST /charges",
        "order-placed -> billing",
        "order-placed -> mail",
        "orders -> order-placed",
        "orders => stock",
        "▶ gateway => orders",
    ]
    assert [n.detail for n in picture.nodes if n.label in ("▶ gateway", "billing")] == [
        "POST /checkout · endpoint",
        "on_order-placed",
    ]
    assert picture.clusters == ()


def test_a_trace_shows_where_it_ends() -> None:
    graph = system(
        serve("a", "POST /"), publish("a", None, "a serve POST /"), call("a", "b", "GET /", "a serve POST /"), serve("b", "PUT /")
    )
    picture = traced(graph, starts_named(graph, "POST /"), (), "t")
    assert {n.label: n.detail for n in picture.nodes} == {
        "▶ a": "POST / · endpoint",
        "?": "comes from a file",
        "b": "no endpoint matches",
    }


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("choreography", ["invoice-sent: T301", "order-placed: E202", "orders: C102"]),
        ("services", ["billing: T301", "orders billing: E202", "orders mail: E202", "orders: C102"]),
    ],
)
def test_findings_stand_where_they_are_about(name: str, expected: list[str]) -> None:
    assert badged(view(name, full_report())) == expected


@pytest.mark.parametrize("name", VIEWS)
def test_a_finding_about_calls_stands_at_the_calls(name: str) -> None:
    graph = shop()
    calls = [i for i in graph.flow.interactions if i.role.value == "call"][:2]
    whole = report(graph, replace(finding("C101", "gateway", *calls), services=("gateway", "orders", "stock")))
    assert badged(view(name, whole)) == ["gateway orders: C101", "gateway: C101", "orders stock: C101"]


@pytest.mark.parametrize("name", VIEWS)
def test_a_finding_without_a_place_stands_at_its_service(name: str) -> None:
    whole = report(shop(), replace(finding("X1", "the system"), services=("stock",)))
    assert badged(view(name, whole)) == ["stock: X1"]


def test_blind_spots_are_counted_at_their_service() -> None:
    assert {n.label: n.detail for n in view("services", report(shop())).nodes if n.detail} == {"mail": "1 blind spot"}


def test_only_externals_that_take_part_are_drawn() -> None:
    broker = External("kafka", ExternalKind.PRODUCT)
    search = External("search", ExternalKind.PRODUCT)
    graph = system(call("a", "search", "GET /x"), call("a", "api.github.com", "GET /y"), externals=(broker, search))
    kinds = {n.label: n.kind for n in choreography(graph, (), "t").nodes}
    assert kinds == {"a": NodeKind.SERVICE, "search": NodeKind.PRODUCT, "api.github.com": NodeKind.EXTERNAL}


def test_declared_externals_publish_and_listen() -> None:
    crm = External("crm", ExternalKind.DECLARED, publishes=("moved",), subscribes=("placed",))
    graph = system(publish("a", "placed"), subscribe("b", "moved"), externals=(crm,))
    assert links(choreography(graph, (), "t")) == ["a -> placed", "crm -> moved", "moved -> b", "placed -> crm"]
    assert links(services(graph, (), "t")) == ["a -> crm placed", "crm -> b moved"]


def test_guesses_are_marked() -> None:
    guess = replace(call("a", "b", "GET /"), confidence=Confidence.GUESS)
    (only,) = services(system(guess, serve("b", "GET /")), (), "t").links
    assert only.guess


@pytest.mark.parametrize(("local", "nodes", "between"), [(False, ["a"], []), (True, ["a", "saved"], ["a -> a saved"])])
def test_what_stays_inside_a_process_is_drawn_on_demand(local: bool, nodes: list[str], between: list[str]) -> None:
    sites = [replace(publish("a", "saved"), local=True), replace(subscribe("a", "saved"), local=True)]
    graph = system(*sites, local=local)
    assert [n.label for n in choreography(graph, (), "t").nodes] == nodes
    assert links(services(graph, (), "t")) == between


def test_channels_for_calls_are_waits_and_no_nodes() -> None:
    asking = replace(call("a", "b", "b.get", transport="rpc"), channel="q", broker="amqp")
    assert links(choreography(system(asking, subscribe("b", "q", transport="amqp")), (), "t")) == ["a => b b.get"]


def test_names_that_look_alike_have_ids_of_their_own() -> None:
    graph = system(publish("a-b", "x.y"), publish("a_b", "x_y"), publish("A B", "x y"))
    ids = [n.id for n in choreography(graph, (), "t").nodes]
    assert len(set(ids)) == len(ids) == 6


@pytest.mark.parametrize(
    ("roots", "expected"),
    [
        ({"a": "a", "b": "b"}, {}),
        ({"a": "shop/a", "b": "shop/b"}, {}),
        ({"a": "shop/a", "b": "shop/b", "c": "crm/c"}, {"a": "shop", "b": "shop"}),
        ({"a": "src/shop/a", "b": "src/shop/b", "c": "src/c"}, {"a": "src/shop", "b": "src/shop"}),
        ({"a": "x", "b": "x", "c": "."}, {"a": "x", "b": "x"}),
        ({}, {}),
    ],
)
def test_domains_are_the_first_folders_that_differ(roots: dict[str, str], expected: dict[str, str]) -> None:
    graph = system(*(serve(name, "GET /") for name in roots), roots=roots)
    assert domains(graph.flow.services) == expected


def test_a_channel_within_one_domain_lies_in_its_frame() -> None:
    roots = {"a": "shop/a", "b": "shop/b", "c": "crm/c"}
    graph = system(publish("a", "inner"), subscribe("b", "inner"), publish("a", "outer"), subscribe("c", "outer"), roots=roots)
    assert {n.label: n.cluster for n in choreography(graph, (), "t").nodes} == {
        "a": "domain_shop",
        "b": "domain_shop",
        "c": "",
        "inner": "domain_shop",
        "outer": "",
    }


def test_a_call_that_nobody_waits_for_is_a_collaboration() -> None:
    graph = system(
        replace(call("a", "b", "resize", transport="lambda"), waits=False),
        call("a", "b", "GET /"),
        serve("b", "resize", transport="lambda"),
        serve("b", "GET /"),
    )
    expected = ["a -> b resize", "a => b GET /"]
    assert links(choreography(graph, (), "t")) == links(services(graph, (), "t")) == expected


@pytest.mark.parametrize("name", VIEWS)
def test_pictures_begin_where_the_largest_workflow_does(name: str) -> None:
    sites = (subscribe("b", "x"), serve("c", "GET /"), publish("a", "x", "a serve POST /"), serve("a", "POST /"))
    assert [n.label for n in view(name, report(system(*sites))).nodes][:3] == ["a", "b", "c"]


@pytest.mark.parametrize("name", VIEWS)
def test_guesses_do_not_look_like_findings(name: str) -> None:
    graph = shop()
    sent = next(i for i in graph.flow.interactions if i.channel == "invoice-sent")
    unsure = replace(finding("T301", "invoice-sent", sent), confidence=Confidence.GUESS)
    assert [b.text for b in view(name, report(graph, unsure)).badges] == ["T301?"]
    assert [b.text for b in view(name, report(graph, unsure, finding("T301", "invoice-sent", sent))).badges] == ["T301"]
