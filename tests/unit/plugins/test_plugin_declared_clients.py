"""Clients of HTTP that are declared rather than written: uplink and bravado, and what only looks like them."""

from __future__ import annotations

from pathlib import Path

import pytest
from flowmap.analysis import Settings, analyse
from flowmap.config import Config
from sightings import checks, sightings

UPLINK = """
import uplink
from uplink import Body, Consumer, Path, get, json, post, returns

class Control(Consumer):
    @get('/control')
    def on(self): ...
Control(base_url='http://desk').on()
"""
CONTROL = "call http GET /control at desk"

FORMS = [
    (
        """
        class Stock(Consumer):
            @get('items/{number}')
            def item(self, number: Path): ...
        Stock(base_url='http://stock:8000/').item(7)
        """,
        "call http GET /items/{} at stock:8000",
    ),
    (
        """
        class Stock(uplink.Consumer):
            @uplink.json
            @uplink.returns.json
            @uplink.post('/items')
            def add(self, **item: uplink.Body): ...
            @uplink.delete('/items/{number}')
            def remove(self, number): ...
        stock = Stock('http://stock')
        stock.add(name='x')
        stock.remove(7)
        """,
        "call http POST /items at stock",
        "call http DELETE /items/{} at stock",
    ),
    (
        """
        class Stock(Consumer):
            def __init__(self, token):
                super().__init__(base_url='http://stock')
            @uplink.timeout(5)
            @get('/items')
            def items(self): ...
        class Shop:
            def __init__(self):
                self.stock = Stock('secret')
            def all(self):
                return self.stock.items()
        """,
        "call http GET /items at stock",
    ),
    (
        """
        class Stock(Consumer):
            @get('/items')
            def items(self): ...
        def ask(stock: Stock):
            return stock.items()
        """,
        "call http GET /items",
    ),
]
LOOK_ALIKES = [
    "class Stock(Consumer):\n    @get('/items')\n    def items(self): ...\nStock(base_url='http://stock')",
    "class Stock(Consumer):\n    def items(self): ...\nStock(base_url='http://stock').items()",
    "class Stock(Consumer):\n    @returns.json\n    def items(self): ...\nStock(base_url='http://stock').items()",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(UPLINK, FORMS, LOOK_ALIKES, CONTROL)

BRAVADO = "from bravado.client import SwaggerClient\n"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "stock = SwaggerClient.from_url('http://stock:8000/swagger.json')\nstock.items.getItem(number=7).response().result",
            ["call rpc items.getItem at stock:8000"],
        ),
        (
            """
            class Shop:
                def __init__(self, spec):
                    self.stock = SwaggerClient.from_spec(spec, 'http://stock/')
                def all(self):
                    return self.stock.items.listItems().result(timeout=5)
            """,
            ["call rpc items.listItems at stock"],
        ),
        ("SwaggerClient.from_spec({}).items.listItems().result()", ["call rpc items.listItems"]),
        ("SwaggerClient.from_url('http://stock/swagger.json').get_model('Item')", []),
        ("SwaggerClient.from_url('http://stock/swagger.json')", []),
        ("class Swagger:\n    items = None\nSwagger().items.listItems()", []),
    ],
)
def test_operations_are_called_by_their_names(code: str, expected: list[str]) -> None:
    assert sightings(BRAVADO, code) == expected


STOCK = """{"swagger": "2.0", "basePath": "/v1", "info": {"title": "Stock API"}, "paths": {"/items/{number}": {
"get": {"operationId": "getItem"}, "delete": {"operationId": "dropItem"}}}}"""
SERVER = """
from flask import Flask
app = Flask(__name__)
@app.route('/v1/items/<number>', methods=['GET', 'DELETE'])
def item(number): ...
"""
ELSEWHERE = STOCK.replace('"swagger": "2.0",', '"swagger": "2.0", "host": "stock.example.com:81",')
READ = "import json\nfrom pathlib import Path\nfrom importlib.resources import files\n"
LOADED = READ + "spec = json.loads((Path(__file__).parent / 'specs' / 'stock.json').read_text())\n"
PACKAGED = READ + "spec = json.loads((files('shop') / 'specs' / 'stock.json').read_text())\n"


@pytest.mark.parametrize(
    ("code", "document", "expected"),
    [
        (LOADED + "SwaggerClient.from_spec(spec).items.getItem(number=7).result()", STOCK, ["GET /v1/items/{} to stock"]),
        (PACKAGED + "SwaggerClient.from_spec(spec).items.dropItem(number=7).result()", STOCK, ["DELETE /v1/items/{} to stock"]),
        (LOADED + "SwaggerClient.from_spec(spec, 'http://other/').items.getItem()", STOCK, ["GET /v1/items/{} to external:other"]),
        (LOADED + "SwaggerClient.from_spec(spec).items.getItem()", ELSEWHERE, ["GET /v1/items/{} to external:stock.example.com"]),
        (LOADED + "SwaggerClient.from_spec(spec).items.count()", STOCK, ["items.count to None"]),
        (LOADED + "SwaggerClient.from_spec(spec['paths']).items.getItem()", STOCK, ["items.getItem to None"]),
        (
            PACKAGED.replace("stock.json", "other.json") + "SwaggerClient.from_spec(spec).items.getItem()",
            STOCK,
            ["items.getItem to None"],
        ),
        (LOADED + "SwaggerClient.from_spec({}).items.getItem()", STOCK, ["items.getItem to None"]),
    ],
)
def test_a_document_of_the_scan_says_what_is_requested(tmp_path: Path, code: str, document: str, expected: list[str]) -> None:
    files = {
        "shop/Dockerfile": "FROM python\n",
        "shop/shop/__init__.py": "",
        "shop/shop/main.py": BRAVADO + code,
        "shop/shop/specs/stock.json": document,
        "stock/Dockerfile": "FROM python\n",
        "stock/main.py": SERVER,
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / path).write_text(text)
    calls = [i for i in analyse(tmp_path, Config(), Settings(workers=1)).flow.interactions if i.role == "call"]
    assert [f"{i.operation} to {i.target}" for i in calls] == expected
