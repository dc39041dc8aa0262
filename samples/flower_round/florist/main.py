"""Binds bouquets, and cancels those for which the flowers are missing."""

import os
from typing import Any

from faststream import FastStream
from faststream.kafka import KafkaBroker

broker = KafkaBroker(os.environ["KAFKA"])
app = FastStream(broker)

STOCK = {"rose": 120, "tulip": 80, "iris": 30}


@broker.subscriber("bouquet.ordered", group_id="florist")  # flow: subscribe kafka bouquet.ordered handler=bind
async def bind(bouquet: dict[str, Any]) -> None:
    if STOCK.get(bouquet["flower"], 0) < 12:
        await broker.publish(bouquet, "bouquet.cancelled")  # flow: publish kafka bouquet.cancelled
        return
    STOCK[bouquet["flower"]] -= 12
    stock = {"flower": bouquet["flower"], "left": STOCK[bouquet["flower"]]}
    await broker.publish(stock, "stock.updated")  # flow: publish kafka stock.updated
    await broker.publish(bouquet, "bouquet.bound")  # flow: publish kafka bouquet.bound
