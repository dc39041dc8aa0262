"""Takes orders."""

import json
import logging
import os

from amqpstorm import Message, UriConnection


class Counter:
    """One connection, one channel, one queue for answers."""

    def __init__(self, url: str) -> None:
        self.channel = UriConnection(url).channel()
        self.channel.exchange.declare(exchange="restaurant", exchange_type="topic", durable=True)
        self.answers = self.channel.queue.declare(exclusive=True)["queue"]

    def order(self, dish: str) -> None:
        self.channel.basic.publish(  # flow: publish amqp order.placed exchange=restaurant
            body=json.dumps({"dish": dish}),
            routing_key="order.placed",
            exchange="restaurant",
            properties={"content_type": "application/json"},
        )

    def minutes(self, dish: str) -> str:
        question = Message.create(self.channel, dish)
        question.reply_to = self.answers
        question.publish(routing_key="kitchen.minutes")  # flow: call rpc kitchen.minutes -> kitchen
        answer = self.channel.basic.get(self.answers)  # flow: blind subscribe amqp
        return answer.body if answer is not None else "soon"


if __name__ == "__main__":
    counter = Counter(os.environ["AMQP_URL"])
    counter.order("soup")
    logging.info("ready in %s minutes", counter.minutes("soup"))
