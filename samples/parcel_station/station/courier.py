"""Fetches parcels that have arrived, and tells how it went."""

import asyncio

import aio_pika

INSURED = False


async def tell(exchange: aio_pika.abc.AbstractExchange, kind: str | list[str], number: str) -> None:
    if isinstance(kind, str):
        kind = [kind]
    for one in kind:
        await exchange.publish(aio_pika.Message(number.encode()), routing_key=one)


async def refuse(exchange: aio_pika.abc.AbstractExchange, why: str) -> None:
    if why == "damaged":
        await exchange.publish(aio_pika.Message(b"now"), routing_key="parcel.damaged")  # flow: publish amqp parcel.damaged
    else:
        await exchange.publish(aio_pika.Message(b""), routing_key="parcel.refused")  # flow: publish amqp parcel.refused


async def fetch(exchange: aio_pika.abc.AbstractExchange, number: str) -> None:
    await tell(exchange, ["van.loaded", "van.left"], number)  # flow: publish amqp van.loaded ; publish amqp van.left
    if INSURED:
        await tell(exchange, "parcel.insured", number)  # flow: publish amqp parcel.insured
    await refuse(exchange, "damaged")
    await refuse(exchange, "not at home")


async def main() -> None:
    connection = await aio_pika.connect_robust("amqp://rabbitmq")
    channel = await connection.channel()
    parcels = await channel.declare_exchange("parcels", aio_pika.ExchangeType.TOPIC)
    queue = await channel.declare_queue("courier")
    await queue.bind(parcels, "parcel.arrived")

    async def on_arrival(message: aio_pika.abc.AbstractIncomingMessage) -> None:
        await fetch(parcels, message.body.decode())

    await queue.consume(on_arrival)  # flow: subscribe amqp parcel.arrived exchange=parcels


if __name__ == "__main__":
    asyncio.run(main())
