"""Cooks what was ordered."""

import logging
import os

from amqpstorm import Channel, Connection, Message

ORDERS = os.environ.get("ORDERS", "orders")


class Board:
    """Where cooks pin notes."""

    def consume(self, callback: object, queue: str) -> None:
        logging.info("%s waits for %s", callback, queue)


def answer(message: Message) -> None:
    Message.create(message.channel, "12").publish(message.reply_to)  # flow: nothing
    message.ack()


def cook(channel: Channel) -> None:
    channel.queue.declare(ORDERS, durable=True)
    channel.queue.bind(queue=ORDERS, exchange="restaurant", routing_key="order.*")
    channel.basic.consume(queue=ORDERS)  # flow: subscribe amqp order.* exchange=restaurant handler=cook
    for message in channel.build_inbound_messages():
        logging.info("cooking %s", message.body)
        message.ack()


def main() -> None:
    Board().consume(cook, ORDERS)  # flow: nothing
    with Connection(os.environ["AMQP_HOST"], "guest", "guest") as connection:
        channel = connection.channel()
        channel.queue.declare("kitchen.minutes")
        channel.basic.consume(answer, "kitchen.minutes")  # flow: subscribe amqp kitchen.minutes handler=answer
        cook(channel)


if __name__ == "__main__":
    main()
