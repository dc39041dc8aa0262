"""Prints labels, and says so to whoever asked."""

import asyncio

import aio_pika


async def on_question(message: aio_pika.abc.AbstractIncomingMessage) -> None:
    connection = await aio_pika.connect_robust("amqp://rabbitmq")
    channel = await connection.channel()
    answer = aio_pika.Message(b"printed " + message.body)
    await channel.default_exchange.publish(answer, routing_key=message.reply_to)  # flow: publish amqp printed-labels


async def main() -> None:
    connection = await aio_pika.connect_robust("amqp://rabbitmq")
    channel = await connection.channel()
    queue = await channel.declare_queue("labels")
    await queue.consume(on_question)  # flow: subscribe amqp labels


if __name__ == "__main__":
    asyncio.run(main())
