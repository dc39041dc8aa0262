"""Bills orders as they come."""

import json
import logging
import os

import httpx
from kafka import KafkaConsumer

log = logging.getLogger(__name__)


def bill(number: str) -> None:
    order = httpx.get(f"{os.environ['ORDERS_URL']}/orders/{number}", timeout=5).json()  # flow: call http GET /orders/{} -> orders
    log.info("billed %s", order)


def main() -> None:
    consumer = KafkaConsumer("orders", bootstrap_servers=os.environ["BROKER"])  # flow: subscribe kafka orders
    for message in consumer:
        bill(json.loads(message.value)["number"])


if __name__ == "__main__":
    main()
