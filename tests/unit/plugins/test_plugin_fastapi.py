"""FastAPI and Starlette: routes, routers inside one another, mounts, and what only looks like them."""

from __future__ import annotations

from sightings import checks, interactions

SETUP = """
from fastapi import APIRouter, Depends, FastAPI

app = FastAPI()

@app.get("/control")
def control(): ...
"""
CONTROL = "serve http GET /control by control"

FORMS = [
    (
        """
        from fastapi_utils.cbv import cbv
        from fastapi_utils.inferring_router import InferringRouter
        made = InferringRouter(prefix='/made')
        @cbv(made)
        class Made:
            @made.get('/things')
            def things(self): ...
        app.include_router(made)
        """,
        "serve http GET /made/things by Made.things",
    ),
    ("@app.get('/orders')\ndef orders(): ...", "serve http GET /orders by orders"),
    ("@app.post(path='/orders', status_code=201)\nasync def place(): ...", "serve http POST /orders by place"),
    ("@app.put('/orders/{number}')\ndef change(number: int): ...", "serve http PUT /orders/{} by change"),
    ("@app.patch('/orders/{number}/')\ndef change(number: int): ...", "serve http PATCH /orders/{} by change"),
    ("@app.delete('/orders/{number}')\ndef cancel(number: int): ...", "serve http DELETE /orders/{} by cancel"),
    ("@app.head('/orders')\ndef orders(): ...", "serve http HEAD /orders by orders"),
    ("@app.options('/orders')\ndef orders(): ...", "serve http OPTIONS /orders by orders"),
    (
        """
        @app.api_route('/orders', methods=['GET', 'POST'])
        def orders(): ...
        """,
        "serve http GET /orders by orders",
        "serve http POST /orders by orders",
    ),
    ("@app.api_route('/orders')\ndef orders(): ...", "serve http GET /orders by orders"),
    ("@app.route('/orders', methods=['post'])\ndef orders(request): ...", "serve http POST /orders by orders"),
    ("@app.websocket('/live')\nasync def live(ws): ...", "serve http GET /live by live"),
    ("def orders(): ...\napp.add_api_route('/orders', orders, methods=['POST'])", "serve http POST /orders by orders"),
    ("@app.get('/a')\n@app.get('/b')\ndef both(): ...", "serve http GET /a by both", "serve http GET /b by both"),
    (
        """
        router = APIRouter(prefix='/orders')
        @router.get('/{number}')
        def order(number: int): ...
        app.include_router(router)
        """,
        "serve http GET /orders/{} by order",
    ),
    (
        """
        router = APIRouter(prefix='/orders')
        @router.get('')
        def orders(): ...
        app.include_router(router, prefix='/api/v1')
        """,
        "serve http GET /api/v1/orders by orders",
    ),
    (
        """
        inner = APIRouter(prefix='/items')
        outer = APIRouter(prefix='/orders')
        @inner.get('/{n}')
        def item(n): ...
        outer.include_router(inner)
        app.include_router(outer, prefix='/api')
        """,
        "serve http GET /api/orders/items/{} by item",
    ),
    (
        """
        router = APIRouter()
        @router.get('/x')
        def x(): ...
        app.include_router(router, prefix='/a')
        app.include_router(router, prefix='/b')
        """,
        "serve http GET /a/x by x",
        "serve http GET /b/x by x",
    ),
    (
        """
        sub = FastAPI()
        @sub.get('/x')
        def x(): ...
        app.mount('/sub', sub)
        """,
        "serve http GET /sub/x by x",
    ),
    ("PREFIX = '/api'\n@app.get(f'{PREFIX}/orders')\ndef orders(): ...", "serve http GET /api/orders by orders"),
    (
        """
        from starlette.applications import Starlette
        from starlette.routing import Route
        def orders(request): ...
        other = Starlette(routes=[Route('/orders', orders, methods=['POST'])])
        """,
        "serve http POST /orders by orders",
    ),
    (
        """
        from starlette.routing import Route
        def orders(request): ...
        routes = [Route('/orders', endpoint=orders)]
        """,
        "serve http GET /orders by orders",
    ),
    (
        """
        from starlette.routing import Mount, Route
        def x(request): ...
        routes = [Mount('/api', routes=[Route('/x', x)])]
        """,
        "serve http GET /api/x by x",
    ),
    (
        """
        def make():
            made = FastAPI()
            @made.get('/x')
            def x(): ...
            return made
        """,
        "serve http GET /x by make.x",
    ),
    (
        """
        @app.get('/files/{name:path}')
        def files(name: str): ...
        """,
        "serve http GET /files/{**} by files",
    ),
    ("@app.trace('/orders')\ndef orders(): ...", "serve http TRACE /orders by orders"),
    (
        """
        from starlette.applications import Starlette
        from starlette.routing import Mount, Route
        async def x(request): ...
        users = [Route('/{name}', x), Route('/files/{rest:path}', x)]
        api = Starlette(routes=[Mount('/v1', routes=[Mount('/users', routes=users)]), Route('/plain', x)])
        """,
        "serve http GET /v1/users/{} by x",
        "serve http GET /v1/users/files/{**} by x",
        "serve http GET /plain by x",
    ),
    (
        """
        import strawberry
        from strawberry.fastapi import GraphQLRouter
        schema = strawberry.Schema(object)
        app.include_router(GraphQLRouter(schema), prefix='/graphql')
        """,
        "serve http GET /graphql by <module>",
        "serve http POST /graphql by <module>",
    ),
    (
        """
        import strawberry
        from strawberry.fastapi import GraphQLRouter
        app.include_router(GraphQLRouter(strawberry.Schema(object), path='/ask', prefix='/v1'))
        """,
        "serve http GET /v1/ask by <module>",
        "serve http POST /v1/ask by <module>",
    ),
    (
        """
        def made(prefix):
            router = APIRouter(prefix=prefix)
            @router.get('/x')
            def x(): ...
            return router
        app.include_router(made('/a'), prefix='/v1')
        app.include_router(made('/b'))
        """,
        "serve http GET /b/x by made.x",
        "serve http GET /v1/a/x by made.x",
    ),
    (
        """
        class Orders:
            def __init__(self):
                self.router = APIRouter(prefix='/orders')
                self.router.add_api_route('/x', self.x, methods=['GET'])
            def x(self): ...
        app.include_router(Orders().router, prefix='/v1')
        """,
        "serve http GET /v1/orders/x by Orders.x",
    ),
    (
        """
        class Orders(APIRouter):
            def __init__(self):
                super().__init__(prefix='/orders')
                self.add_api_route('/x', self.x, methods=['GET'])
            def x(self): ...
        app.include_router(Orders(), prefix='/v1')
        """,
        "serve http GET /v1/orders/x by Orders.x",
    ),
    (
        """
        def add(app, prefix):
            router = APIRouter()
            @router.get('/x')
            def x(): ...
            app.include_router(router, prefix=prefix)
        add(app, '/one')
        """,
        "serve http GET /one/x by add.x",
    ),
    (
        """
        def x(): ...
        for name in ('a', 'b'):
            router = APIRouter(prefix='/' + name)
            router.add_api_route('/' + name, x)
            app.include_router(router)
        """,
        "serve http GET /a/a by x",
        "serve http GET /b/b by x",
    ),
]

