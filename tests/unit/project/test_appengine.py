"""Services of Google App Engine: what starts them, what they are told, and where they are asked."""

from __future__ import annotations

import pytest
from fixtures import Read, Scan
from flowmap.project.readers.appengine import READER

APP = "from flask import Flask\napp = Flask(__name__)\n"


def _started(read: Read, text: str, path: str = "shop/app.yaml", **others: str) -> list[str]:
    files = {path: text, "shop/requirements.txt": "", **others}
    return [" ".join(p.command[2:]) or str(p.build and p.build.context) for p in read(READER, files).processes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("runtime: python312\nservice: a\nentrypoint: gunicorn -b :$PORT shop:app\n", ["gunicorn -b :$PORT shop:app"]),
        ("runtime: python312\nservice: a\n", ["gunicorn main:app"]),
        ("runtime: 'python39'\nhandlers: [{url: /.*, script: auto}]\n", ["gunicorn main:app"]),
        ("runtime: python\nenv: flex\nentrypoint: python worker.py\n", ["python worker.py"]),
        ("runtime: python\nvm: true\nentrypoint: {shell: python worker.py}\n", ["python worker.py"]),
        ("runtime: python27\nhandlers: [{url: /s, static_dir: s}, {url: /, script: shop.web.app}]\n", ["gunicorn shop.web:app"]),
        ("runtime: python27\nhandlers: [{url: /, script: cgi.py}]\n", ["python cgi.py"]),
        # look-alikes
        ("runtime: nodejs20\nservice: a\n", []),
        ("runtime: go122\nservice: a\nentrypoint: python x.py\n", []),
        ("runtime: python3.9\n", []),
        ("runtime: python\nname: plugin\nmain: x.py\nenv: {}\n", []),
        ("kind: Function\nruntime: python\nservice: a\n", []),
        ("- runtime: python312\n", []),
        ("spec:\n  runtime: python312\n  service: a\n", []),
        ("runtime: python312\nservice: a\n---\nruntime: python312\nservice: b\n", []),
        ("runtime: custom\nenv: flex\n", []),
    ],
)  # fmt: skip
def test_what_is_started(read: Read, text: str, expected: list[str]) -> None:
    assert _started(read, text) == expected


def test_a_runtime_of_ones_own(read: Read) -> None:
    assert _started(read, "runtime: custom\nenv: flex\n", **{"shop/Dockerfile": "FROM python\n"}) == ["shop"]


@pytest.mark.parametrize(
    ("path", "text", "problems"),
    [
        ("app.yaml", "runtime: python312\nservice: [\n", 1),
        ("dispatch.yaml", "dispatch: [\n", 1),
        ("app.yaml", "runtime: python312\nservice: {{ name }}: [\n", 0),
        ("other.yaml", "runtime: python312\nservice: [\n", 0),
        ("dispatch.yaml", "dispatch: []\n", 0),
    ],
)
def test_what_cannot_be_read_is_said(read: Read, path: str, text: str, problems: int) -> None:
    found = read(READER, {path: text})
    assert (len(found.processes), len(found.gateways), len(found.diagnostics)) == (0, 0, problems)


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ("env_variables: {V: a}", "a"),
        ("env_variables: [{V: a}]", "a"),
        ("includes: [more.yaml]", "included"),
        ("env_variables: {V: a}\nincludes: [more.yaml]", "a"),
        ("includes: [none.yaml, ../../outside.yaml]", None),
        ("includes: [broken.yaml]", None),
        ("env_variables: {V: }", None),
        ("build_env_variables: {V: a}", None),
    ],
)
def test_what_a_service_is_told(scan: Scan, variables: str, expected: str | None) -> None:
    files = {
        "more.yaml": "env_variables: {V: included}\n",
        "broken.yaml": "env_variables: [\n",
        "main.py": APP,
        "requirements.txt": "",
    }
    (found,) = scan({**files, "app.yaml": f"runtime: python312\nservice: shop\n{variables}\n"}).services
    assert (found.name, found.entry) == ("shop", "main.py")
    assert next((s.value for s in found.environment if s.name == "V"), None) == expected


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (("app.yaml", "app.staging.yaml"), "app.yaml"),
        (("app.dev.yaml", "shop.yaml"), "shop.yaml"),
        (("app.yaml", "app-production.yaml"), "app-production.yaml"),
        (("deploy/staging_app.yaml", "deploy/prod_app.yaml"), "deploy/prod_app.yaml"),
    ],
)
def test_of_several_files_that_for_production_holds(scan: Scan, names: tuple[str, ...], chosen: str) -> None:
    files = {n: f"runtime: python312\nservice: shop\nenv_variables: {{V: {n}}}\n" for n in names}
    (found,) = scan({**files, "main.py": APP, "requirements.txt": ""}).services
    assert [s.value for s in found.environment if s.name == "V"] == [chosen]


