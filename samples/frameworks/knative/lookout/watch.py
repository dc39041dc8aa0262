"""Sees ferries come."""

import json
import os
import sys

from kafka import KafkaProducer


def main() -> None:
    producer = KafkaProducer(bootstrap_servers=os.environ["KAFKA"])
    for line in sys.stdin:
        producer.send("sightings", json.dumps({"ferry": line.strip()}).encode())  # flow: publish kafka sightings


if __name__ == "__main__":
    main()
