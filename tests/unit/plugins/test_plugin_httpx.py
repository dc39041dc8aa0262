"""httpx: functions, clients with a base, streams, and what only looks like them."""

from __future__ import annotations

import pytest
from sightings import checks, mistaken, sightings

SETUP = """
import httpx

client = httpx.Client(base_url="http://stock/api")
httpx.get("http://control/x")
"""
CONTROL = "call http GET /x at control"

FORMS = [
    ("httpx.get('http://stock:8000/items')", "call http GET /items at stock:8000"),
    ("httpx.post('http://stock/items', json={})", "call http POST /items at stock"),
    ("httpx.put(url='http://stock/items')", "call http PUT /items at stock"),
    ("httpx.patch('http://stock/items')", "call http PATCH /items at stock"),
    ("httpx.delete('http://stock/items')", "call http DELETE /items at stock"),
    ("httpx.head('http://stock/items')", "call http HEAD /items at stock"),
    ("httpx.options('http://stock/items')", "call http OPTIONS /items at stock"),
    ("httpx.request('POST', 'http://stock/items')", "call http POST /items at stock"),
    ("with httpx.stream('GET', 'http://stock/items') as answer:\n    pass", "call http GET /items at stock"),
    ("client.get('/items')", "call http GET /api/items at stock"),
    ("client.get('items')", "call http GET /api/items at stock"),
    ("client.get('http://other/items')", "call http GET /items at other"),
    ("client.request('PUT', url='/items')", "call http PUT /api/items at stock"),
    ("with client.stream('GET', '/items') as answer:\n    pass", "call http GET /api/items at stock"),
    ("client.send(client.build_request('POST', '/items'))", "call http POST /api/items at stock"),
    ("with httpx.Client() as c:\n    c.get('http://stock/items')", "call http GET /items at stock"),
    (
        """
        async def count():
            async with httpx.AsyncClient(base_url='http://stock') as c:
                await c.get('/items')
        """,
        "call http GET /items at stock",
    ),
    ("async def count():\n    await httpx.AsyncClient().post('http://stock/items')", "call http POST /items at stock"),
    (
        """
        class Stock:
            def __init__(self):
                self.http = httpx.Client(base_url='http://stock')
            def count(self, sku):
                return self.http.get(f'/items/{sku}')
        """,
        "call http GET /items/{} at stock",
    ),
    (
        """
        class Signed(httpx.AsyncClient):
            async def request(self, method, url, **options):
                return await super().request(method, f'/v1{url}', **options)
        class Stock:
            def __init__(self):
                self.http = Signed(base_url='http://stock')
            async def count(self):
                return await self.http.get('/items')
        """,
        "call http GET /v1/items at stock",
    ),
    ("def stock(c: httpx.AsyncClient):\n    c.get('http://stock/items')", "call http GET /items at stock"),
    ("import httpx2\nhttpx2.get('http://stock/items')", "call http GET /items at stock"),
    (
        """
        try:
            import httpx2 as http
        except ImportError:
            import httpx as http
        http.get('http://stock/items')
        """,
        "call http GET /items at stock",
    ),
    (
        """
        async def count():
            c = httpx.AsyncClient()
            c.base_url = 'http://stock'
            await c.get('/items')
        """,
        "call http GET /items at stock",
    ),
    (
        """
        class Stock(httpx.Client):
            def count(self):
                return self.get('http://stock/items')
        Stock().count()
        """,
        "call http GET /items at stock",
    ),
    (
        """
        class Stock:
            def __init__(self):
                self.client = httpx.AsyncClient()
                self.client.base_url = 'http://stock'
            async def find(self):
                await self.client.get('/items')
        """,
        "call http GET /items at stock",
    ),
    (
        """
        from authlib.integrations.httpx_client import AsyncOAuth2Client
        async def ask():
            await AsyncOAuth2Client('id').get('http://stock/items')
        """,
        "call http GET /items at stock",
    ),
]

LOOK_ALIKES = [
    "httpx.Client(base_url='http://stock')",
    "httpx.URL('http://stock/items')",
    "httpx.Request('GET', 'http://stock/items')",
    "httpx.Response(200).headers.get('http://stock/items')",
    "httpx.Timeout(5)",
    "httpx.codes.OK",
    "client.close()",
    "client.headers.get('http://stock/items')",
    "client.cookies.get('http://stock/items')",
    "client.params.get('/items')",
    "{}.get('/items')",
    "from fastapi.testclient import TestClient\nfrom fastapi import FastAPI\nTestClient(FastAPI()).get('/items')",
    "from starlette.testclient import TestClient\nTestClient(None).post('/items')",
    mistaken(
        "a client over an application in the same process counts as one over the network",
        """
        async def find():
            transport = httpx.ASGITransport(app=None)
            async with httpx.AsyncClient(transport=transport, base_url='http://test') as c:
                await c.get('/items')
        """,
    ),
    "class Store:\n    def get(self, key): ...\nStore().get('/items')",
    "def find(store):\n    return store.get('/items')",
    "import os\nos.environ.get('/items')",
    "import respx\nrespx.get('http://stock/items')",
    "import httpx_auth\nhttpx_auth.Basic('a', 'b')",
    "import tarfile\ntarfile.open('x').stream",
    "import boto3\nboto3.client('s3').head_object(Bucket='b', Key='/items')",
    "raise httpx.HTTPStatusError('http://stock/items', request=None, response=None)",
    "call = client.get\nprint(call)",
    "async def stop():\n    await httpx.AsyncClient().aclose()",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)

LATER = """
class Stock:
    def __init__(self, given=None):
        self.client: httpx.AsyncClient | None = None
    async def start(self, given):
        self.client = {made}
    async def items(self):
        await self.client.get("/items")
"""
GLOBAL = """
client: httpx.AsyncClient | None = None
def start(given):
    global client
    client = {made}
async def items():
    await client.get("/items")
"""


@pytest.mark.parametrize("code", [LATER, GLOBAL])
@pytest.mark.parametrize(
    ("made", "expected"),
    [
        ("httpx.AsyncClient(base_url='http://stock')", ["call http GET /items at stock"]),
        (
            "given.client()",
            ["call http GET /items"],
        ),  # the annotation only says which library it is of
        ("__import__('house').client()", ["call http GET /items"]),
        ("None", ["call http GET /items"]),
    ],
)
def test_what_takes_the_place_of_a_declared_none_is_the_client(code: str, made: str, expected: list[str]) -> None:
    assert sightings(SETUP, code.format(made=made)) == [*expected, CONTROL]


WRAPPER = """
class Api:
    def __init__(self, base_url=None):
        self.client = httpx.Client(base_url=base_url)
    def get(self, url):
        return self.send("GET", url)
    def put(self, url):
        return self.send("PUT", url)
    def send(self, method, url):
        return self.client.request(method, url)
"""


@pytest.mark.parametrize(
    ("used", "expected"),
    [
        ("Api('http://stock/api').get('/items')", ["call http GET /api/items at stock"]),
        ("Api().get('http://stock/items')", ["call http GET /items at stock"]),
        ("Api().get('/items')", ["call http GET /items"]),
        ("Api('http://stock')", ["call http GET /{}", "call http PUT /{}"]),
    ],
)
def test_a_method_that_nobody_calls_asks_nobody_at_the_base_of_its_client(used: str, expected: list[str]) -> None:
    assert sightings(SETUP, f"{WRAPPER}{used}") == sorted([*expected, CONTROL])