def test_two_services_of_one_folder(scan: Scan) -> None:
    text = "runtime: python312\nservice: {0}\nentrypoint: gunicorn {0}:app\n"
    files = {"shop/hub.yaml": text.format("hub"), "shop/web.yaml": text.format("web"), "shop/requirements.txt": ""}
    found = scan({**files, "shop/hub.py": APP, "shop/web.py": APP}).services
    assert [(s.name, s.entry) for s in found] == [("hub", "shop/hub.py"), ("web", "shop/web.py")]
    assert "hub-dot-{}.appspot.com" in {a.host for a in found[0].addresses}


@pytest.mark.parametrize(
    ("service", "hosts"), [("", {"{}.appspot.com", "default-dot-{}.appspot.com"}), ("a", {"a-dot-{}.{}.r.appspot.com"})]
)
def test_where_a_service_is_asked(read: Read, service: str, hosts: set[str]) -> None:
    stated = f"service: {service}\n" if service else "env: standard\n"
    (process,) = read(READER, {"app.yaml": f"runtime: python312\n{stated}"}).processes
    assert {a.host for a in process.addresses} >= hosts
    assert ("{}.appspot.com" in {a.host for a in process.addresses}) is not bool(service)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("{url: '*/queue/*', service: q}", ("/queue/", "q", False, ())),
        ("{url: '*/queue/one', service: q}", ("/queue/one", "q", True, ())),
        ("{url: 'Shop.example.org/*', module: q}", ("/", "q", False, ("shop.example.org",))),
        ("{url: '*.example.org/*', service: q}", ("/", "q", False, ())),
        ("{url: '*/a*', service: q}", ("/a", "q", False, ())),
        ("{url: '*/a'}", None),
        ("{service: q}", None),
        ("text", None),
    ],
)
def test_dispatch(read: Read, rule: str, expected: tuple[object, ...] | None) -> None:
    found = [
        (r.prefix, r.upstream, r.exact, r.hosts)
        for g in read(READER, {"dispatch.yaml": f"dispatch:\n- {rule}\n"}).gateways
        for r in g.routes
    ]
    assert found == ([expected] if expected is not None else [])


def test_more_routes_than_are_read_are_said(read: Read) -> None:
    found = read(READER, {"dispatch.yaml": "dispatch:\n" + "- {url: '*/a', service: q}\n" * 6_000})
    assert (len(found.gateways[0].routes), [str(d.location) for d in found.diagnostics]) == (5_000, ["dispatch.yaml:5002"])


def test_the_default_service_is_called_after_what_it_is(scan: Scan) -> None:
    files = {"app.yaml": "runtime: python312\nservice: default\n", "main.py": APP, "requirements.txt": ""}
    (found,) = scan({**files, "worker.yaml": "runtime: python312\nservice: worker\n"}).services
    assert (found.name, {"default", "worker"} <= set(found.aliases)) == ("system", True)
