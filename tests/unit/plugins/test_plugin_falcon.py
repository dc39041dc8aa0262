"""Falcon: resources that answer by their responders, on WSGI and ASGI, and what only looks like them."""

from __future__ import annotations

from sightings import checks

SETUP = """
import falcon
import falcon.asgi

class Control:
    def on_get(self, req, resp): ...

class Orders:
    def on_get(self, req, resp): ...
    async def on_post(self, req, resp): ...
    def on_get_items(self, req, resp, order): ...
    def helper(self): ...

app = falcon.App()
app.add_route("/control", Control())
"""
CONTROL = "serve http GET /control by Control.on_get"

FORMS = [
    (
        "app.add_route('/orders', Orders())",
        "serve http GET /orders by Orders.on_get",
        "serve http POST /orders by Orders.on_post",
    ),
    (
        "app.add_route('/orders/{order:int}/items', Orders(), suffix='items')",
        "serve http GET /orders/{}/items by Orders.on_get_items",
    ),
    (
        "app.add_route(uri_template='/files/{name:path}', resource=Control())",
        "serve http GET /files/{**} by Control.on_get",
    ),
    (
        "falcon.asgi.App().add_route('/x', Control())",
        "serve http GET /x by Control.on_get",
    ),
    (
        "falcon.API().add_route('/x', Control())",
        "serve http GET /x by Control.on_get",
    ),
    (
        """
        def create(orders):
            api = falcon.asgi.App(middleware=[])
            api.add_route('/x', orders)
            return api
        create(Control())
        """,
        "serve http GET /x by Control.on_get",
    ),
    (
        """
        class Service(falcon.App):
            def __init__(self):
                super().__init__()
                self.add_route('/x', Control())
        """,
        "serve http GET /x by Control.on_get",
    ),
    (
        """
        class Base:
            def on_delete(self, req, resp): ...
        class Late(Base):
            def on_put(self, req, resp): ...
        app.add_route('/x', Late())
        """,
        "serve http DELETE /x by Base.on_delete",
        "serve http PUT /x by Late.on_put",
    ),
    (
        """
        ROUTES = [('/a', Control()), ('/b', Control())]
        for path, resource in ROUTES:
            app.add_route(path, resource)
        """,
        "serve http GET /a by Control.on_get",
        "serve http GET /b by Control.on_get",
    ),
]

LOOK_ALIKES = [
    "Orders()",
    "app.add_middleware(Orders())",
    "app.add_error_handler(KeyError)",
    "app.add_static_route('/static', '/srv')",
    "raise falcon.HTTPNotFound(title='/orders')",
    """
    class Map:
        def add_route(self, path, resource): ...
    Map().add_route('/orders', Orders())
    """,
    "app.add_route('/orders', Orders(), suffix='nothing')",
    """
    from falcon import testing
    testing.TestClient(app).simulate_get('/orders')
    """,
    "def on_get(req, resp): ...",
    "falcon.Request({}).get_param('/orders')",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
