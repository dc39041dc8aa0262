"""Writes invoices for orders that are placed, and takes them back."""

import json
import logging
import os

from kafka import KafkaConsumer

invoices: dict[str, str] = {}


def handle(event: dict[str, str]) -> None:
    if event["type"] == "order.placed":
        invoices[event["order"]] = "open"
    elif event["type"] == "order.cancelled":
        if invoices.get(event["order"]) == "open":
            invoices[event["order"]] = "void"
    else:
        logging.warning("what is %s?", event["type"])


def main() -> None:
    consumer = (
        KafkaConsumer(  # flow: subscribe kafka order-events event=order.placed ; subscribe kafka order-events event=order.cancelled
            os.environ["ORDERS_TOPIC"], bootstrap_servers=os.environ["KAFKA"], group_id="billing"
        )
    )
    for message in consumer:
        handle(json.loads(message.value))


if __name__ == "__main__":
    main()
