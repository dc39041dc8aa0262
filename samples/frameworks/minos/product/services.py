"""Products."""

from minos.aggregate import Aggregate
from minos.networks import Request, Response, enroute


class Toy(  # flow: publish minos ToyCreated ; publish minos ToyUpdated ; publish minos ToyUpdated.{} ; publish minos ToyDeleted
    Aggregate
):
    """What there is."""

    title: str
    price: float


class ProductService:
    """Reserves."""

    @enroute.broker.command("ReserveProducts")  # flow: serve rpc ReserveProducts handler=ProductService.reserve
    async def reserve(self, request: Request) -> Response:
        return Response(await request.content())

    @enroute.rest.query("/products/{uuid}", "GET")  # flow: serve http GET /products/{} handler=ProductService.show
    @enroute.broker.query("GetProduct")  # flow: serve rpc GetProduct handler=ProductService.show
    async def show(self, request: Request) -> Response:
        return Response(await request.params())
