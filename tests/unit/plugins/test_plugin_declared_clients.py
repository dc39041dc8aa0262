"""Clients of HTTP that are declared rather than written: uplink and bravado, and what only looks like them."""

from __future__ import annotations

import pytest
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
