"""API documents: their operations are endpoints of the program that serves the document, at the document's own lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from flowmap.analysis import Settings, analyse
from flowmap.config import Config

APP = "import connexion\napp = connexion.FlaskApp(__name__, specification_dir='spec')\napp.add_api('api.yaml')\n"
HANDLERS = "def find(): ...\nclass Orders:\n    def get(self): ...\n"
ORDERS = "/orders:\n    get:\n      operationId: shop.orders.find\n"
THREE = f"openapi: 3.0.3\nservers:\n- url: http://shop.example.org/v1/\npaths:\n  {ORDERS}"
TWO = f"swagger: '2.0'\nbasePath: /v2\npaths:\n  {ORDERS}"
AT_FOUR = ("shop", "GET /v1/orders", "find", "spec/api.yaml:6")
DOUBLED = ", ".join(f"v{n}: {{default: '{{v{n + 1}}}{{v{n + 1}}}'}}" for n in range(60))


def _found(root: Path, files: dict[str, str]) -> list[tuple[str, str | None, str | None, str]]:
    usual = {"shop/__init__.py": "", "shop/app.py": APP, "shop/orders.py": HANDLERS, "requirements.txt": ""}
    for path, text in (usual | {"Procfile": "shop: python -m shop.app\n"} | files).items():
        (root / path).parent.mkdir(exist_ok=True, parents=True)
        (root / path).write_text(text)
    sites = analyse(root, Config(), Settings(workers=1)).flow.interactions
    return [(i.service, i.operation, i.handler and i.handler.name, str(i.location)) for i in sites if i.role == "serve"]


def _app(*arguments: str) -> dict[str, str]:
    return {"shop/app.py": f"import connexion\nconnexion.App(__name__).add_api({', '.join(arguments)})\n", "spec/api.yaml": THREE}


def _operation(text: str) -> dict[str, str]:
    return {"spec/api.yaml": f"openapi: 3.1.0\npaths:\n{text}"}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"spec/api.yaml": THREE}, [AT_FOUR]),
        ({"spec/api.yaml": TWO}, [("shop", "GET /v2/orders", "find", "spec/api.yaml:5")]),
        (_app("'api.yaml'", "base_path='/other'"), [("shop", "GET /other/orders", "find", "spec/api.yaml:6")]),
        (_app("specification='spec/api.yaml'"), [AT_FOUR]),
        (
            {
                "shop/app.py": "import connexion\nSPEC = 'api.yaml'\nconnexion.AsyncApp('x').add_api(translated(SPEC))\n",
                "spec/api.yaml": THREE,
            },
            [AT_FOUR],
        ),
        (
            {
                "shop/app.py": "import connexion\ndef create(spec, base):\n    connexion.App('x').add_api(spec, base_path=base)\n"
                "create('api.yaml', '/given')\n",
                "spec/api.yaml": THREE,
            },
            [("shop", "GET /given/orders", "find", "spec/api.yaml:6")],
        ),
        (
            _operation("  /orders:\n    get: {operationId: Orders.get, x-openapi-router-controller: shop.orders}\n"),
            [("shop", "GET /orders", "Orders.get", "spec/api.yaml:4")],
        ),
        (
            {
                "shop/app.py": "import connexion\nfrom connexion.resolver import RestyResolver\nfrom shop.api import orders\n"
                "connexion.App('x').add_api('api.yaml', resolver=RestyResolver('shop.api'))\n",
                "shop/api/__init__.py": "",
                "shop/api/orders.py": "def search(): ...\ndef get(number): ...\ndef post(): ...\n",
            }
            | _operation("  /orders:\n    get: {}\n    post: {}\n  /orders/{number}:\n    get: {}\n    put: {}\n"),
            [
                ("shop", "GET /orders", "search", "spec/api.yaml:4"),
                ("shop", "POST /orders", "post", "spec/api.yaml:5"),
                ("shop", "GET /orders/{}", "get", "spec/api.yaml:7"),
            ],
        ),
        (
            _operation("  /orders:\n    $ref: paths/orders.yaml\n")
            | {"spec/paths/orders.yaml": "post:\n  operationId: shop.orders.find\n"},
            [("shop", "POST /orders", "find", "spec/paths/orders.yaml:1")],
        ),
        (
            {"spec/api.yaml": "openapi: 3.0.3\nservers: [{url: '/{v}', variables: {v: {default: v3}}}]\npaths:\n  " + ORDERS},
            [("shop", "GET /v3/orders", "find", "spec/api.yaml:5")],
        ),
        (
            {"spec/api.yaml": f"openapi: 3.0.3\nservers: [{{url: '{{v0}}', variables: {{{DOUBLED}}}}}]\npaths:\n  " + ORDERS},
            [("shop", "GET /orders", "find", "spec/api.yaml:5")],
        ),
        (
            {
                "shop/app.py": APP.replace("yaml", "json"),
                "api.json": '{"swagger": "2.0", "paths": {"/x": {\n"get": {"operationId": "shop.orders.find"}}}}',
            },
            [("shop", "GET /x", "find", "api.json:2")],
        ),
        (_operation("  /orders:\n    get: {operationId: shop.orders.missing}\n    put: {operationId: find}\n"), []),
        (_operation("  /orders:\n    $ref: ../../../etc/passwd\n  /x: {$ref: 'nowhere.yaml#/x'}\n"), []),
        (_operation("  /orders: [get]\n  /x: {get: text}\n  /y:\n"), []),
        ({"spec/api.yaml": "openapi: [3\npaths:\n"}, []),
        ({"spec/api.yaml": "title: openapi\npaths:\n  " + ORDERS}, []),
        ({"spec/api.yaml": THREE, "shop/app.py": "import connexion\nSPEC = 'api.yaml'\n"}, []),
        ({"spec/api.yaml": THREE, "shop/app.py": APP.replace("api.yaml", "other.yaml")}, []),
        ({"spec/api.yaml": THREE, "shop/app.py": "class App:\n    def add_api(self, spec): ...\nApp().add_api('api.yaml')\n"}, []),
    ],
)
def test_a_document(tmp_path: Path, files: dict[str, str], expected: list[tuple[str, str, str, str]]) -> None:
    assert _found(tmp_path, files) == expected


def test_what_a_document_names_is_part_of_the_service_that_names_it(tmp_path: Path) -> None:
    sending = "import requests\ndef find():\n    requests.get('http://stock/items')\n"
    files = {"Procfile": "shop: python -m shop.app\nother: python -m shop.other\n", "shop/other.py": "", "shop/orders.py": sending}
    assert _found(tmp_path, files | {"spec/api.yaml": THREE}) == [AT_FOUR]
    calls = [i for i in analyse(tmp_path, Config(), Settings(workers=1)).flow.interactions if i.role == "call"]
    assert [(i.service, i.operation) for i in calls] == [("shop", "GET /items")]
