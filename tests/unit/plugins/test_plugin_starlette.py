"""Starlette: routes as objects and as methods, endpoint classes, mounts, and what only looks like them."""

from __future__ import annotations

from sightings import checks

SETUP = """
from starlette.applications import Starlette
from starlette.endpoints import HTTPEndpoint
from starlette.routing import Host, Mount, Route, Router, WebSocketRoute

async def control(request): ...
async def x(request): ...

app = Starlette(routes=[Route("/control", control)])
"""
CONTROL = "serve http GET /control by control"

FORMS = [
    (
        "app.add_route('/x', x, methods=['POST'])",
        "serve http POST /x by x",
    ),
    (
        "app.add_route('/x', route=x)",
        "serve http GET /x by x",
    ),
    (
        """
        class Orders(HTTPEndpoint):
            async def get(self, request): ...
            async def helper(self): ...
        app.add_route('/x', Orders)
        """,
        "serve http GET /x by Orders.get",
    ),
    (
        "app.add_websocket_route('/x', x)",
        "serve http GET /x by x",
    ),
    (
        """
        @app.route('/y', methods=['PUT'])
        async def y(request): ...
        """,
        "serve http PUT /y by y",
    ),
    (
        """
        @app.route('/y')
        class Orders(HTTPEndpoint):
            def delete(self, request): ...
        """,
        "serve http DELETE /y by Orders.delete",
    ),
    (
        """
        @app.websocket_route('/y')
        async def y(ws): ...
        """,
        "serve http GET /y by y",
    ),
    (
        """
        class Orders(HTTPEndpoint):
            async def get(self, request): ...
            async def post(self, request): ...
        routes = [Route('/orders/{number:int}', Orders)]
        """,
        "serve http GET /orders/{} by Orders.get",
        "serve http POST /orders/{} by Orders.post",
    ),
    (
        "routes = [Route('/x', x, methods=['GET', 'POST'])]",
        "serve http GET /x by x",
        "serve http POST /x by x",
    ),
    (
        "app.mount('/sub', app=Router([Route('/x', x)]))",
        "serve http GET /sub/x by x",
    ),
    (
        "app.mount('/sub', Starlette(routes=[WebSocketRoute('/x', x)]))",
        "serve http GET /sub/x by x",
    ),
    (
        """
        inner = Router(routes=[Route('/x', x)])
        outer = Router([Mount('/v1', inner), Mount('/v2', app=inner)])
        """,
        "serve http GET /v1/x by x",
        "serve http GET /v2/x by x",
    ),
    (
        """
        shared = [Route('/x', x)]
        outer = Starlette(routes=[Route('/y', x), *shared, Mount('/z', routes=shared + [Route('/w', x)])])
        """,
        "serve http GET /y by x",
        "serve http GET /x by x",
        "serve http GET /z/w by x",
        "serve http GET /z/x by x",
    ),
    (
        "outer = Router([Host('api.example.org', Router([Route('/x', x)]))])",
        "serve http GET /x by x",
    ),
    (
        "app.router.routes.append(Route('/x', x))",
        "serve http GET /x by x",
    ),
    (
        """
        class Orders:
            async def everything(self, request): ...
            def routes(self):
                return [Route('/x', self.everything)]
        """,
        "serve http GET /x by Orders.everything",
    ),
    (
        """
        from fastapi import FastAPI
        fast = FastAPI(routes=[Route('/x', x)])
        fast.add_route('/y', x)
        fast.add_api_websocket_route('/z', endpoint=x)
        """,
        "serve http GET /x by x",
        "serve http GET /y by x",
        "serve http GET /z by x",
    ),
]

LOOK_ALIKES = [
    """
    class Orders(HTTPEndpoint):
        async def get(self, request): ...
    """,
    "Mount('/x', routes=[])",
    """
    from starlette.staticfiles import StaticFiles
    app.mount('/static', StaticFiles(directory='x'))
    """,
    "app.add_middleware(object)",
    "app.add_exception_handler(404, x)",
    "app.url_path_for('x')",
    """
    from starlette.responses import RedirectResponse
    RedirectResponse('/x')
    """,
    """
    from starlette.testclient import TestClient
    TestClient(app).get('/x')
    """,
    """
    class Train:
        def add_route(self, path, driver): ...
    Train().add_route('/x', x)
    """,
    """
    class Route:
        def __init__(self, path, endpoint): ...
    Route('/x', x)
    """,
    """
    def start(application):
        application.mount('/x', None)
    """,
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
