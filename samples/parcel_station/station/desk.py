"""Takes parcels in and hands them out."""

import asyncio

import aio_pika

from station.outbox import note, relay


async def arrived(channel: aio_pika.abc.AbstractChannel, number: str) -> None:
    await note(
        "parcel.arrived", {"number": number}
    )  # flow: publish amqp parcel.arrived ; publish redis outbox event=parcel.arrived
    question = aio_pika.Message(number.encode(), reply_to="printed-labels")
    await channel.default_exchange.publish(question, routing_key="labels")  # flow: publish amqp labels


async def fetched(number: str) -> None:
    await note(
        "parcel.fetched", {"number": number}
    )  # flow: publish amqp parcel.fetched ; publish redis outbox event=parcel.fetched


async def on_label(message: aio_pika.abc.AbstractIncomingMessage) -> None:
    await note(
        "label.stuck", {"label": message.body.decode()}
    )  # flow: publish amqp label.stuck ; publish redis outbox event=label.stuck


async def main() -> None:
    connection = await aio_pika.connect_robust("amqp://rabbitmq")
    channel = await connection.channel()
    printed = await channel.declare_queue("printed-labels")
    await printed.consume(on_label)  # flow: subscribe amqp printed-labels
    parcels = await channel.declare_exchange("parcels", aio_pika.ExchangeType.TOPIC)
    await arrived(channel, "1")
    await fetched("1")
    await relay(parcels)


if __name__ == "__main__":
    asyncio.run(main())
