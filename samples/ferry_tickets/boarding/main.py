"""Opens the gate to those who have a ticket."""

import os

from kafka import KafkaConsumer


def board() -> None:
    known: set[str] = set()
    gates = KafkaConsumer("ticket.sold", bootstrap_servers=os.environ["KAFKA"])  # flow: subscribe kafka ticket.sold
    for message in gates:
        known.add(message.value.decode())


if __name__ == "__main__":
    board()
