"""Bottle: routes of the default application and of others, callbacks, mounts, and what only looks like them."""

from __future__ import annotations

from sightings import checks

SETUP = """
import bottle
from bottle import Bottle, get, post, route

app = Bottle()

@app.get("/control")
def control(): ...
def x(): ...
"""
CONTROL = "serve http GET /control by control"

FORMS = [
    (
        """
        @route('/y')
        def y(): ...
        """,
        "serve http GET /y by y",
    ),
    (
        """
        @get('/y/<number:int>')
        def y(number): ...
        """,
        "serve http GET /y/{} by y",
    ),
    (
        """
        @post('/y')
        def y(): ...
        """,
        "serve http POST /y by y",
    ),
    (
        """
        @bottle.put('/y')
        def y(): ...
        """,
        "serve http PUT /y by y",
    ),
    (
        """
        @app.delete('/files/<name:path>')
        def y(name): ...
        """,
        "serve http DELETE /files/{**} by y",
    ),
    (
        """
        @app.route('/y', method='POST')
        def y(): ...
        """,
        "serve http POST /y by y",
    ),
    (
        """
        @app.route('/y', ['GET', 'PUT'])
        def y(): ...
        """,
        "serve http GET /y by y",
        "serve http PUT /y by y",
    ),
    (
        """
        @app.route('/y', method='ANY')
        def y(): ...
        """,
        "serve http {} /y by y",
    ),
    (
        """
        @app.route(['/y', '/z'])
        def y(): ...
        """,
        "serve http GET /y by y",
        "serve http GET /z by y",
    ),
    (
        "app.route('/y', 'POST', x)",
        "serve http POST /y by x",
    ),
    (
        "app.route('/y', callback=x)",
        "serve http GET /y by x",
    ),
    (
        "app.get('/y', callback=x)",
        "serve http GET /y by x",
    ),
    (
        """
        sub = Bottle()
        @sub.get('/y')
        def y(): ...
        app.mount('/sub/', sub)
        """,
        "serve http GET /sub/y by y",
    ),
    (
        """
        sub = Bottle()
        @sub.get('/y')
        def y(): ...
        app.merge(sub)
        """,
        "serve http GET /y by y",
    ),
    (
        """
        default = bottle.default_app()
        @default.get('/y')
        def y(): ...
        """,
        "serve http GET /y by y",
    ),
    (
        """
        class Shop:
            def __init__(self):
                self._app = Bottle()
                self._app.route('/y', method='GET', callback=self.y)
            def y(self): ...
        """,
        "serve http GET /y by Shop.y",
    ),
]

LOOK_ALIKES = [
    """
    @app.error(404)
    def missing(error): ...
    """,
    """
    @app.hook('before_request')
    def begin(): ...
    """,
    """
    @bottle.view('/y')
    def y(): ...
    """,
    "bottle.static_file('/y', root='/srv')",
    "bottle.redirect('/y')",
    "bottle.request.query.get('/y')",
    "bottle.template('/y')",
    "app.run(port=8000)",
    "app.get('/y')",
    """
    route = {}.get
    route('/y')
    """,
    """
    class Train:
        def route(self, path):
            return lambda f: f
    @Train().route('/y')
    def y(): ...
    """,
    "app.merge([])",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
