"""Whose an API document is: the statements of documents stand with the externals that they describe, and with nobody else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from flowmap.config import Config, ExternalConfig
from flowmap.descriptor_api import DescriptorReader
from flowmap.extensions import load_plugins
from flowmap.model.project import Project
from flowmap.project.discover import discover
from flowmap.project.systems import together

PLUGINS = load_plugins()

COMPOSE = """services:
  orders: {build: orders}
  billing: {build: billing}
  mail: {image: house/mail:1}
  kafka: {image: 'kafka:3'}
"""
SYSTEM = {
    "docker-compose.yml": COMPOSE,
    "orders/Dockerfile": "FROM python:3.12\nCOPY . .\nCMD python app.py\n",
    "orders/app.py": "print('orders')\n",
    "billing/Dockerfile": "FROM openjdk:21\n",
}
Scan = Callable[..., Project]


def asynchronous(title: str, channel: str = "c") -> str:
    """A document of an application that publishes to a channel."""
    head = f"asyncapi: 2.6.0\ninfo: {{title: '{title}'}}\nservers: {{s: {{protocol: kafka}}}}\n"
    return f"{head}channels: {{{channel}: {{subscribe: {{}}}}}}\n"


def synchronous(title: str, path: str = "/c") -> str:
    """A document of an API with one operation."""
    return f"openapi: 3.0.0\ninfo: {{title: '{title}'}}\npaths:\n  {path}: {{get: {{}}}}\n"


def _does(project: Project) -> dict[str, list[str]]:
    return {e.name: [f"{w.role} {w.channel or w.operation}" for w in e.does] for e in project.externals if e.does}


BILLING = {"billing": ["publish c"]}


@pytest.mark.parametrize(
    ("path", "title", "expected"),
    [
        ("contracts/x.yaml", "Billing", BILLING),
        ("contracts/x.yaml", "Billing Service Events API", BILLING),
        ("contracts/x.yaml", "billing-svc", BILLING),
        ("contracts/x.yaml", "Mail", {"mail": ["publish c"]}),
        ("billing/asyncapi.yaml", "Billing", BILLING),
        ("billing/asyncapi.yaml", "Invoices and Payments", BILLING),
        ("billing/src/main/resources/asyncapi.yml", "", BILLING),
        ("billing/src/main/resources/billing-events.yml", "Money", BILLING),
        ("contracts/billing-asyncapi.yaml", "Money", BILLING),
        ("contracts/billing/asyncapi.yaml", "Money", BILLING),
        # of a service of the scan, wherever the document lies
        ("orders/asyncapi.yaml", "Orders", {}),
        ("orders/asyncapi.yaml", "Something else", {}),
        ("contracts/x.yaml", "Orders API", {}),
        ("contracts/orders.yaml", "Sales", {}),
        ("billing/contracts/orders.yaml", "Order Service of ours: orders", {}),
        # somebody else's, kept by its user
        ("orders/specs/x.yaml", "Billing", BILLING),
        ("billing/specs/stripe.yaml", "Stripe", {}),
        ("billing/clients/asyncapi.yaml", "Stripe", {}),
        ("billing/src/generated/asyncapi.yaml", "", {}),
        ("billing/tests/asyncapi.yaml", "Billing", {}),
        ("billing/node_modules/x/asyncapi.yaml", "Billing", {}),
        ("docs/asyncapi.yaml", "Billing", {}),
        # of nobody who is known
        ("contracts/x.yaml", "Stock", {}),
        ("contracts/x.yaml", "", {}),
        ("contracts/x.yaml", "API", {}),
        ("contracts/kafka.yaml", "Kafka", {}),
    ],
)  # fmt: skip
def test_whose_a_document_is(scan: Scan, path: str, title: str, expected: Mapping[str, list[str]]) -> None:
    assert _does(scan({**SYSTEM, path: asynchronous(title)})) == expected
    same = {name: ["serve GET /c"] for name in expected}
    assert _does(scan({**SYSTEM, path: synchronous(title)})) == same


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"stock/pom.xml": "", "stock/src/asyncapi.yaml": asynchronous("Goods")}, {"stock": ["publish c"]}),
        ({"pages/package.json": "", "pages/api/openapi.json": synchronous("Html")}, {"pages": ["serve GET /c"]}),
        ({"frontend/package.json": "", "frontend/openapi.json": synchronous("Api")}, {}),
        ({"admin-ui/package.json": "", "admin-ui/openapi.json": synchronous("Api")}, {}),
        ({"net/Stock.csproj": "", "net/asyncapi.yaml": asynchronous("")}, {"net": ["publish c"]}),
        ({"pages/package.json": "", "pages/api/backend.json": synchronous("Backend of Orders, Inc")}, {}),
        ({"mail-service/go.mod": "", "mail-service/asyncapi.yaml": asynchronous("Letters")}, {"mail": ["publish c"]}),
        ({"package.json": "", "asyncapi.yaml": asynchronous("Goods")}, {}),
        ({"orders/package.json": "", "orders/asyncapi.yaml": asynchronous("Goods")}, {}),
        ({"libs/package.json": "", "libs/x.py": "", "libs/asyncapi.yaml": asynchronous("Goods")}, {}),
        (
            {"billing/asyncapi.yaml": asynchronous("Billing", "a"), "billing/openapi.yaml": synchronous("Billing", "/b")},
            {"billing": ["publish a", "serve GET /b"]},
        ),
        (
            {"billing/asyncapi.yaml": asynchronous("Billing", "a"), "contracts/billing.yaml": asynchronous("Billing", "a")},
            {"billing": ["publish a"]},
        ),
    ],
)
def test_folders_of_other_languages(scan: Scan, files: Mapping[str, str], expected: Mapping[str, list[str]]) -> None:
    assert _does(scan({**SYSTEM, **files})) == expected


def test_a_folder_of_several_belongs_to_the_one_with_the_name(scan: Scan) -> None:
    compose = "services:\n  a: {build: java, command: a}\n  b: {build: java, command: b}\n"
    java = {"java/Dockerfile": "FROM openjdk:21\n", "x/compose.yml": compose.replace("java", "../java")}
    assert _does(scan({**SYSTEM, **java, "java/asyncapi.yaml": asynchronous("B")})) == {"b": ["publish c"]}
    assert _does(scan({**SYSTEM, **java, "java/asyncapi.yaml": asynchronous("Both")})) == {}


def test_what_is_stated_counts_as_known(scan: Scan) -> None:
    config = Config(externals=[ExternalConfig(name="general-ledger", publishes=["booked"])])
    project = scan({**SYSTEM, "contracts/gl.yaml": asynchronous("General Ledger")}, config)
    assert _does(project) == {"general-ledger": ["publish c"]}
    assert next(e.publishes for e in project.externals if e.name == "general-ledger") == ("booked",)


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("contracts/x.yaml", asynchronous("Stock"), [("AsyncAPI document of nobody", 2)]),
        ("contracts/x.yaml", synchronous("Stock"), []),
        ("examples/x.yaml", asynchronous("Stock"), []),
        ("contracts/x.yaml", "asyncapi: 2.0.0\ninfo: {title: Stock}\nchannels: {}\n", []),
        ("orders/x.yaml", "asyncapi: 2.0.0\nchannels: {c: {publish: {}}}\n", []),
        (
            "billing/asyncapi.yaml",
            "asyncapi: 2.0.0\nchannels:\n  c:\n    publish: {}\n",
            [("neither a server nor a binding says how c travels", 4)],
        ),
    ],
)
def test_what_cannot_be_used_is_said(scan: Scan, path: str, text: str, expected: list[tuple[str, int]]) -> None:
    found = scan({**SYSTEM, path: text}).diagnostics
    assert [
        (d.message[: len(said)], d.location and d.location.line) for d, (said, _) in zip(found, expected, strict=True)
    ] == expected
    assert all(str(d.location).startswith(path) for d in found)


@pytest.mark.parametrize(
    ("server", "expected"),
    [
        ("openapi: 3.0.0\nservers: [{url: 'https://Billing.example.org/v1'}]\n", [("billing.example.org", None)]),
        ("openapi: 3.0.0\nservers: [{url: 'http://bills:8080'}, {url: '/v1'}]\n", [("bills", 8080)]),
        ("openapi: 3.0.0\nservers: [{url: 'http://user:p%40ss@bills:8080/v1'}]\n", [("bills", 8080)]),
        ("openapi: 3.0.0\nservers: [{url: 'http://bills/users/a@b.example.org/'}]\n", [("bills", None)]),
        ("swagger: '2.0'\nhost: user@bills.example.org\n", [("bills.example.org", None)]),
        ("openapi: 3.0.0\nservers: [{url: 'http://localhost:8080'}]\n", []),
        ("openapi: 3.0.0\nservers: [{url: 'http://user@localhost:8080'}]\n", []),
        ("openapi: 3.0.0\nservers: [{url: 'https://{region}.example.org'}]\n", []),
        ("swagger: '2.0'\nhost: bills.example.org:81\n", [("bills.example.org", 81)]),
    ],
)
def test_where_an_api_is_asked_for(scan: Scan, server: str, expected: list[tuple[str, int | None]]) -> None:
    text = f"{server}info: {{title: Mail}}\npaths: {{/c: {{get: {{}}}}}}\n"
    project = scan({**SYSTEM, "contracts/x.yaml": text})
    assert [
        (a.host, a.port)
        for e in project.externals
        for a in e.addresses
        if e.name == "mail" and a.location.path != "docker-compose.yml"
    ] == expected


def test_nothing_outside_is_read(scan: Scan, tmp_path: Path) -> None:
    (tmp_path / "asyncapi.yaml").write_text(asynchronous("Billing"))
    (tmp_path / "system").mkdir()
    (tmp_path / "system" / "billing.yaml").symlink_to(tmp_path / "asyncapi.yaml")
    assert _does(scan(SYSTEM)) == {}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"pom.xml": "", "src/main/resources/asyncapi.yaml": asynchronous("Goods")}, {"stock": ["publish c"]}),
        ({"pom.xml": "", "asyncapi.yaml": asynchronous("Goods"), "tools/x.py": ""}, {}),
        ({"asyncapi.yaml": asynchronous("Goods")}, {}),
    ],
)
def test_a_repository_of_another_language(
    tmp_path: Path,
    writer: Callable[[Path, Mapping[str, str]], Path],
    readers: tuple[DescriptorReader, ...],
    files: dict[str, str],
    expected: dict[str, list[str]],
) -> None:
    ours = writer(tmp_path / "orders", {"app.py": "print('orders')\n", "requirements.txt": ""})
    theirs = writer(tmp_path / "stock", files)
    system = together([(ours, Config()), (theirs, Config())], Config())
    assert _does(discover(system, readers, PLUGINS)) == expected


def test_what_other_repositories_have_the_code_of_needs_no_document(
    tmp_path: Path, writer: Callable[[Path, Mapping[str, str]], Path], readers: tuple[DescriptorReader, ...]
) -> None:
    ours = writer(tmp_path / "orders", {"app.py": "print('orders')\n", "requirements.txt": ""})
    compose = "services:\n  orders: {image: house/orders}\n  web: {build: web}\n"
    contract = {
        "compose.yml": compose,
        "contracts/orders.yaml": asynchronous("Orders"),
        "web/app.py": "",
        "web/requirements.txt": "",
    }
    theirs = writer(tmp_path / "deployment", contract)
    assert _does(discover(together([(theirs, Config())], Config()), readers, PLUGINS)) == {"orders": ["publish c"]}
    assert _does(discover(together([(ours, Config()), (theirs, Config())], Config()), readers, PLUGINS)) == {}
