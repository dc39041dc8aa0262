"""Takes orders."""

import asyncio

from hexkit.protocols.eventpub import EventPublisherProtocol
from hexkit.providers.akafka import KafkaConfig, KafkaEventPublisher


class Config(KafkaConfig):
    """What may be set."""

    order_topic: str = "orders"
    placed_type: str = "order_placed"


class EventPubTranslator:
    """Tells of orders."""

    def __init__(self, *, config: Config, provider: EventPublisherProtocol) -> None:
        self._config = config
        self._provider = provider

    async def placed(self, number: str) -> None:
        await self._provider.publish(
            payload={"number": number},
            type_=self._config.placed_type,
            key=number,
            topic=self._config.order_topic,
        )  # flow: publish kafka orders event=order_placed

    async def lost(self, number: str) -> None:
        await self._provider.publish(payload={}, type_="order_lost", key=number, topic="losses")  # flow: publish kafka losses


class Press:
    """Prints what is published on paper."""

    async def publish(self, *, topic: str, type_: str) -> str:
        return topic + type_


async def main() -> None:
    config = Config(service_name="orders", service_instance_id="1", kafka_servers=["kafka:9092"])
    async with KafkaEventPublisher.construct(config=config) as provider:
        translator = EventPubTranslator(config=config, provider=provider)
        await translator.placed("1")
        await translator.lost("2")
        await Press().publish(topic="orders", type_="order_placed")  # flow: nothing


if __name__ == "__main__":
    asyncio.run(main())
