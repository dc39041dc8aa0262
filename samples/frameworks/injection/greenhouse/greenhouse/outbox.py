"""What sends: it knows its topic only by whoever makes it."""

import json

from confluent_kafka import Producer


class Outbox:
    def __init__(self, producer: Producer, topic: str) -> None:
        self.producer = producer
        self.topic = topic

    def put(self, event: dict[str, str]) -> None:
        self.producer.produce(
            self.topic,  # flow: publish kafka water.opened ; publish kafka roof.opened
            json.dumps(event).encode(),  # flow: publish kafka door.opened ; publish kafka night.fallen
        )
