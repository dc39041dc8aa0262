"""The thin layer over confluent-kafka: JSON in, JSON out, keyed by order."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from confluent_kafka import Consumer, KafkaException, Producer

from inventory.config import BROKERS


class EventWriter:
    """Publishes events about orders."""

    def __init__(self) -> None:
        self._producer = Producer({"bootstrap.servers": BROKERS, "enable.idempotence": True})

    def write(self, topic: str, order_id: str, event: Mapping[str, Any]) -> None:
        self._producer.produce(topic, value=json.dumps(event), key=order_id)
        self._producer.flush(10)


class EventReader:
    """Reads events from topics, committing each after it was handled."""

    def __init__(self, group: str, topics: list[str]) -> None:
        self._consumer = Consumer({"bootstrap.servers": BROKERS, "group.id": group, "enable.auto.commit": False})
        self._consumer.subscribe(topics)

    def __iter__(self) -> Iterator[tuple[str, dict[str, Any]]]:
        while True:
            message = self._consumer.poll(1.0)
            if message is None:
                continue
            if message.error():
                raise KafkaException(message.error())
            yield message.topic() or "", json.loads(message.value() or "{}")
            self._consumer.commit(message=message)
