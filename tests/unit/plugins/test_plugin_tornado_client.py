"""Tornado's clients: URLs and requests that are fetched, and what only prepares them."""

from __future__ import annotations

from sightings import checks

SETUP = """
from tornado.httpclient import AsyncHTTPClient, HTTPClient, HTTPRequest
from tornado.websocket import websocket_connect

HTTPClient().fetch("http://control/x")
"""
CONTROL = "call http GET /x at control"

FORMS = [
    (
        """
        async def ask():
            await AsyncHTTPClient().fetch('http://stock:8000/items')
        """,
        "call http GET /items at stock:8000",
    ),
    (
        """
        client = AsyncHTTPClient()
        async def ask():
            await client.fetch('http://stock/items', method='POST', body='')
        """,
        "call http POST /items at stock",
    ),
    (
        "HTTPClient().fetch(HTTPRequest('http://stock/items'))",
        "call http GET /items at stock",
    ),
    (
        "HTTPClient().fetch(HTTPRequest('http://stock/items', 'PUT', body=''))",
        "call http PUT /items at stock",
    ),
    (
        """
        request = HTTPRequest(url='http://stock/items', method='DELETE')
        HTTPClient().fetch(request)
        """,
        "call http DELETE /items at stock",
    ),
    (
        """
        def ask(path, **options):
            HTTPClient().fetch('http://stock' + path, **options)
        ask('/items')
        """,
        "call http GET /items at stock",
    ),
    (
        """
        async def listen():
            await websocket_connect('ws://stock/live')
        """,
        "call http GET /live at stock",
    ),
    (
        """
        async def listen():
            await websocket_connect(HTTPRequest('ws://stock/live'))
        """,
        "call http GET /live at stock",
    ),
]

LOOK_ALIKES = [
    "HTTPRequest('http://stock/items')",
    "AsyncHTTPClient()",
    "AsyncHTTPClient.configure('tornado.curl_httpclient.CurlAsyncHTTPClient')",
    "HTTPClient().close()",
    """
    from tornado.httputil import url_concat
    url_concat('http://stock/items', {})
    """,
    """
    class Dog:
        def fetch(self, what): ...
    Dog().fetch('http://stock/items')
    """,
    """
    def play(dog):
        dog.fetch('http://stock/items')
    """,
    "{}.get('http://stock/items')",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
