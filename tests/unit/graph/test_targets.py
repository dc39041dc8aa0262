"""Who a call reaches: names, hosts and ports, operations, and the settings an address comes from."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.graph.targets import directory, folded, in_the_words_of_its_endpoint, resolve, stem
from flowmap.model.interaction import Confidence, Endpoint, Interaction
from flowmap.model.project import Address, External, ExternalKind, Project, Service
from flows import at, call, serve, subscribe, system

SERVICES = (
    Service("orders", "orders", addresses=(Address("orders", 8000, at("c.yml")), Address("localhost", 8001, at("c.yml")))),
    Service("stock-service", "stock", aliases=("stock-api",), addresses=(Address("stock", None, at("c.yml")),)),
    Service("one", "one", addresses=(Address("shared", 80, at("c.yml")), Address("localhost", 80, at("c.yml")))),
    Service("two", "two", addresses=(Address("shared", 80, at("c.yml")), Address("localhost", 443, at("c.yml")))),
)
EXTERNALS = (External("billing", ExternalKind.DECLARED, addresses=(Address("billing", 80, at("c.yml")),)),)
SERVED = (
    serve("two", "GET /only-two"),
    serve("orders", "Orders/Get", transport="grpc"),
    serve("one", "Shared/Get", transport="grpc"),
    serve("two", "Shared/Get", transport="grpc"),
    serve("stock-service", "GET /items/{}"),
    subscribe("orders", "orders_queue", transport="amqp"),
)
KNOWN = directory(Project((), SERVICES, EXTERNALS), SERVED)


def to(
    host: str | None, port: int | None = None, *, scheme: str = "http", hint: str | None = None, path: str = "/x"
) -> Interaction:
    """A GET request to an address."""
    asking = replace(call("orders", None, f"GET {path}"), confidence=Confidence.GUESS)
    return replace(asking, endpoint=Endpoint(f"GET {path}", host, port, scheme, hint))


@pytest.mark.parametrize(
    ("host", "port", "target"),
    [
        ("orders", 8000, "orders"),
        ("orders", None, "orders"),
        ("orders", 9999, "orders"),
        ("stock", 80, "stock-service"),
        ("stock-service", 80, "stock-service"),
        ("stock_service", None, "stock-service"),
        ("stock-api", None, "stock-service"),
        ("orders.shop.svc.cluster.local", 80, "orders"),
        ("orders.svc", 80, "orders"),
        ("orders.internal", None, "orders"),
        ("orders.service.consul", 80, "orders"),
        ("localhost", 8001, "orders"),
        ("127.0.0.1", 8001, "orders"),
        ("host.docker.internal", 8001, "orders"),
        ("localhost", None, "one"),
        ("billing", 80, "external:billing"),
        ("api.stripe.com", None, "external:api.stripe.com"),
        ("payments", 80, "external:payments"),
        ("10.0.0.7", 80, "external:10.0.0.7"),
        ("orders.example.com", 80, "external:orders.example.com"),
        ("stock.example.com", None, "external:stock.example.com"),
    ],
)
def test_hosts(host: str, port: int | None, target: str) -> None:
    found = resolve(to(host, port), KNOWN)
    assert (found.target, found.unresolved) == (target, None)


@pytest.mark.parametrize(("host", "port"), [("localhost", 9999), ("127.0.0.1", None), ("{}", 80), ("{}.{}", None), ("0.0.0.0", 1)])  # noqa: S104
def test_hosts_that_lead_nowhere_say_so(host: str, port: int | None) -> None:
    lonely = directory(Project((), SERVICES[:2], ()), ())
    found = resolve(to(host, port), lonely)
    assert found.target is None
    assert found.unresolved == f"nothing in the scan listens on {host}:{port or '?'}"


def test_https_means_its_own_port() -> None:
    assert resolve(to("localhost", scheme="https"), KNOWN).target == "two"


def test_of_several_at_one_address_the_one_that_serves_it_is_meant() -> None:
    assert resolve(to("shared", 80, path="/only-two"), KNOWN).target == "two"


def test_of_several_at_one_address_the_caller_is_meant_last() -> None:
    assert resolve(replace(to("shared", 80), service="one"), KNOWN).target == "two"


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("b/orders/app.py", "b"),
        ("b/load/send.py", "b"),
        ("c/tools/send.py", "a"),
        ("send.py", "a"),
    ],
)
def test_of_several_at_a_port_the_nearest(path: str, target: str) -> None:
    services = [
        Service(name, f"{name}/orders", addresses=(Address("localhost", 80, at(f"{name}/orders/app.py")),)) for name in ("a", "b")
    ]
    known = directory(Project((), tuple(services)), [serve(s.name, "GET /x") for s in services])
    assert resolve(replace(to("localhost", 80), service="c", location=at(path)), known).target == target


@pytest.mark.parametrize(
    ("hint", "target"),
    [
        (None, "jobs"),
        ("JOBS_URL", "jobs"),
        ("NIGHTLY_API_URL", "jobs"),
        ("API_BASE_URL", "jobs"),
        ("SOLR_API_URL", "external:solr-api"),
    ],
)
def test_a_setting_that_names_somebody_else_is_not_for_who_listens_at_the_port(hint: str | None, target: str) -> None:
    listening = Service("jobs", "jobs", aliases=("nightly",), addresses=(Address("localhost", 80, at("Makefile")),))
    known = directory(Project((), (listening,)), [serve("jobs", "GET /other")])
    assert resolve(to("localhost", 80, hint=hint), known).target == target


@pytest.mark.parametrize(
    ("name", "served", "target"),
    [("check", "GET /x", "check"), ("check", None, None), ("search", None, "search"), ("solr-search", None, "solr-search")],
)
def test_another_name_is_that_of_a_service_that_answers(name: str, served: str | None, target: str | None) -> None:
    services = (Service(name, "solr", aliases=("search",)), Service("orders", "orders"))
    known = directory(Project((), services), [serve(name, served)] if served else [])
    assert resolve(to(None, hint="search_url"), known).target == target


@pytest.mark.parametrize(
    ("hint", "target"),
    [
        ("ORDERS_URL", "orders"),
        ("ORDERS_API_URL", "orders"),
        ("orders_base_url", "orders"),
        ("ORDERS_SERVICE_HOST", "orders"),
        ("STOCK_SERVICE_ADDR", "stock-service"),
        ("STOCK_URL", "stock-service"),
        ("STOCK_API_ENDPOINT", "stock-service"),
        ("orders", "orders"),
        ("ORDER_URL", None),
        ("ORDERS_HISTORY_URL", None),
        ("MY_ORDERS_URL", None),
        ("BASE_URL", None),
        ("API_URL", None),
        ("url", None),
        ("delivery_api_url", None),
        (None, None),
    ],
)
def test_settings_name_services_by_equal_names_only(hint: str | None, target: str | None) -> None:
    found = resolve(replace(to(None, hint=hint), service="two"), KNOWN)
    assert (found.target, found.confidence) == (target, Confidence.GUESS)


@pytest.mark.parametrize(
    ("hint", "target"),
    [
        ("DELIVERY_API_URL", "external:delivery-api"),
        ("CRM_BASE_URL", "external:crm"),
        ("LEDGER_SERVICE", "external:ledger-service"),
        ("LEDGER_API_ROOT", "external:ledger-api"),
        ("SLACK_WEBHOOK_URL", "external:slack-webhook"),
        ("DELIVERY", None),
        ("API_ROOT", None),
        ("CRM_WEBHOOK_URL", None),
        ("CRM_CALLBACK_URL", None),
        ("UPSTREAM_URL", None),
        ("ORDER_SERVICE_URL", None),
    ],
)
def test_a_variable_that_only_the_deployment_sets_names_somebody_outside(hint: str, target: str | None) -> None:
    found = resolve(to(None, hint=hint), KNOWN)
    assert (found.target, found.confidence) == (target, Confidence.GUESS)


@pytest.mark.parametrize(
    ("caller", "hint", "target"),
    [
        ("slack-messenger", "SLACK_WEBHOOK_URL", "external:slack-webhook"),
        ("orders", "SLACK_WEBHOOK_URL", None),
        ("ledger-worker", "LEDGER_API_URL", None),
    ],
)
def test_who_calls_a_product_may_be_called_after_it(caller: str, hint: str, target: str | None) -> None:
    known = directory(Project((), tuple(Service(n, n) for n in ("orders", "slack-messenger", "ledger-worker"))), ())
    assert resolve(replace(to(None, hint=hint), service=caller), known).target == target


def test_a_setting_that_fits_two_services_fits_none() -> None:
    twins = directory(Project((), (Service("stock", "a"), Service("stock-service", "b"))), ())
    assert resolve(to(None, hint="STOCK_SERVER_URL"), twins).target is None


@pytest.mark.parametrize(
    ("hint", "path", "target"),
    [
        ("SHOP_API_URL", "/prices/7", "shop-pricing"),
        ("SHOP_API_URL", "/items/7", "shop"),
        ("SHOP_API_URL", "/other", "shop"),
        ("SHOP_API_URL", "/pictures/7", "shop"),
        ("SHOP_PRICING_URL", "/items/7", "shop-pricing"),
    ],
)
def test_the_name_of_a_setting_may_go_on_where_another_has_what_is_asked_for(hint: str, path: str, target: str) -> None:
    served = (serve("shop", "GET /items/{}"), serve("shop-pricing", "GET /prices/{}"), serve("photos", "GET /pictures/{}"))
    three = directory(Project((), tuple(Service(i.service, i.service) for i in served), ()), served)
    assert resolve(to(None, hint=hint, path=path), three).target == target


@pytest.mark.parametrize("path", ["/items/7", "/other"])
def test_nobody_is_guessed_to_ask_himself(path: str) -> None:
    assert resolve(replace(to(None, hint="STOCK_URL", path=path), service="stock-service"), KNOWN).target is None


def test_a_guess_that_meets_an_endpoint_is_none_any_more() -> None:
    assert resolve(to(None, hint="STOCK_URL", path="/items/7"), KNOWN).confidence is Confidence.DERIVED
    assert resolve(to(None, hint="STOCK_URL", path="/other"), KNOWN).confidence is Confidence.GUESS


@pytest.mark.parametrize(
    ("named", "target"),
    [
        ("orders", "orders"),
        ("Orders", "orders"),
        ("stock_service", "stock-service"),
        ("stock-api", "stock-service"),
        ("mail", "external:mail"),
    ],
)
def test_calls_that_name_a_service(named: str, target: str) -> None:
    found = resolve(replace(call("one", named, "get", transport="rpc"), unresolved="x"), KNOWN)
    assert (found.target, found.unresolved) == (target, None)


@pytest.mark.parametrize(
    ("operation", "target"),
    [("Orders/Get", "orders"), ("shop.Orders/Get", "orders"), ("Shared/Get", None), ("Other/Get", None)],
)
def test_remote_procedures_are_found_if_one_service_alone_has_them(operation: str, target: str | None) -> None:
    asking = replace(call("one", None, operation, transport="grpc"), unresolved="no address is known")
    assert resolve(asking, KNOWN).target == target


def test_the_operation_counts_before_the_address() -> None:
    asking = replace(call("one", None, "Orders/Get", transport="grpc"), endpoint=Endpoint("Orders/Get", "stock", 50051))
    assert resolve(asking, KNOWN).target == "orders"


@pytest.mark.parametrize(
    ("channel", "operation", "expected"),
    [
        ("orders_queue", "get", ("orders", "orders.get")),
        ("orders_queue", "orders_queue", ("orders", "orders_queue")),
        ("mails_queue", "get", (None, "get")),
    ],
)
def test_requests_over_a_queue_reach_who_reads_it(channel: str, operation: str, expected: tuple[str | None, str]) -> None:
    asking = replace(call("one", None, operation, transport="rpc"), channel=channel, broker="amqp")
    found = resolve(asking, KNOWN)
    assert (found.target, found.operation) == expected


def test_a_wrapper_that_nobody_calls_reaches_nobody() -> None:
    asking = replace(to("orders", 8000), unreached=True)
    assert resolve(asking, KNOWN) == asking


def test_a_message_is_left_as_it_is() -> None:
    asking = replace(call("one", None, "x"), endpoint=None)
    assert resolve(asking, KNOWN) == asking


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Order-Service", "orderservice"), ("order_service", "orderservice"), ("ORDER.SERVICE", "orderservice"), ("", "")],
)
def test_names_are_compared_without_case_and_separators(name: str, expected: str) -> None:
    assert folded(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("orders-service", "orders"), ("orders_api", "orders"), ("api", "api"), ("app-server", "appserver"), ("orders", "orders")],
)
def test_the_words_that_say_service_are_no_part_of_a_name(name: str, expected: str) -> None:
    assert stem(name) == expected


@pytest.mark.parametrize(
    ("hint", "target"),
    [
        ("ORDERS_URL", "orders"),
        ("orders_service_url", "orders"),
        ("CRM_API_HOST", "external:crm-api"),
        ("CRM_API_HOST_INTERNAL", "external:crm-api"),
        ("payment_service", "external:payment-service"),
        ("BASE_URL", None),
        ("API_HOST", None),
        ("BACKEND_URL", None),
        ("UI_MOUNT_PATH", None),
        (None, None),
    ],
)
def test_a_port_of_the_own_machine_that_nobody_has_goes_by_the_name_of_its_setting(hint: str | None, target: str | None) -> None:
    asked = replace(call("web", None, "GET /x"), endpoint=Endpoint("GET /x", "localhost", 8001, "http", hint))
    (found,) = (i for i in system(asked, serve("orders", "GET /y")).flow.interactions if i.service == "web")
    assert found.target == target
    assert found.unresolved == (None if target else "nothing in the scan listens on localhost:8001")


@pytest.mark.parametrize(
    ("services", "hint", "target"),
    [
        (["shop-orders", "shop-stock"], "ORDERS_URL", "shop-orders"),
        (["shop-orders", "shop-stock"], "STOCK_API_URL", "shop-stock"),
        (["acme-shop-order-store", "acme-shop-stock"], "ORDER_STORE_API_URL", "acme-shop-order-store"),
        (["acme-shop-order-store", "acme-shop-stock"], "SHOP_STOCK_URL", "acme-shop-stock"),
        (["acme-shop-orders", "acme-web-orders"], "ORDERS_URL", "external:orders"),
        (["shop-orders", "web-stock"], "ORDERS_URL", "external:orders"),
        (["shop-orders"], "ORDERS_URL", "external:orders"),
    ],
)
def test_the_word_that_all_services_begin_with_may_be_left_out(services: list[str], hint: str, target: str) -> None:
    asked = replace(call(services[-1], None, "GET /x"), endpoint=Endpoint("GET /x", "localhost", 8001, "http", hint))
    found = system(asked, *(serve(s, "GET /y") for s in services)).flow.interactions
    assert [i.target for i in found if i.endpoint and i.endpoint.hint] == [target]


NETWORKS = (
    Service("old-shop", "old/shop", addresses=(Address("shop", 80, at("old/c.yml")),)),
    Service("old-stock", "old/stock", addresses=(Address("stock", 80, at("old/c.yml")),)),
    Service("new-shop", "new/shop", addresses=(Address("shop", 80, at("new/c.yml")),)),
    Service("new-stock", "new/stock", addresses=(Address("stock", 80, at("new/c.yml")),)),
    Service("new-mail", "new/mail", addresses=(Address("mail", 80, at("new/c.yml")),)),
    Service("alone", "alone", addresses=(Address("alone", 80, at("alone/c.yml")),)),
)


@pytest.mark.parametrize(
    ("caller", "host", "target"),
    [
        ("old-shop", "stock", "old-stock"),
        ("new-shop", "stock", "new-stock"),
        ("new-shop", "stock.internal", "new-stock"),
        ("old-shop", "mail", "new-mail"),  # nobody else has the name
        ("old-stock", "stock", "new-stock"),  # who asks for its own name may mean another
        ("alone", "stock", "new-stock"),  # of two, one that serves it
        ("unheard-of", "stock", "new-stock"),
    ],
)
def test_a_host_name_is_that_of_the_callers_own_network(caller: str, host: str, target: str) -> None:
    known = directory(Project((), NETWORKS, ()), (serve("new-stock", "GET /x"),))
    assert resolve(replace(to(host), service=caller), known).target == target


@pytest.mark.parametrize(
    ("caller", "path", "host", "target"),
    [
        ("web", "/jobs", "localhost", "orders"),
        ("web", "/jobs/{}", "127.0.0.1", "orders"),
        ("web", "/jobs", "10.0.0.7", "external:10.0.0.7"),
        ("web", "/other", "localhost", None),
        ("web", "/{}", "localhost", None),
        ("web", "/both", "localhost", None),
        ("orders", "/jobs", "localhost", None),
    ],
)
def test_what_listens_on_the_same_machine_is_known_by_its_path(caller: str, path: str, host: str, target: str | None) -> None:
    served = [serve("orders", f"GET {p}") for p in ("/jobs", "/jobs/{}", "/{}", "/both")] + [serve("stock-service", "GET /both")]
    known = directory(Project((), SERVICES, ()), tuple(served))
    asked = replace(to(host, 5999, path=path), service=caller, confidence=Confidence.CERTAIN)
    found = resolve(asked, known)
    assert (found.target, found.confidence is Confidence.GUESS) == (target, target == "orders")


@pytest.mark.parametrize(
    ("hint", "target"),
    [
        ("MANAGER_URL", "flow-manager"),
        ("FLOW_MANAGER_URL", "flow-manager"),
        ("STOCK_URL", "stock-service"),
        ("DOWNLOAD_URL", "external:download"),
    ],
)
def test_a_setting_that_names_somebody_else_counts_for_more_than_the_path(hint: str, target: str) -> None:
    manager = Service("flow-manager", "manager")
    known = directory(Project((), (*SERVICES, manager), ()), (serve("flow-manager", "GET /flows"),))
    asked = replace(to("localhost", 5999, hint=hint, path="/flows"), service="web")
    assert resolve(asked, known).target == target


TWINS = (
    Service("shop", "shop"),
    Service("tools", "tools", addresses=(Address("localhost", 8080, at("tools/Dockerfile")),)),
    Service("stock", "stock"),
)
ANSWERS = (serve("shop", "POST /orders/{}/runs"), serve("tools", "GET /tools"), serve("stock", "GET /{}"), serve("shop", "GET /{}"))


@pytest.mark.parametrize(
    ("caller", "path", "target"),
    [
        ("stock", "POST /orders/{}/runs", "shop"),
        ("shop", "POST /orders/{}/runs", "shop"),
        ("shop", "GET /tools", "tools"),
        ("shop", "GET /nowhere", "tools"),
        ("tools", "GET /{}", "tools"),
    ],
)
def test_a_port_that_many_containers_have_is_whose_path_is_asked_for(caller: str, path: str, target: str) -> None:
    asked = replace(call(caller, None, path), endpoint=Endpoint(path, "localhost", 8080, "http", None))
    assert resolve(asked, directory(Project((), TWINS), ANSWERS)).target == target


@pytest.mark.parametrize(
    ("asked", "served", "said"),
    [
        ("GET /items/tea", "GET /items/{}", "GET /items/{}"),
        ("GET /items/tea", "GET /items/tea", "GET /items/tea"),
        ("GET /items", "GET /{}", "GET /items"),
        ("GET /items/{}", "GET /{}/{}", "GET /items/{}"),
        ("GET /v1/items", "GET /v1/{}", "GET /v1/{}"),
    ],
)
def test_a_call_is_in_the_words_of_its_endpoint_if_that_has_any(asked: str, served: str, said: str) -> None:
    known = directory(Project((), SERVICES), (serve("two", served),))
    assert in_the_words_of_its_endpoint(call("orders", "two", asked), known).operation == said
