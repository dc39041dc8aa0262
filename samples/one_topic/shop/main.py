"""Takes orders from the till and tells what happens to them."""

import json
import os
import sys

from kafka import KafkaProducer

TOPIC = os.environ["ORDERS_TOPIC"]


class Till:
    """Everything goes to one topic, under a type."""

    def __init__(self) -> None:
        self._producer = KafkaProducer(bootstrap_servers=os.environ["KAFKA"])

    def _tell(self, kind: str, order: str) -> None:
        self._producer.send(TOPIC, json.dumps({"type": kind, "order": order}).encode())

    def place(self, order: str) -> None:
        self._tell("order.placed", order)  # flow: publish kafka order-events event=order.placed

    def cancel(self, order: str) -> None:
        self._tell("order.cancelled", order)  # flow: publish kafka order-events event=order.cancelled

    def archive(self, order: str) -> None:
        self._tell("order.archived", order)  # flow: publish kafka order-events event=order.archived


if __name__ == "__main__":
    till = Till()
    for line in sys.stdin:
        what, number = line.split()
        {"place": till.place, "cancel": till.cancel, "archive": till.archive}[what](number)
