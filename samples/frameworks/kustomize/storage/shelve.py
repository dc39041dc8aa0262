"""Finds a place on the shelves."""

import json
import logging
import os

from kafka import KafkaConsumer


def main() -> None:
    consumer = KafkaConsumer(
        os.environ["TOPIC"], bootstrap_servers=os.environ["KAFKA"], group_id="storage"
    )  # flow: subscribe kafka property.handed-in
    for message in consumer:
        logging.info("a place for %s", json.loads(message.value)["what"])


if __name__ == "__main__":
    main()
