"""Publishes the payment events."""

import json
from dataclasses import asdict

from aiokafka import AIOKafkaProducer

from payment.events import Event


class EventBus:
    """Sends events to the topics that they name."""

    def __init__(self, producer: AIOKafkaProducer) -> None:
        self._producer = producer

    async def publish(self, event: Event) -> None:
        """Publish an event and wait until the broker has it."""
        body = json.dumps(asdict(event)).encode()
        await self._producer.send_and_wait(event.topic, body, key=event.order_id.encode())
