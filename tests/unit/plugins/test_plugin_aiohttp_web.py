"""aiohttp's server: route tables, router methods, sub-applications and views, and what only looks like them."""

from __future__ import annotations

from sightings import checks

SETUP = """
from aiohttp import web

app = web.Application()
routes = web.RouteTableDef()

@routes.get("/control")
async def control(request): ...

async def orders(request): ...

app.add_routes(routes)
"""
CONTROL = "serve http GET /control by control"

FORMS = [
    ("@routes.get('/x')\nasync def x(request): ...", "serve http GET /x by x"),
    ("@routes.post('/x/{n}')\nasync def x(request): ...", "serve http POST /x/{} by x"),
    ("@routes.put(r'/x/{n:\\d+}')" + "\nasync def x(request): ...", "serve http PUT /x/{} by x"),
    ("@routes.patch('/x')\nasync def x(request): ...", "serve http PATCH /x by x"),
    ("@routes.delete(path='/x', name='x')\nasync def x(request): ...", "serve http DELETE /x by x"),
    ("@routes.head('/x')\nasync def x(request): ...", "serve http HEAD /x by x"),
    ("@routes.options('/x')\nasync def x(request): ...", "serve http OPTIONS /x by x"),
    ("VERSION = 'v1'\n@routes.get(f'/{VERSION}/x')\nasync def x(request): ...", "serve http GET /v1/x by x"),
    (
        "app.add_routes([web.get('/orders', orders), web.post('/orders', orders)])",
        "serve http GET /orders by orders",
        "serve http POST /orders by orders",
    ),
    ("app.add_routes([web.route('PUT', '/orders', orders)])", "serve http PUT /orders by orders"),
    ("app.router.add_get('/orders', orders)", "serve http GET /orders by orders"),
    ("app.router.add_post('/orders', orders)", "serve http POST /orders by orders"),
    ("app.router.add_delete('/orders', handler=orders)", "serve http DELETE /orders by orders"),
    ("app.router.add_route('PATCH', '/orders', orders)", "serve http PATCH /orders by orders"),
    ("app.router.add_routes([web.get('/orders', orders)])", "serve http GET /orders by orders"),
    ("app.router.add_route('*', '/orders', orders)", "serve http {} /orders by orders"),
    (
        """
        sub = web.Application()
        sub.add_routes([web.get('/x', orders)])
        app.add_subapp('/sub', sub)
        """,
        "serve http GET /sub/x by orders",
    ),
    (
        """
        sub = web.Application()
        sub.router.add_get('/x', orders)
        app.add_subapp('/sub', sub)
        """,
        "serve http GET /sub/x by orders",
    ),
    (
        """
        sub = web.Application()
        table = web.RouteTableDef()
        @table.get('/x')
        async def x(request): ...
        sub.add_routes(table)
        app.add_subapp('/sub', sub)
        """,
        "serve http GET /sub/x by x",
    ),
    (
        """
        @routes.view('/orders')
        class Orders(web.View):
            async def get(self): ...
            async def post(self): ...
        """,
        "serve http GET /orders by Orders.get",
        "serve http POST /orders by Orders.post",
    ),
    (
        """
        class Orders(web.View):
            async def get(self): ...
            async def post(self): ...
        app.router.add_view('/orders', Orders)
        """,
        "serve http GET /orders by Orders.get",
        "serve http POST /orders by Orders.post",
    ),
    (
        """
        class Orders(web.View):
            async def get(self): ...
            async def post(self): ...
        app.add_routes([web.view('/orders', Orders)])
        """,
        "serve http GET /orders by Orders.get",
        "serve http POST /orders by Orders.post",
    ),
    (
        """
        class Api:
            def __init__(self, app: web.Application):
                app.router.add_get('/x', self.x)
            async def x(self, request): ...
        """,
        "serve http GET /x by Api.x",
    ),
    (
        """
        class Orders(web.View):
            async def get(self): ...
        sub = web.Application()
        sub.router.add_view('/orders', Orders)
        inner = web.Application()
        inner.add_routes([web.post('/y', orders), web.view('/z', Orders)])
        sub.add_subapp('/inner', inner)
        app.add_subapp('/sub', sub)
        """,
        "serve http GET /sub/orders by Orders.get",
        "serve http POST /sub/inner/y by orders",
        "serve http GET /sub/inner/z by Orders.get",
    ),
    (
        """
        class Orders(web.View):
            async def get(self): ...
        app.router.add_route('*', '/a', Orders)
        app.add_routes([web.route('*', '/b', Orders)])
        """,
        "serve http GET /a by Orders.get",
        "serve http GET /b by Orders.get",
    ),
    (
        """
        class Answer:
            async def __call__(self, request): ...
        app.router.add_route('*', '/a', Answer())
        app.router.add_post('/b', Answer())
        """,
        "serve http {} /a by Answer.__call__",
        "serve http POST /b by Answer.__call__",
    ),
]

LOOK_ALIKES = [
    "class Orders(web.View):\n    async def get(self): ...",
    "@routes.view('/orders')\nclass Orders(web.View):\n    async def helper(self): ...",
    "app.router.add_static('/static', 'static')",
    "app.on_startup.append(orders)",
    "app.cleanup_ctx.append(orders)",
    "app.middlewares.append(orders)",
    "@web.middleware\nasync def timed(request, handler): ...",
    "app['orders'] = '/orders'",
    "web.run_app(app, port=8000)",
    "web.json_response({'path': '/orders'})",
    "raise web.HTTPFound('/orders')",
    "async def x(request):\n    return request.match_info.get('/orders')",
    "async def x(request):\n    return request.query.get('/orders')",
    "app.get('/orders')",
    """
    class Orders(web.View):
        async def get(self): ...
        async def post(self): ...
    """,
    "{}.get('/orders')",
    """
    class Table:
        def get(self, path):
            return lambda f: f
    table = Table()
    @table.get('/orders')
    def x(): ...
    """,
    "class Router:\n    def add_get(self, path, handler): ...\nRouter().add_get('/orders', orders)",
    "def wire(router):\n    router.add_get('/orders', orders)",
    "from aiohttp.test_utils import TestServer\nTestServer(app)",
    "web.WebSocketResponse()",
    "app.router['orders'].url_for()",
    "web.StreamResponse(status=200)",
    "web.AppRunner(app)",
    "web.HTTPNotFound(text='/orders')",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
