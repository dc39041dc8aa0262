"""http.client, the pools of urllib3 and httplib2: requests for paths, and what only opens or closes."""

from __future__ import annotations

from sightings import checks

SETUP = """
import http.client
import httplib2
import urllib3

http.client.HTTPConnection("control").request("GET", "/x")
"""
CONTROL = "call http GET /x at control"

FORMS = [
    (
        "http.client.HTTPConnection('stock', 8000, timeout=3).request('GET', '/items?a=1')",
        "call http GET /items at stock:8000",
    ),
    (
        """
        connection = http.client.HTTPSConnection(host='stock:8443')
        connection.request('POST', '/items', body=b'x')
        """,
        "call http POST /items at stock:8443",
    ),
    (
        "http.client.HTTPConnection('stock').putrequest('PUT', '/items')",
        "call http PUT /items at stock",
    ),
    (
        """
        import os
        port = int(os.environ.get('STOCK_PORT', '8000'))
        http.client.HTTPConnection(os.environ.get('STOCK_HOST', 'stock'), port).request('GET', '/items')
        """,
        "call http GET /items at stock:8000",
    ),
    (
        """
        class Stock:
            def __init__(self, host):
                self._connection = http.client.HTTPConnection(host)
            def ask(self, path):
                self._connection.request('GET', path)
        Stock('stock').ask('/items')
        """,
        "call http GET /items at stock",
    ),
    (
        """
        pool = urllib3.HTTPConnectionPool('stock', port=8000)
        pool.request('GET', '/items')
        pool.urlopen('DELETE', '/items/1')
        """,
        "call http DELETE /items/1 at stock:8000",
        "call http GET /items at stock:8000",
    ),
    (
        "urllib3.HTTPSConnectionPool('stock').request_encode_body('POST', '/items')",
        "call http POST /items at stock",
    ),
    (
        """
        from urllib3.connectionpool import HTTPConnectionPool
        HTTPConnectionPool('stock').request('GET', '/items')
        """,
        "call http GET /items at stock",
    ),
    (
        "urllib3.connection_from_url('http://stock:8000/').request('GET', '/items')",
        "call http GET /items at stock:8000",
    ),
    (
        "urllib3.PoolManager().connection_from_url('http://stock:8000').request('GET', '/items')",
        "call http GET /items at stock:8000",
    ),
    (
        "urllib3.PoolManager().connection_from_host('stock', 8000).urlopen('GET', '/items')",
        "call http GET /items at stock:8000",
    ),
    (
        "httplib2.Http('.cache').request('http://stock/items')",
        "call http GET /items at stock",
    ),
    (
        "httplib2.Http().request('http://stock/items', 'PUT', body='x')",
        "call http PUT /items at stock",
    ),
]

LOOK_ALIKES = [
    "http.client.HTTPConnection('stock')",
    "http.client.HTTPConnection('stock').getresponse()",
    "http.client.HTTPConnection('stock').close()",
    "http.client.responses.get(404)",
    "urllib3.HTTPConnectionPool('stock').close()",
    "urllib3.PoolManager().connection_from_host('stock')",
    "httplib2.Http().add_credentials('a', 'b')",
    """
    class Desk:
        def request(self, method, path): ...
    Desk().request('GET', '/items')
    """,
    """
    def ask(connection):
        connection.request('GET', '/items')
    """,
    "{}.get('/items')",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
