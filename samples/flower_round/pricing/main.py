"""Knows what flowers cost today."""

import os
from typing import Any

from faststream import FastStream
from faststream.kafka import KafkaBroker

broker = KafkaBroker(os.environ["KAFKA"])
app = FastStream(broker)

PRICES = {"rose": 2.5, "tulip": 1.0, "iris": 1.8}
LEFT: dict[str, int] = {}


@broker.subscriber("stock.updated", group_id="pricing")  # flow: subscribe kafka stock.updated handler=note
async def note(stock: dict[str, Any]) -> None:
    LEFT[stock["flower"]] = stock["left"]


@broker.subscriber("demand.estimated", group_id="pricing")  # flow: subscribe kafka demand.estimated handler=adjust
async def adjust(demand: dict[str, Any]) -> None:
    PRICES[demand["flower"]] *= 1 + demand["rise"]
    price = {"flower": demand["flower"], "price": PRICES[demand["flower"]]}
    await broker.publish(price, "price.adjusted")  # flow: publish kafka price.adjusted
