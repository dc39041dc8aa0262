"""Writes bills, and says so."""

import asyncio

from hexkit.config import config_from_yaml
from hexkit.custom_types import Ascii, JsonObject
from hexkit.protocols.eventsub import EventSubscriberProtocol
from hexkit.providers.akafka import KafkaEventPublisher, KafkaEventSubscriber
from hexkit.providers.mongokafka import MongoKafkaConfig, MongoKafkaDaoPublisherFactory
from pydantic import BaseModel
from pydantic_settings import BaseSettings


class TopicConfig(BaseSettings):
    """What is listened to and published."""

    order_topic: str
    order_placed_type: str
    bill_topic: str = "invoices"


@config_from_yaml(prefix="billing")
class Config(MongoKafkaConfig, TopicConfig):
    """What may be set."""


class Bill(BaseModel):
    """What is to be paid."""

    number: str


class EventSubTranslator(EventSubscriberProtocol):  # flow: subscribe kafka orders event=order_placed
    """Bills orders."""

    def __init__(self, *, config: TopicConfig, factory: MongoKafkaDaoPublisherFactory) -> None:
        self.topics_of_interest = [config.order_topic]
        self.types_of_interest = [config.order_placed_type]
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
    config = Config()
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
