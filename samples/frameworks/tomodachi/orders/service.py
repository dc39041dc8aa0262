"""Takes orders."""

import tomodachi
from aiohttp import web
from tomodachi.envelope import JsonBase


class Orders(tomodachi.Service):
    """Orders."""

    name = "orders"

    @tomodachi.http("POST", r"/orders/?")  # flow: serve http POST /orders handler=Orders.place
    async def place(self, request: web.Request) -> web.Response:
        order = await request.json()
        await tomodachi.aws_sns_sqs_publish(
            self, order, topic="order--placed", message_envelope=JsonBase
        )  # flow: publish sns order--placed
        return web.json_response(order, status=201)

    @tomodachi.http(["GET", "HEAD"], r"/order/(?P<number>[^/]+?)/?")  # flow: serve http GET /order/{} ; serve http HEAD /order/{}
    async def show(self, request: web.Request, number: str) -> web.Response:
        return web.json_response({"number": number, "from": request.path})

    @tomodachi.aws_sns_sqs("stock--reserved", queue_name="orders--stock-reserved")  # flow: subscribe sns stock--reserved
    async def reserved(self, data: dict[str, str]) -> None:
        await tomodachi.sqs_send_message(self, data, queue_name="letters")  # flow: publish sqs letters
        await tomodachi.amqp_publish(self, data, routing_key="orders.confirmed")  # flow: publish amqp orders.confirmed
