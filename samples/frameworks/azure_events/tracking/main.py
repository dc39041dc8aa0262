"""Adds up what the depot weighs."""

import asyncio
import json
import os
from collections import Counter

from azure.eventhub import EventData
from azure.eventhub.aio import EventHubConsumerClient, PartitionContext

grams: Counter[str] = Counter()


async def on_weight(context: PartitionContext, event: EventData | None) -> None:
    if event is not None:
        grams["all"] += int(json.loads(event.body_as_str())["grams"])
        await context.update_checkpoint(event)


async def follow() -> None:
    hub = EventHubConsumerClient.from_connection_string(
        os.environ["HUB"], consumer_group="tracking", eventhub_name=os.environ["WEIGHTS_HUB"]
    )
    async with hub:
        await hub.receive(on_event=on_weight)  # flow: subscribe eventhub weights handler=on_weight


if __name__ == "__main__":
    asyncio.run(follow())
