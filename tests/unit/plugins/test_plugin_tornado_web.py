"""Tornado's server: the rules of applications, and what only looks like them."""

from __future__ import annotations

from sightings import checks, missed

SETUP = """
import tornado.web
from tornado.routing import PathMatches, Rule
from tornado.web import Application, RequestHandler, URLSpec, url

class Control(RequestHandler):
    def get(self): ...
class Base(RequestHandler):
    def prepare(self): ...
    def get(self, number=None): ...
class Orders(Base):
    async def post(self, number=None): ...
    def helper(self): ...

def control():
    return Application([("/control", Control)])
"""
CONTROL = "serve http GET /control by Control.get"

FORMS = [
    (
        r"""Application([(r'/orders/(\d+)/?', Orders)])""",
        "serve http GET /orders/{} by Base.get",
        "serve http POST /orders/{} by Orders.post",
    ),
    (
        "Application([(r'/orders/(?P<number>[^/]+)$', Control, {'a': 1}, 'name')], debug=True)",
        "serve http GET /orders/{} by Control.get",
    ),
    (
        "tornado.web.Application(handlers=[url(r'/x', Control, name='x'), URLSpec(r'/y', Control)])",
        "serve http GET /x by Control.get",
        "serve http GET /y by Control.get",
    ),
    (
        "Application([Rule(PathMatches(r'/x/(.*)'), Control)])",
        "serve http GET /x/{**} by Control.get",
    ),
    (
        """
        rules = [('/x', Control)]
        rules += [('/y', Control)]
        Application(rules)
        """,
        "serve http GET /x by Control.get",
        "serve http GET /y by Control.get",
    ),
    (
        """
        class Shop(Application):
            def __init__(self, **settings):
                super().__init__([('/x', Control)], **settings)
        """,
        "serve http GET /x by Control.get",
    ),
    (
        """
        class Shop(tornado.web.Application):
            def __init__(self, conf):
                handlers = [('/x', Control)]
                tornado.web.Application.__init__(self, handlers, **conf)
        """,
        "serve http GET /x by Control.get",
    ),
    (
        "Application().add_handlers(r'.*', [('/x', Control)])",
        "serve http GET /x by Control.get",
    ),
    (
        """
        ROOT = '/api'
        Application([(ROOT + '/x', Control), (rf'{ROOT}/y/([a-z]+)', Control)])
        """,
        "serve http GET /api/x by Control.get",
        "serve http GET /api/y/{} by Control.get",
    ),
    missed(
        "rules that a caller adds are not followed",
        """
        def make(more):
            return Application([('/x', Control)] + more)
        make([('/y', Control)])
        """,
        "serve http GET /x by Control.get",
        "serve http GET /y by Control.get",
    ),
]

LOOK_ALIKES = [
    "rules = [('/orders', Orders)]",
    "Application()",
    "Application([('/static/(.*)', tornado.web.StaticFileHandler, {'path': '/srv'})])",
    "Application([('/old', tornado.web.RedirectHandler, {'url': '/new'})])",
    "Application([('/orders',)])",
    "Application([None, '/orders', 3])",
    """
    def open_window():
        class Application:
            def __init__(self, rules): ...
        Application([('/orders', Orders)])
    """,
    """
    class Board:
        def add_handlers(self, host, rules): ...
    Board().add_handlers('.*', [('/orders', Orders)])
    """,
    """
    from tkinter import Application as Window
    Window([('/orders', Orders)])
    """,
    "tornado.web.url('/orders', Orders)",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
