"""Writes bills, and says so."""

import asyncio

from hexkit.custom_types import Ascii, JsonObject
from hexkit.protocols.eventsub import EventSubscriberProtocol
from hexkit.providers.akafka import KafkaEventPublisher, KafkaEventSubscriber
from hexkit.providers.mongokafka import MongoKafkaConfig, MongoKafkaDaoPublisherFactory
from pydantic import BaseModel


class Config(MongoKafkaConfig):
    """What may be set."""

    order_topic: str = "orders"
    bill_topic: str = "bills"


class Bill(BaseModel):
    """What is to be paid."""

    number: str


class EventSubTranslator(EventSubscriberProtocol):  # flow: subscribe kafka orders event=order_placed
    """Bills orders."""

    def __init__(self, *, config: Config, factory: MongoKafkaDaoPublisherFactory) -> None:
        self.topics_of_interest = [config.order_topic]
        self.types_of_interest = ["order_placed"]
        self._config = config
        self._factory = factory

    async def _consume_validated(self, *, payload: JsonObject, **_rest: Ascii) -> None:
        bills = await self._factory.get_dao(
            name="bills",
            dto_model=Bill,
            id_field="number",
            dto_to_event=lambda bill: bill.model_dump(),
            event_topic=self._config.bill_topic,
        )  # flow: publish kafka bills
        await bills.insert(Bill(number=str(payload["number"])))  # flow: nothing


async def main() -> None:
    config = Config(
        service_name="billing", service_instance_id="1", kafka_servers=["kafka:9092"], mongo_dsn="mongodb://mongodb", db_name="b"
    )
    async with (
        MongoKafkaDaoPublisherFactory.construct(config=config) as factory,
        KafkaEventPublisher.construct(config=config) as dlq_publisher,
        KafkaEventSubscriber.construct(
            config=config, translator=EventSubTranslator(config=config, factory=factory), dlq_publisher=dlq_publisher
        ) as subscriber,
    ):
        await subscriber.run()


if __name__ == "__main__":
    asyncio.run(main())
