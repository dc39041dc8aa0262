"""Litestar: handlers in lists, controllers, routers inside one another, and what only looks like them."""

from __future__ import annotations

import pytest
from sightings import sightings

SETUP = """
from litestar import Controller, Litestar, Router, delete, get, post, put, route

@get("/control")
async def control() -> None: ...
@get("/x")
async def x() -> None: ...

app = Litestar([control])
"""
CONTROL = "serve http GET /control by control"

FORMS = [
    (
        "",
        "serve http GET /x by x",
    ),
    (
        "Litestar(route_handlers=[x], path='/v1')",
        "serve http GET /v1/x by x",
    ),
    (
        """
        @post(['/y', '/z/{number:int}'])
        async def y() -> None: ...
        Litestar([y])
        """,
        "serve http GET /x by x",
        "serve http POST /y by y",
        "serve http POST /z/{} by y",
    ),
    (
        """
        @put(path='/files/{name:path}')
        async def y() -> None: ...
        """,
        "serve http GET /x by x",
        "serve http PUT /files/{**} by y",
    ),
    (
        """
        @route('/y', http_method=['GET', 'POST'])
        async def y() -> None: ...
        """,
        "serve http GET /x by x",
        "serve http GET /y by y",
        "serve http POST /y by y",
    ),
    (
        """
        @delete()
        async def y() -> None: ...
        Litestar([Router(path='/y', route_handlers=[y])])
        """,
        "serve http DELETE /y by y",
        "serve http GET /x by x",
    ),
    (
        """
        inner = Router('/inner', route_handlers=[x])
        outer = Router(path='/outer/', route_handlers=[inner])
        Litestar([outer])
        """,
        "serve http GET /outer/inner/x by x",
    ),
    (
        """
        class Orders(Controller):
            path = '/orders'
            @get()
            async def many(self) -> None: ...
            @get('/{number:int}', name='one')
            async def one(self, number: int) -> None: ...
        Litestar([Orders, Router('/api', route_handlers=[Orders])])
        """,
        "serve http GET /x by x",
        "serve http GET /orders by Orders.many",
        "serve http GET /orders/{} by Orders.one",
        "serve http GET /api/orders by Orders.many",
        "serve http GET /api/orders/{} by Orders.one",
    ),
    (
        """
        router = Router('/late', route_handlers=[])
        router.register(x)
        Litestar([router])
        """,
        "serve http GET /late/x by x",
    ),
    (
        """
        HANDLERS = [x]
        ROUTER = Router(path='/all', route_handlers=HANDLERS)
        def create():
            return Litestar(route_handlers=[ROUTER])
        """,
        "serve http GET /all/x by x",
    ),
]

LOOK_ALIKES = [
    """
    from litestar import MediaType
    MediaType.JSON
    """,
    """
    class Orders(Controller):
        path = '/orders'
    """,
    "Router(path='/orders', route_handlers=[])",
    "Litestar([])",
    """
    from litestar.di import Provide
    Provide(x)
    """,
    """
    from litestar.testing import TestClient
    TestClient(app).get('/orders')
    """,
    """
    from litestar.response import Redirect
    Redirect('/orders')
    """,
    """
    def get(path):
        return lambda f: f
    def local():
        @get('/orders')
        def orders(): ...
    """,
    "{}.get('/orders')",
    """
    class Router:
        def __init__(self, path, route_handlers): ...
    def local():
        Router('/orders', [x])
    """,
]


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_found(form: tuple[str, ...]) -> None:
    code, *expected = form
    assert sightings(SETUP, code) == sorted([CONTROL, *expected])


@pytest.mark.parametrize("code", LOOK_ALIKES)
def test_a_look_alike_is_not(code: str) -> None:
    assert sightings(SETUP, code) == [CONTROL, "serve http GET /x by x"]
