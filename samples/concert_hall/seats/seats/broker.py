"""The hall's exchange. Queues and bindings are the broker's own business."""

from __future__ import annotations

import json
import os
from collections.abc import Callable

import pika

EXCHANGE = "hall"


class Broker:
    """A connection to RabbitMQ."""

    def __init__(self) -> None:
        self.channel = pika.BlockingConnection(pika.URLParameters(os.environ["AMQP_URL"])).channel()

    def tell(self, key: str, fact: dict[str, object]) -> None:
        """Says what happened."""
        self.channel.basic_publish(EXCHANGE, key, json.dumps(fact).encode())

    def listen(self, handler: Callable[[Broker, dict[str, str]], None]) -> None:
        """Hands every payment on, until the process ends."""

        def received(_channel: object, _method: object, _properties: object, body: bytes) -> None:
            handler(self, json.loads(body))

        self.channel.basic_consume("seats.payments", received, auto_ack=True)  # flow: subscribe amqp payment.* exchange=hall
        self.channel.start_consuming()
