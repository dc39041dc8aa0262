"""Writes down what was said of orders."""

import logging
import os

from confluent_kafka import Consumer


def main() -> None:
    consumer = Consumer({"bootstrap.servers": os.environ["BOOTSTRAP"], "group.id": "billing"})
    consumer.subscribe(["orders"])  # flow: subscribe kafka orders handler=main
    while True:
        message = consumer.poll(1.0)
        if message is not None:
            logging.info("%s", message.value())


if __name__ == "__main__":
    main()
