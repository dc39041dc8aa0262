"""The way out: everything that the desk says goes through here."""

import json
from typing import Any

from kafka import KafkaProducer

from desk.names import LIBRARY, Fact
from desk.settings import settings


class Outbox:
    """Says what happened, as JSON, in topics that begin with the library's name."""

    def __init__(self) -> None:
        self._producer = KafkaProducer(bootstrap_servers=settings.brokers)

    def tell(self, fact: Fact, about: dict[str, Any]) -> None:
        self.put(f"{LIBRARY}.{fact}", about)

    def put(self, topic: str, body: dict[str, Any]) -> None:
        self._producer.send(topic, json.dumps(body).encode())
