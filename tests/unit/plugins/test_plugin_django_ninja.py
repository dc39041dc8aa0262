"""django-ninja: operations, routers inside one another and the URL table that the API is in, and what only looks like them."""

from __future__ import annotations

from sightings import checks, sightings

SETUP = """
from django.urls import include, path
from ninja import NinjaAPI, Router

api = NinjaAPI()

@api.get("/control")
def control(request): ...

urlpatterns = [path("api/", api.urls)]
"""
CONTROL = "serve http GET /api/control by control"

FORMS = [
    (
        """
        @api.post('/x')
        def x(request): ...
        """,
        "serve http POST /api/x by x",
    ),
    (
        """
        @api.delete('/x/{int:number}', response={204: None})
        def x(request, number: int): ...
        """,
        "serve http DELETE /api/x/{} by x",
    ),
    (
        """
        @api.api_operation(['PUT', 'PATCH'], '/x')
        def x(request): ...
        """,
        "serve http PUT /api/x by x",
        "serve http PATCH /api/x by x",
    ),
    (
        """
        def x(request): ...
        api.add_api_operation('/x', ['GET'], x)
        """,
        "serve http GET /api/x by x",
    ),
    (
        """
        router = Router(tags=['x'])
        @router.get('/{number}')
        def x(request, number): ...
        api.add_router('/orders/', router)
        """,
        "serve http GET /api/orders/{} by x",
    ),
    (
        """
        inner, outer = Router(), Router()
        @inner.get('')
        def x(request): ...
        outer.add_router('/inner', inner)
        api.add_router('/outer', outer)
        """,
        "serve http GET /api/outer/inner by x",
    ),
    (
        """
        other = NinjaAPI(version='2')
        @other.get('/x')
        def x(request): ...
        urlpatterns = [path('api/', api.urls), path('v2/', include([path('shop/', other.urls)]))]
        """,
        "serve http GET /v2/shop/x by x",
    ),
]

LOOK_ALIKES = [
    """
    @api.exception_handler(KeyError)
    def failed(request, error): ...
    """,
    "Router(tags=['x'])",
    """
    from ninja import Schema
    class Order(Schema):
        path: str = '/orders'
    """,
    """
    from ninja.security import HttpBearer
    class Auth(HttpBearer):
        def authenticate(self, request, token): ...
    """,
    "api.create_response(None, {}, status=200)",
    """
    from ninja.testing import TestClient
    TestClient(api).get('/orders')
    """,
    """
    class Store:
        def get(self, path):
            return lambda f: f
    @Store().get('/orders')
    def orders(request): ...
    """,
    "api.add_router('/orders', 'nowhere.router')",
    "{}.get('/orders')",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)


def test_a_router_is_found_by_its_dotted_name() -> None:
    orders = "from ninja import Router\nrouter = Router()\n@router.get('/x')\ndef x(request): ..."
    found = sightings(SETUP, "api.add_router('/orders', 'orders.router')", orders=orders)
    assert found == [CONTROL, "serve http GET /api/orders/x by x"]
