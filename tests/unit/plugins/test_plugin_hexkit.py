"""hexkit: publishers by protocol and provider, translators, published objects, and what only looks like them."""

from __future__ import annotations

from sightings import checks

SETUP = """
from hexkit.protocols.daosub import DaoSubscriberProtocol
from hexkit.protocols.eventpub import EventPublisherProtocol
from hexkit.protocols.eventsub import EventSubscriberProtocol
from hexkit.providers.akafka import KafkaEventPublisher
from hexkit.providers.mongokafka import MongoKafkaDaoPublisherFactory, PersistentKafkaPublisher
"""

FORMS = [
    (
        """
        class Pub:
            def __init__(self, provider: EventPublisherProtocol):
                self._provider = provider
            async def placed(self):
                await self._provider.publish(payload={}, type_="placed", key="1", topic="orders")
        """,
        "publish kafka orders [placed]",
    ),
    (
        """
        class Pub:
            def __init__(self, *, topic, provider: EventPublisherProtocol):
                self._topic, self._provider = topic, provider
            async def placed(self):
                await self._provider.publish(payload={}, type_="placed", key="1", topic=self._topic)
        async def main():
            async with PersistentKafkaPublisher.construct(config=None) as provider:
                await Pub(topic="orders", provider=provider).placed()
        """,
        "publish kafka orders [placed]",
    ),
    (
        """
        async def main(config):
            async with KafkaEventPublisher.construct(config=config) as publisher:
                await publisher.publish(topic="orders", type_="placed", key="1", payload={})
        """,
        "publish kafka orders [placed]",
    ),
    (
        """
        async def main(config):
            async with MongoKafkaDaoPublisherFactory.construct(config=config) as factory:
                await factory.get_dao(name="bills", event_topic="bills")
        """,
        "publish kafka bills",
    ),
    (
        """
        class Sub(EventSubscriberProtocol):
            topics_of_interest = ["orders"]
            types_of_interest = ["placed", "paid"]
            async def _consume_validated(self, *, payload, type_, topic, key, event_id): ...
        """,
        "subscribe kafka orders [paid] by Sub._consume_validated",
        "subscribe kafka orders [placed] by Sub._consume_validated",
    ),
    (
        """
        class Sub(EventSubscriberProtocol):
            def __init__(self, config):
                self.topics_of_interest = [config.topic]
                self.types_of_interest = ["placed"]
            async def _consume_validated(self, *, payload, **rest): ...
        """,
        "subscribe kafka ? by Sub._consume_validated",
    ),
    (
        """
        class Config:
            order_topic, order_type, bills_topic, bill_paid_type = "orders", "placed", "bills", "paid"
            bill_sent_type = "sent"
        class Sub(EventSubscriberProtocol):
            topics_of_interest: list[str]
            types_of_interest: list[str]
            def __init__(self, config: Config):
                self.topics_of_interest = [config.order_topic, config.bills_topic]
                self.types_of_interest = [config.bill_paid_type, config.bill_sent_type, config.order_type]
            async def _consume_validated(self, *, payload, **rest): ...
        """,
        "subscribe kafka bills [paid] by Sub._consume_validated",
        "subscribe kafka bills [sent] by Sub._consume_validated",
        "subscribe kafka orders [placed] by Sub._consume_validated",
    ),
    (
        """
        class Config:
            first_topic, second_topic, order_type = "a", "b", "placed"
        class Sub(EventSubscriberProtocol):
            def __init__(self, config: Config):
                self.topics_of_interest = [config.first_topic, config.second_topic]
                self.types_of_interest = [config.order_type, "paid"]
            async def _consume_validated(self, *, payload, **rest): ...
        """,
        "subscribe kafka a [paid] by Sub._consume_validated",
        "subscribe kafka a [placed] by Sub._consume_validated",
        "subscribe kafka b [paid] by Sub._consume_validated",
        "subscribe kafka b [placed] by Sub._consume_validated",
    ),
    (
        """
        class Sub(DaoSubscriberProtocol):
            event_topic: str
            def __init__(self, topic="bills"):
                self.event_topic = topic
            async def changed(self, resource_id, update): ...
        """,
        "subscribe kafka bills by Sub.changed",
    ),
    (
        """
        class Sub(DaoSubscriberProtocol[dict]):
            event_topic = "bills"
            async def changed(self, resource_id, update): ...
            async def deleted(self, resource_id): ...
        """,
        "subscribe kafka bills by Sub.changed",
    ),
]
LOOK_ALIKES = [
    "class Press:\n    async def publish(self, *, topic): ...\nasync def go():\n    await Press().publish(topic='orders')",
    "class Sub:\n    topics_of_interest = ['orders']\n    async def _consume_validated(self, *, payload): ...",
    "class Dao:\n    async def get_dao(self, *, event_topic): ...\nasync def go():\n    await Dao().get_dao(event_topic='bills')",
    "async def go(config):\n    async with PersistentKafkaPublisher.construct(config=config) as p:\n        await p.republish()",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES)
