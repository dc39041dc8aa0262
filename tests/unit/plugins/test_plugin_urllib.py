"""urllib.request, urllib3 and WebSockets: what opens a URL, and what only takes one apart."""

from __future__ import annotations

from sightings import checks

SETUP = """
import urllib.parse
import urllib.request

import urllib3

urllib.request.urlopen("http://control/x")
"""
CONTROL = "call http GET /x at control"

FORMS = [
    (
        "import websockets\nasync def go():\n    async with websockets.connect('ws://stock/feed'): ...",
        "call http GET /feed at stock",
    ),
    ("import websocket\nwebsocket.create_connection('ws://stock:80/feed')", "call http GET /feed at stock:80"),
    ("from websockets.sync.client import connect\nconnect(uri='wss://stock/feed')", "call http GET /feed at stock"),
    ("urllib.request.urlopen('http://stock:8000/items')", "call http GET /items at stock:8000"),
    ("urllib.request.urlopen(url='http://stock/items', timeout=5)", "call http GET /items at stock"),
    ("urllib.request.urlopen('http://stock/items', b'x')", "call http POST /items at stock"),
    ("urllib.request.urlopen('http://stock/items', data=b'x')", "call http POST /items at stock"),
    ("with urllib.request.urlopen('http://stock/items') as answer:\n    answer.read()", "call http GET /items at stock"),
    ("urllib.request.urlopen(urllib.request.Request('http://stock/items'))", "call http GET /items at stock"),
    (
        """
        request = urllib.request.Request('http://stock/items', method='DELETE')
        urllib.request.urlopen(request)
        """,
        "call http DELETE /items at stock",
    ),
    ("urllib.request.urlopen(urllib.request.Request('http://stock/items', data=b'x'))", "call http POST /items at stock"),
    (
        "urllib.request.urlopen(urllib.request.Request('http://stock/items', data=b'x', method='PUT'))",
        "call http PUT /items at stock",
    ),
    ("from urllib.request import urlopen\nurlopen('http://stock/items')", "call http GET /items at stock"),
    ("from six.moves.urllib.request import urlopen\nurlopen('http://stock/items')", "call http GET /items at stock"),
    ("from six.moves import urllib\nurllib.request.urlopen('http://stock/items')", "call http GET /items at stock"),
    ("from future.moves.urllib.request import urlopen\nurlopen('http://stock/items', b'x')", "call http POST /items at stock"),
    ("import urllib2\nurllib2.urlopen(urllib2.Request('http://stock/items', data=b'x'))", "call http POST /items at stock"),
    *(
        (
            f"from {module} import {name} as joined\nurllib.request.urlopen(joined('http://stock/a/', 'items'))",
            "call http GET /a/items at stock",
        )
        for module, name in (
            ("six.moves.urllib.parse", "urljoin"),
            ("requests.compat", "urljoin"),
            ("urlparse", "urljoin"),
            ("werkzeug.urls", "url_join"),
        )
    ),
    (
        "from six.moves import urllib_parse\nurllib.request.urlopen(urllib_parse.urljoin('http://stock', 'items'))",
        "call http GET /items at stock",
    ),
    ("from urllib import request\nrequest.urlopen('http://stock/items')", "call http GET /items at stock"),
    ("urllib3.PoolManager().request('GET', 'http://stock/items')", "call http GET /items at stock"),
    ("http = urllib3.PoolManager()\nhttp.request('POST', url='http://stock/items', fields={})", "call http POST /items at stock"),
    ("urllib3.PoolManager().urlopen('GET', 'http://stock/items')", "call http GET /items at stock"),
    ("urllib3.request('GET', 'http://stock/items')", "call http GET /items at stock"),
    ("urllib.request.urlretrieve('http://stock/items', 'x')", "call http GET /items at stock"),
    ("urllib.request.build_opener().open('http://stock/items')", "call http GET /items at stock"),
    ("import os\nurllib.request.urlopen(os.environ['STOCK_URL'] + '/items')", "call http GET /items"),
    (
        """
        def ask(method, path):
            urllib.request.urlopen(urllib.request.Request('http://stock' + path, method=method))
        ask('DELETE', '/items/1')
        """,
        "call http DELETE /items/1 at stock",
    ),
    ("def count(sku):\n    urllib.request.urlopen(f'http://stock/items/{sku}')", "call http GET /items/{} at stock"),
    (
        "urllib3.PoolManager().request_encode_url('GET', 'http://stock/items')",
        "call http GET /items at stock",
    ),
    (
        "urllib3.ProxyManager('http://proxy:3128').request('GET', 'http://stock/items')",
        "call http GET /items at stock",
    ),
    (
        "urllib3.proxy_from_url('http://proxy:3128').request_encode_body('PUT', 'http://stock/items')",
        "call http PUT /items at stock",
    ),
]

LOOK_ALIKES = [
    "import websockets\nasync def go(h):\n    async with websockets.serve(h, 'localhost', 8765): ...",
    "import sqlite3\nsqlite3.connect('ws://stock/feed')",
    "urllib3.ProxyManager('http://proxy:3128')",
    "urllib.request.Request('http://stock/items')",
    "urllib.parse.urlparse('http://stock/items')",
    "from six.moves.urllib.parse import urljoin\nurljoin('http://stock/', 'items')",
    "from six.moves import input\ninput('http://stock/items')",
    "from requests.compat import json\njson.loads('http://stock/items')",
    "from house.moves.urllib.request import urlopen\nurlopen('http://stock/items')",
    "urllib.parse.urljoin('http://stock/', 'items')",
    "urllib.parse.quote('http://stock/items')",
    "urllib.parse.urlencode({'a': 1})",
    "open('http://stock/items')",
    "import io\nio.open('http://stock/items')",
    "import webbrowser\nwebbrowser.open('http://stock/items')",
    "urllib3.PoolManager().clear()",
    "urllib3.disable_warnings()",
    "urllib3.util.Retry(3)",
    "urllib3.util.parse_url('http://stock/items')",
    "urllib.request.install_opener(None)",
    "urllib.request.ProxyHandler({})",
    "class Page:\n    def urlopen(self, url): ...\nPage().urlopen('http://stock/items')",
    "def show(page):\n    page.urlopen('http://stock/items')",
    "def urlopen(url): ...\nurlopen('http://stock/items')",
    "from pathlib import Path\nPath('items').open()",
    "{}.get('http://stock/items')",
    "import http.cookiejar\nhttp.cookiejar.CookieJar()",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
