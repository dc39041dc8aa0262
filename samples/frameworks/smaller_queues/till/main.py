"""Sells what lies on the shelf."""

import asyncio

from eventiq import CloudEvent, Service
from eventiq.backends.nats import NatsBroker
from pykafka import KafkaClient

service = Service(name="till", broker=NatsBroker.from_env())
sales = KafkaClient(hosts="kafka:9092").topics["loaf.sold"]


@service.subscribe(topic="loaf.*")  # flow: subscribe eventiq loaf.* handler=sell
async def sell(message: CloudEvent[dict[str, str]]) -> None:
    with sales.get_sync_producer() as producer:
        producer.produce(message.data["kind"].encode())  # flow: publish kafka loaf.sold


if __name__ == "__main__":
    asyncio.run(service.run())
