"""http.server: classes that answer by their methods, and what only looks like them."""

from __future__ import annotations

from sightings import checks

SETUP = """
from http.server import BaseHTTPRequestHandler, HTTPServer, SimpleHTTPRequestHandler

class Control(BaseHTTPRequestHandler):
    def do_GET(self): ...
"""
CONTROL = "serve http GET /{} by Control.do_GET"

FORMS = [
    (
        "class Hook(BaseHTTPRequestHandler):\n    def do_POST(self): ...\nHTTPServer(('', 80), Hook).serve_forever()",
        "serve http POST /{} by Hook.do_POST",
    ),
    ("class Files(SimpleHTTPRequestHandler):\n    def do_PUT(self): ...", "serve http PUT /{} by Files.do_PUT"),
    (
        "class Base(BaseHTTPRequestHandler): ...\nclass Hook(Base):\n    def do_DELETE(self): ...",
        "serve http DELETE /{} by Hook.do_DELETE",
    ),
]
LOOK_ALIKES = [
    "class Hook:\n    def do_POST(self): ...",
    "class Hook(BaseHTTPRequestHandler):\n    def do_it(self): ...",
    "class Hook(BaseHTTPRequestHandler):\n    def log_message(self, format, *args): ...",
    "def do_GET(self): ...",
]

test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
