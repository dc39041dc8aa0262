"""Sanic: routes, views, blueprints, groups, versions, and what only looks like them."""

from __future__ import annotations

from sightings import checks

SETUP = """
from sanic import Blueprint, Sanic
from sanic.views import HTTPMethodView

app = Sanic("shop")

@app.get("/control")
async def control(request): ...
async def x(request): ...
class Orders(HTTPMethodView):
    async def get(self, request): ...
    async def post(self, request): ...
    def helper(self): ...
class Shelf:
    def __init_subclass__(cls, attach, uri): ...
"""
CONTROL = "serve http GET /control by control"

FORMS = [
    (
        """
        @app.post('/y/<number:int>')
        async def y(request, number): ...
        """,
        "serve http POST /y/{} by y",
    ),
    (
        """
        @app.route('/y', methods=['PUT', 'PATCH'])
        async def y(request): ...
        """,
        "serve http PUT /y by y",
        "serve http PATCH /y by y",
    ),
    (
        """
        @app.websocket('/y')
        async def y(request, ws): ...
        """,
        "serve http GET /y by y",
    ),
    (
        """
        @app.get('/y', version=2)
        async def y(request): ...
        """,
        "serve http GET /v2/y by y",
    ),
    (
        """
        @app.get('/y', version=2, version_prefix='/api/v')
        async def y(request): ...
        """,
        "serve http GET /api/v2/y by y",
    ),
    (
        "app.add_route(x, '/y')",
        "serve http GET /y by x",
    ),
    (
        "app.add_route(x, '/y', methods=['DELETE'])",
        "serve http DELETE /y by x",
    ),
    (
        "app.add_websocket_route(x, '/y')",
        "serve http GET /y by x",
    ),
    (
        "app.add_route(Orders.as_view(), '/y')",
        "serve http GET /y by Orders.get",
        "serve http POST /y by Orders.post",
    ),
    (
        "Orders.attach(app, '/y')",
        "serve http GET /y by Orders.get",
        "serve http POST /y by Orders.post",
    ),
    (
        """
        from sanic.blueprints import Blueprint as Part
        bp = Part('bp', url_prefix='/bp', version='1')
        @bp.post('/y')
        async def y(request): ...
        app.blueprint(bp)
        """,
        "serve http POST /v1/bp/y by y",
    ),
    (
        """
        bp = Blueprint('bp', '/bp')
        bp.add_route(x, '/y')
        app.blueprint(bp)
        """,
        "serve http GET /bp/y by x",
    ),
    (
        """
        a, b = Blueprint('a', '/a'), Blueprint('b')
        a.add_route(x, '/x')
        b.add_route(x, '/y')
        app.blueprint(Blueprint.group(a, b, url_prefix='/api', version=3))
        """,
        "serve http GET /v3/api/a/x by x",
        "serve http GET /v3/api/y by x",
    ),
    (
        """
        bp = Blueprint('bp', version=1)
        for path, view in [('/a', Orders.as_view()), ('/b', x)]:
            bp.add_route(view, path)
        app.blueprint(bp)
        """,
        "serve http GET /v1/a by Orders.get",
        "serve http POST /v1/a by Orders.post",
        "serve http GET /v1/b by x",
    ),
    (
        """
        bp = Blueprint('bp', url_prefix='/bp', version=1)
        bp.add_route(x, '/y')
        app.blueprint(Blueprint.group(bp, url_prefix='/api'))
        """,
        "serve http GET /v1/api/bp/y by x",
    ),
    (
        """
        bp = Blueprint('bp', url_prefix='/bp', version=1)
        bp.add_route(x, '/y')
        bp.add_route(x, '/z', version=2, version_prefix='/api/v')
        app.blueprint(Blueprint.group(bp, url_prefix='/all', version=3))
        """,
        "serve http GET /v1/all/bp/y by x",
        "serve http GET /api/v2/all/bp/z by x",
    ),
    (
        """
        class Late(HTTPMethodView, attach=app, uri='/y'):
            async def get(self, request): ...
        """,
        "serve http GET /y by Late.get",
    ),
    (
        """
        bp = Blueprint('bp', url_prefix='/bp')
        class Late(HTTPMethodView, attach=bp):
            async def post(self, request): ...
        class Later(Late, attach=bp, uri='/later', version=2):
            async def get(self, request): ...
        app.blueprint(bp)
        """,
        "serve http POST /bp by Late.post",
        "serve http GET /v2/bp/later by Later.get",
        "serve http POST /v2/bp/later by Late.post",
    ),
]

LOOK_ALIKES = [
    "class Bare(HTTPMethodView):\n    async def get(self, request): ...",
    "class Bare(HTTPMethodView, uri='/y'):\n    async def get(self, request): ...",
    "class Other(Shelf, attach=app, uri='/y'):\n    async def get(self, request): ...",
    """
    @app.middleware('request')
    async def begin(request): ...
    """,
    """
    @app.listener('before_server_start')
    async def begin(app, loop): ...
    """,
    """
    @app.exception(KeyError)
    async def failed(request, error): ...
    """,
    """
    @app.signal('orders.placed')
    async def y(): ...
    """,
    "app.static('/static', '/srv')",
    "app.url_for('x')",
    "app.blueprint(Blueprint('bp', url_prefix='/bp'))",
    "Orders.as_view()",
    "app.ctx.orders = '/orders'",
    "app.run(port=8000)",
    """
    class Bus:
        def add_route(self, handler, uri): ...
    Bus().add_route(x, '/y')
    """,
    """
    from sanic.response import redirect
    redirect('/y')
    """,
    "app.test_client.get('/y')",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
