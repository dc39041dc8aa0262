"""Brings what is cooked to whom ordered it."""

import asyncio
import json
import logging
import os

import aiormq
from aiormq.abc import AbstractChannel, DeliveredMessage

ORDERS = "courier.orders"


class Tours:
    """A notebook."""

    async def basic_publish(self, body: bytes, routing_key: str) -> None:
        logging.info("%s: %s", routing_key, body)


async def deliver(message: DeliveredMessage) -> None:
    order = json.loads(message.body)
    await message.channel.basic_publish(  # flow: publish amqp order.delivered exchange=restaurant
        json.dumps({"dish": order["dish"]}).encode(),
        exchange="restaurant",
        routing_key="order.delivered",
        properties=aiormq.spec.Basic.Properties(content_type="application/json"),
    )
    await Tours().basic_publish(message.body, routing_key="order.delivered")  # flow: nothing
    await message.channel.basic_ack(message.delivery.delivery_tag)


async def listen(channel: AbstractChannel) -> None:
    await channel.queue_declare(ORDERS, durable=True)
    await channel.queue_bind(ORDERS, "restaurant", routing_key="order.placed")
    await channel.basic_consume(ORDERS, deliver)  # flow: subscribe amqp order.placed exchange=restaurant handler=deliver


async def main() -> None:
    connection = await aiormq.connect(os.environ["AMQP_URL"])
    await listen(await connection.channel())
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
