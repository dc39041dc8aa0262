"""Marks seats as taken."""

import json

from box_office.channels import SOLD
from kafka import KafkaConsumer

taken: set[str] = set()


def main() -> None:
    """Runs for ever."""
    consumer = KafkaConsumer(SOLD, bootstrap_servers="localhost:9092", group_id="seats")  # flow: subscribe kafka tickets.sold
    for message in consumer:
        taken.add(json.loads(message.value)["seat"])


if __name__ == "__main__":
    main()
