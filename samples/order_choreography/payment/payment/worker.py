"""The payment worker: pays for what is reserved, collects for what is shipped."""

import asyncio
import json
import logging
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from payment.bus import EventBus
from payment.events import PaymentAuthorized, PaymentCaptured, PaymentDeclined, SendConfirmationEmail
from payment.provider import CardProvider, CardRefusedError
from payment.settings import Settings

logger = logging.getLogger(__name__)


class Cashier:
    """What the payment service does about events."""

    def __init__(self, provider: CardProvider, bus: EventBus) -> None:
        self._provider = provider
        self._bus = bus
        self._references: dict[str, str] = {}

    async def authorize(self, event: dict[str, Any]) -> None:
        """Hold the amount of an order whose articles are reserved."""
        order_id, amount = event["order_id"], event["total_cents"]
        try:
            self._references[order_id] = await self._provider.authorize(order_id, amount)
        except CardRefusedError as refused:
            await self._bus.publish(PaymentDeclined(order_id, str(refused)))  # flow: publish kafka payment.declined
            return
        await self._bus.publish(PaymentAuthorized(order_id, amount))  # flow: publish kafka payment.authorized
        mail = SendConfirmationEmail(order_id, recipient=event["email"])
        await self._bus.publish(mail)  # flow: publish kafka send-confirmation-email

    async def capture(self, event: dict[str, Any]) -> None:
        """Collect the amount of an order that is on its way."""
        order_id = event["order_id"]
        reference = self._references.pop(order_id, None)
        if reference is None:
            logger.warning("order %s was shipped without an authorisation", order_id)
            return
        await self._provider.capture(reference)
        await self._bus.publish(PaymentCaptured(order_id, reference))  # flow: publish kafka payment.captured


async def run() -> None:
    """Consume until the process is stopped."""
    settings = Settings()
    consumer = AIOKafkaConsumer(bootstrap_servers=settings.kafka_servers, group_id="payment", enable_auto_commit=False)
    consumer.subscribe(
        [
            settings.reserved_topic,  # flow: subscribe kafka inventory.reserved
            settings.shipped_topic,  # flow: subscribe kafka shipment.created
        ]
    )
    async with AIOKafkaProducer(bootstrap_servers=settings.kafka_servers, enable_idempotence=True) as producer, consumer:
        cashier = Cashier(CardProvider(settings), EventBus(producer))
        reactions = {settings.reserved_topic: cashier.authorize, settings.shipped_topic: cashier.capture}
        async for record in consumer:
            await reactions[record.topic](json.loads(record.value))
            await consumer.commit()


if __name__ == "__main__":
    asyncio.run(run())
