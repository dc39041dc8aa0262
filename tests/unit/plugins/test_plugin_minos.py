"""minos: routes of the broker and of HTTP, steps of sagas, the events of aggregates, and what only looks like them."""

from __future__ import annotations

from sightings import checks

SETUP = """
from minos.aggregate import Aggregate, Entity, RootEntity
from minos.networks import enroute
from minos.saga import SagaRequest
"""


def service(decorator: str) -> str:
    """A service with one method."""
    return f"class Shop:\n    {decorator}\n    async def handle(self, request): ..."


def events(name: str) -> list[str]:
    """What is told of an aggregate."""
    return [f"publish minos {name}{change}" for change in ("Created", "Deleted", "Updated", "Updated.{}")]


FORMS = [
    (service("@enroute.broker.event('CartCreated')"), "subscribe minos CartCreated by Shop.handle"),
    (service("@enroute.broker.event(topic='CartUpdated.items')"), "subscribe minos CartUpdated.items by Shop.handle"),
    (service("@enroute.broker.command('CreateCart')"), "serve rpc CreateCart by Shop.handle"),
    (service("@enroute.broker.query('GetCart')"), "serve rpc GetCart by Shop.handle"),
    (service("@enroute.rest.command('/carts', 'POST')"), "serve http POST /carts by Shop.handle"),
    (service("@enroute.rest.query(path='/carts/{uuid}', method='GET')"), "serve http GET /carts/{} by Shop.handle"),
    ("def step(context):\n    return SagaRequest('ReserveItems', {'n': 1})", "call rpc ReserveItems"),
    ("def step(context):\n    return SagaRequest(target='ReserveItems', content=context)", "call rpc ReserveItems"),
    ("class Cart(Aggregate):\n    owner: str", *events("Cart")),
    ("class Cart(RootEntity):\n    owner: str\nclass CartAggregate(Aggregate[Cart]): ...", *events("Cart")),
]
LOOK_ALIKES = [
    service("@enroute.periodic.event('0 0 * * *')"),
    "class Line(Entity):\n    price: float",
    "class Aggregated:\n    owner: str",
    "class SagaRequests: ...\nSagaRequests()",
    "from minos.saga import Saga\nSaga().local_step().commit()",
    "def event(topic): ...\nevent('CartCreated')",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES)
