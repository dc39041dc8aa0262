"""Calls through gateways: by the longest route that fits, with the path that comes out, to the service behind."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.graph.targets import directory, resolve
from flowmap.model.interaction import Confidence, Endpoint, Interaction
from flowmap.model.project import Address, External, ExternalKind, Project, Route, Service
from flows import at, call, serve

SERVICES = (
    Service("orders", "orders", addresses=(Address("orders", None, at("c.yml")),)),
    Service("stock", "stock", addresses=(Address("stock", None, at("c.yml")),)),
)
EXTERNALS = (
    External("edge", ExternalKind.PRODUCT, addresses=(Address("edge", None, at("c.yml")), Address("localhost", 80, at("c.yml")))),
    External("inner", ExternalKind.PRODUCT, addresses=(Address("inner", None, at("c.yml")),)),
)


def _route(prefix: str, host: str, instead: str | None = None, **more: object) -> Route:
    return replace(Route(prefix, host, 80, at("nginx.conf", 7), instead, gateways=("edge",)), **more)


ROUTES = (
    _route("/orders/", "orders", "/"),
    _route("/kept", "stock"),
    _route("/kept/deep", "stock", "/other"),
    _route("/exact", "stock", exact=True),
    _route("/for-x", "stock", hosts=("x.io",), names=("x.io",)),
    _route("/twice", "inner"),
    _route("/twice", "stock", gateways=("inner",)),
    _route("/round", "edge"),
    _route("/away", "api.elsewhere.com"),
    _route("/either", "nowhere-at-all", hosts=("y.io",)),
    _route("/in", "stock", gateways=(), names=("ingress-nginx",)),
)
SERVED = (serve("orders", "GET /items/{}"), serve("stock", "GET /kept/{}"))
KNOWN = directory(Project((), SERVICES, EXTERNALS, routes=ROUTES), SERVED)


def _to(host: str, path: str, port: int | None = None) -> Interaction:
    return replace(call("shop", None, f"GET {path}"), endpoint=Endpoint(f"GET {path}", host, port, "http"))


@pytest.mark.parametrize(
    ("host", "path", "target", "operation"),
    [
        ("edge", "/orders/items/{}", "orders", "GET /items/{}"),
        ("edge", "/orders", "orders", "GET /"),
        ("localhost", "/orders/items/1", "orders", "GET /items/1"),
        ("edge", "/kept/1", "stock", "GET /kept/1"),
        ("edge", "/kept", "stock", "GET /kept"),
        ("edge", "/kept/deep/1", "stock", "GET /other/1"),
        ("edge", "/keptless", "external:edge", "GET /keptless"),
        ("edge", "/exact", "stock", "GET /exact"),
        ("edge", "/exact/more", "external:edge", "GET /exact/more"),
        ("edge", "/{}/items", "external:edge", "GET /{}/items"),
        ("edge", "/for-x", "external:edge", "GET /for-x"),
        ("x.io", "/for-x/1", "stock", "GET /for-x/1"),
        ("edge", "/twice/1", "stock", "GET /twice/1"),
        ("edge", "/round", "external:edge", "GET /round"),
        ("edge", "/away/1", "external:api.elsewhere.com", "GET /away/1"),
        ("ingress-nginx", "/in", "stock", "GET /in"),
        ("ingress-nginx.ingress-nginx.svc.cluster.local", "/in", "stock", "GET /in"),
        ("ingress-nginx.example.com", "/in", "external:ingress-nginx.example.com", "GET /in"),
        ("orders", "/kept/1", "orders", "GET /kept/1"),
    ],
)
def test_who_is_behind(host: str, path: str, target: str, operation: str) -> None:
    found = resolve(_to(host, path, 80 if host == "localhost" else None), KNOWN)
    assert (found.target, found.operation, found.unresolved) == (target, operation, None)


@pytest.mark.parametrize(
    ("host", "scheme", "target"),
    [
        ("ingress-nginx.io", "https", "external:ingress-nginx.io"),
        ("ingress-nginx.gateways", "http", "stock"),
        ("ingress-nginx.gateways.svc", "https", "stock"),
    ],
)
def test_a_site_of_the_net_is_no_namespace(host: str, scheme: str, target: str) -> None:
    call_there = _to(host, "/in")
    assert call_there.endpoint is not None
    found = resolve(replace(call_there, endpoint=replace(call_there.endpoint, scheme=scheme)), KNOWN)
    assert found.target == target


def test_a_route_is_part_of_the_proof() -> None:
    found = resolve(_to("edge", "/kept/1"), KNOWN)
    assert found.confidence is Confidence.DERIVED
    assert [(str(e.location), e.what) for e in found.evidence] == [
        ("nginx.conf:7", "requests for /kept are passed on to stock"),
    ]


def test_what_is_no_request_for_a_path_is_not_passed_on() -> None:
    asked = replace(call("shop", None, "Orders/Get", transport="grpc"), endpoint=Endpoint("Orders/Get", "edge"))
    assert resolve(asked, KNOWN).target == "external:edge"


@pytest.mark.parametrize(("port", "target"), [(None, "stock"), (80, "stock"), (443, "stock"), (5000, None), (8080, None)])
def test_a_machine_is_a_gateway_at_the_usual_ports_alone(port: int | None, target: str | None) -> None:
    here = _route("/here", "stock", gateways=(), names=("localhost",))
    known = directory(Project((), SERVICES, routes=(here,)), SERVED)
    assert resolve(_to("localhost", "/here/1", port), known).target == target
