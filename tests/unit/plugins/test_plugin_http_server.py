"""`http.server`: methods that tell paths apart, and what only looks like them."""

from __future__ import annotations

from sightings import checks

SETUP = """
import re
from http.server import BaseHTTPRequestHandler, HTTPServer, SimpleHTTPRequestHandler
from urllib.parse import urlparse

class Control(BaseHTTPRequestHandler):
    def do_HEAD(self):
        if self.path == "/control":
            self.send_response(200)

def answer(): ...
"""
CONTROL = "serve http HEAD /control by Control.do_HEAD"


def _handler(body: str, method: str = "do_GET", base: str = "BaseHTTPRequestHandler") -> str:
    lines = "\n".join(" " * 8 + line for line in body.strip().splitlines())
    return f"class H({base}):\n    ORDER = '/o'\n    def {method}(self):\n{lines}\n    def answer(self): ...\n"


FORMS = [
    (_handler("if self.path == '/x':\n    self.send_response(200)"), "serve http GET /x by H.do_GET"),
    (_handler("if '/x' == self.path:\n    pass", "do_POST"), "serve http POST /x by H.do_POST"),
    (_handler("if self.path != '/x':\n    return self.send_error(404)"), "serve http GET /x by H.do_GET"),
    (_handler("if self.path not in ('/x', '/y'):\n    return"), "serve http GET /x by H.do_GET", "serve http GET /y by H.do_GET"),
    (_handler("if self.path == '/x':\n    self.answer()"), "serve http GET /x by H.answer"),
    (_handler("if self.path == '/x':\n    return self.answer()"), "serve http GET /x by H.answer"),
    (_handler("if self.path == '/x':\n    print(1)\n    self.answer()"), "serve http GET /x by H.do_GET"),
    (_handler("if self.path == self.ORDER:\n    pass"), "serve http GET /o by H.do_GET"),
    (_handler("if self.path.startswith('/x/'):\n    pass"), "serve http GET /x/{**} by H.do_GET"),
    (_handler("if self.path.startswith('/x?n='):\n    pass"), "serve http GET /x by H.do_GET"),
    (_handler("if urlparse(self.path).path == '/x':\n    pass"), "serve http GET /x by H.do_GET"),
    (_handler("url = urlparse(self.path)\nif url.path == '/x':\n    pass"), "serve http GET /x by H.do_GET"),
    (_handler("path, _, query = self.path.partition('?')\nif path == '/x':\n    pass"), "serve http GET /x by H.do_GET"),
    (_handler("match self.path:\n    case '/x' | '/y': pass"), "serve http GET /x by H.do_GET", "serve http GET /y by H.do_GET"),
    (_handler("if re.match(r'^/x/(\\d+)$', self.path):\n    pass"), "serve http GET /x/{} by H.do_GET"),
    (
        "X = re.compile('/x/[0-9]+')\n" + _handler("if (found := X.fullmatch(self.path)):\n    pass"),
        "serve http GET /x/{} by H.do_GET",
    ),
    (_handler("{'/x': self.answer}.get(self.path)()"), "serve http GET /x by H.answer"),
    (
        """
        class H(BaseHTTPRequestHandler):
            def do_GET(self):
                self.route(urlparse(self.path).path)
            def route(self, path):
                if path == '/x': ...
        """,
        "serve http GET /x by H.do_GET",
    ),
    (
        """
        class Base(SimpleHTTPRequestHandler):
            def do_PUT(self):
                if self.path == '/x': ...
        class H(Base): ...
        """,
        "serve http PUT /x by Base.do_PUT",
    ),
    (_handler("self.answer()"), "serve http GET /{**} by H.do_GET"),
    (_handler("if self.headers['x'] == '/x':\n    pass"), "serve http GET /{**} by H.do_GET"),
    (_handler("if urlparse(self.path).query == '/x':\n    pass"), "serve http GET /{**} by H.do_GET"),
    (_handler("if self.path == 'x':\n    pass"), "serve http GET /{**} by H.do_GET"),
]

LOOK_ALIKES = [
    _handler("if self.path == '/x':\n    pass", base=""),
    _handler("if self.path == '/x':\n    pass", "do_thing"),
    _handler("if self.path == '/x':\n    pass", "log_message"),
    "class H(BaseHTTPRequestHandler):\n    protocol_version = 'HTTP/1.1'",
    "def do_GET(self):\n    if self.path == '/x': ...",
    "HTTPServer(('', 80), Control).serve_forever()",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
