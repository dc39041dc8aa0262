"""Carts."""

from minos.aggregate import Aggregate
from minos.networks import Request, Response, enroute
from minos.saga import Saga, SagaContext, SagaRequest


class Bag(  # flow: publish minos BagCreated ; publish minos BagUpdated ; publish minos BagUpdated.{} ; publish minos BagDeleted
    Aggregate
):
    """What somebody wants."""

    owner: str
    products: list[str]


def reserve(context: SagaContext) -> SagaRequest:
    return SagaRequest("ReserveProducts", {"products": context["products"]})  # flow: call rpc ReserveProducts -> product


ORDER = Saga().remote_step().on_execute(reserve).commit()


class CartService:
    """Fills carts, and keeps prices."""

    @enroute.rest.command("/carts", "POST")  # flow: serve http POST /carts handler=CartService.create
    @enroute.broker.command("CreateCart")  # flow: serve rpc CreateCart handler=CartService.create
    async def create(self, request: Request) -> Response:
        cart = await Bag.create(owner=await request.content(), products=[])
        return Response(cart.uuid)

    @enroute.broker.event("ToyUpdated.price")  # flow: subscribe minos ToyUpdated.price handler=CartService.reprice
    async def reprice(self, request: Request) -> None:
        self.create_price(await request.content())

    @enroute.periodic.event("0 0 * * *")  # flow: nothing
    async def tidy(self, request: Request) -> None:
        self.create_price(await request.content())

    def create_price(self, change: object) -> str:
        return str(change)
