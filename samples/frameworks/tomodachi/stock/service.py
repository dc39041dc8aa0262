"""Keeps stock."""

import logging

import tomodachi
from tomodachi.envelope import JsonBase


class Stock(tomodachi.Service):
    """Stock."""

    name = "stock"

    @tomodachi.aws_sns_sqs(
        "order--placed",
        queue_name="stock--order-placed",
        message_envelope=JsonBase,
    )  # flow: subscribe sns order--placed handler=Stock.placed
    async def placed(self, data: dict[str, str]) -> None:
        await self.tell("reserved", data)  # flow: publish sns stock--reserved

    async def tell(self, what: str, data: dict[str, str]) -> None:
        await tomodachi.sns_publish(self, data, f"stock--{what}")

    @tomodachi.amqp("orders.*")  # flow: subscribe amqp orders.* exchange=amq.topic handler=Stock.sent
    async def sent(self, data: dict[str, str]) -> None:
        logging.info("sent: %s", data)

    @tomodachi.schedule(interval="every hour")  # flow: nothing
    async def count(self) -> None:
        logging.info("counted")
