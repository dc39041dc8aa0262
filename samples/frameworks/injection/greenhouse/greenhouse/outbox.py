"""What sends: it knows its topic only by whoever makes it."""

import json

from confluent_kafka import Producer


class Outbox:
    """A topic and who sends to it."""

    def __init__(self, producer: Producer, topic: str) -> None:
        self.producer = producer
        self.topic = topic

    def put(self, event: dict[str, str]) -> None:
        """Send one event."""
        self.producer.produce(
            self.topic,  # flow: publish kafka water.opened ; publish kafka roof.opened
            json.dumps(event).encode(),  # flow: publish kafka door.opened ; publish kafka night.fallen
        )
