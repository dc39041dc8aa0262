"""Bakes what was ordered, and puts down what changes in the book of orders."""

import asyncio
import logging

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

log = logging.getLogger(__name__)


async def bake() -> None:
    consumer = AIOKafkaConsumer(
        "bakery.orders.taken", "bakery.orders.cancelled", bootstrap_servers="kafka:9092", group_id="oven"
    )  # flow: subscribe kafka bakery.orders.taken ; subscribe kafka bakery.orders.cancelled
    producer = AIOKafkaProducer(bootstrap_servers="kafka:9092")
    await producer.start()
    await consumer.start()
    async for message in consumer:
        if message.topic == "bakery.orders.taken":
            await producer.send_and_wait("bread.baked", message.value)  # flow: publish kafka bread.baked


async def follow() -> None:
    changes = AIOKafkaConsumer("bakery.public.orders", bootstrap_servers="kafka:9092")  # flow: subscribe kafka bakery.public.orders
    await changes.start()
    async for change in changes:
        log.info("changed: %s", change.key)


async def main() -> None:
    await asyncio.gather(bake(), follow())


if __name__ == "__main__":
    asyncio.run(main())
