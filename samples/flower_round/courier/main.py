"""Collects bouquets and brings them."""

import os
from typing import Any

from faststream import FastStream
from faststream.kafka import KafkaBroker

broker = KafkaBroker(os.environ["KAFKA"])
app = FastStream(broker)

TOURS: dict[str, str] = {}


@broker.subscriber("bouquet.bound", group_id="courier")  # flow: subscribe kafka bouquet.bound handler=collect
async def collect(bouquet: dict[str, Any]) -> None:
    if not bouquet["address"]:
        await broker.publish(bouquet, "delivery.failed")  # flow: publish kafka delivery.failed
        return
    TOURS[bouquet["number"]] = bouquet["address"]
    await broker.publish(bouquet, "parcel.collected")  # flow: publish kafka parcel.collected


@broker.subscriber("bouquet.cancelled", group_id="courier")  # flow: subscribe kafka bouquet.cancelled handler=forget
async def forget(bouquet: dict[str, Any]) -> None:
    TOURS.pop(bouquet["number"], None)
