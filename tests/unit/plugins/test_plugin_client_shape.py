"""HTTP clients of libraries that nobody knows: by the name of the class, a verb, and a path or an address."""

from __future__ import annotations

from sightings import checks

SETUP = """
from house.clients import ApiClient, StockClient
from house.http import HttpService
HOST = "http://stock:8000"
"""

FORMS = [
    ("StockClient().get('/items/3')", "call http GET /items/3 guess"),
    ("StockClient().post(url='http://stock/items')", "call http POST /items at stock guess"),
    ("StockClient(base_url=HOST).get('/items')", "call http GET /items at stock:8000 guess"),
    ("StockClient(host=HOST).delete(path='/items/3')", "call http DELETE /items/3 at stock:8000 guess"),
    ("class Own(ApiClient):\n    def items(self):\n        return self.get('/items')", "call http GET /items guess"),
    ("ApiClient().request('PATCH', '/items/3')", "call http PATCH /items/3 guess"),
    ("HttpService().put('http://stock/items/3', {})", "call http PUT /items/3 at stock guess"),
    ("HttpService().post(HOST, 'items', {})", "call http POST /items at stock:8000 guess"),
    ("HttpService().post('stock:8000', '/items')", "call http POST /items at stock:8000 guess"),
    ("HttpService().request('GET', HOST, 'items/3')", "call http GET /items/3 at stock:8000 guess"),
    (
        """
        class Poster:
            def __init__(self, url, http: HttpService):
                self.url, self.http = url, http
            def send(self, endpoint):
                self.http.post(self.url, endpoint)
        poster = Poster(HOST, HttpService())
        poster.send("orders")
        poster.send("parcels")
        """,
        "call http POST /orders at stock:8000 guess",
        "call http POST /parcels at stock:8000 guess",
    ),
]
LOOK_ALIKES = [
    "StockClient().get('items')",
    "StockClient().get('items', '/default')",
    "StockClient().get(HOST)",
    "HttpService().post(HOST, {})",
    "HttpService().post(HOST, '')",
    "HttpService().post('stock', 'items')",
    "HttpService().post('12:30 on the clock', 'items')",
    "HttpService().get('http://stock:8000 is the address', 'items')",
    "from http.cookies import SimpleCookie\nSimpleCookie().get('/items')",
    "import http.client\nhttp.client.HTTPMessage().get('/items')",
    "from house.stores import Shelf\nShelf().get('/items')",
    "from house.stores import Shelf\nShelf().post(HOST, 'items')",
    "class HttpThing:\n    def post(self, host, path): ...\nHttpThing().post(HOST, 'items')",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES)
