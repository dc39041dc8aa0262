"""Counts the guests, and starts the film when the house is full."""

import json
import os

from kafka import KafkaConsumer, KafkaProducer

SEATS = 80


def main() -> None:
    producer = KafkaProducer(bootstrap_servers="kafka:9092")
    tickets = KafkaConsumer(os.environ["TICKETS"], bootstrap_servers="kafka:9092")  # flow: subscribe kafka ticket.sold
    for guests, _ in enumerate(tickets, 1):
        if guests == SEATS:
            producer.send("film.started", json.dumps({"guests": guests}).encode())  # flow: publish kafka film.started


if __name__ == "__main__":
    main()