LOOK_ALIKES = [
    """
    import strawberry
    strawberry.Schema(object)
    """,
    "@app.middleware('http')\nasync def timed(request, call_next): ...",
    "@app.exception_handler(ValueError)\ndef failed(request, error): ...",
    "@app.on_event('startup')\ndef begin(): ...",
    "from fastapi.staticfiles import StaticFiles\napp.mount('/static', StaticFiles(directory='static'))",
    "app.add_middleware(object)",
    "router = APIRouter(prefix='/orders')",
    "app.include_router(APIRouter(prefix='/orders'))",
    "def orders(): ...\nDepends(orders)",
    "app.url_path_for('control')",
    "app.state.orders = '/orders'",
    "from fastapi.testclient import TestClient\nTestClient(app).get('/orders')",
    "{}.get('/orders')",
    """
    class Store:
        def get(self, path):
            return lambda f: f
    store = Store()
    @store.get('/orders')
    def orders(): ...
    """,
    "from cachetools import cached\n@cached({})\ndef orders(): ...",
    "import click\n@click.command('/orders')\ndef orders(): ...",
    """
    from typer import Typer
    cli = Typer()
    @cli.command('/orders')
    def orders(): ...
    """,
    """
    from discord.ext import commands
    bot = commands.Bot('!')
    @bot.get('/orders')
    def orders(): ...
    """,
    "from pytest_httpserver import HTTPServer\nHTTPServer().expect_request('/orders')",
    "from starlette.requests import Request\ndef f(request: Request):\n    request.query_params.get('/orders')",
    "from pydantic import BaseModel\nclass Order(BaseModel):\n    path: str = '/orders'",
    "@property\ndef orders(self): ...",
    "app.openapi()",
    "import uvicorn\nuvicorn.run(app, port=8000)",
    "get = app.get",
    "from starlette.responses import RedirectResponse\nRedirectResponse('/orders')",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)


def test_what_a_model_validates_with_counts_for_the_endpoint_that_is_given_one() -> None:
    found = interactions(
        """
        import requests
        from fastapi import FastAPI
        from pydantic import BaseModel, field_validator, model_validator
        app = FastAPI()
        class Order(BaseModel):
            @field_validator("item")
            @classmethod
            def known(cls, value): requests.get("http://hub/item")
            @model_validator(mode="after")
            def whole(self): requests.get("http://hub/whole")
            def other(self): requests.get("http://hub/other")
        @app.post("/orders")
        def place(order: Order): ...
        @app.get("/orders")
        def placed(): ...
        """
    )
    ids = {i.id: i.operation for i in found}
    started = {i.operation: {ids[t] for t in i.triggers} for i in found if i.handler is None}
    assert started == {"GET /item": {"POST /orders"}, "GET /whole": {"POST /orders"}, "GET /other": set()}
