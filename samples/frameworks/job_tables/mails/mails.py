"""Writes to customers."""

import logging

from arroyo.backends.kafka import KafkaProducer
from taskbroker_client.app import TaskbrokerApp

app = TaskbrokerApp(name="bindery", producer_factory=lambda _topic: KafkaProducer({"bootstrap.servers": "kafka:9092"}))
mail = app.create_namespace("mail")
bills = app.create_external_namespace("bills", "accounts")


@mail.register(name="send")  # flow: subscribe taskbroker mail:send handler=send
def send(address: str) -> None:
    logging.info("mail to %s", address)


@bills.register(name="write")  # flow: nothing
def write(order: int) -> None: ...


def finished(order: int, address: str) -> None:
    send.delay(address)  # flow: publish taskbroker mail:send
    write.apply_async(args=[order], countdown=60)  # flow: publish taskbroker bills:write


if __name__ == "__main__":
    finished(1, "jo@example.org")
