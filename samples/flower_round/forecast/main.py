"""Estimates what will be asked for."""

import os
from typing import Any

from faststream import FastStream
from faststream.kafka import KafkaBroker

broker = KafkaBroker(os.environ["KAFKA"])
app = FastStream(broker)


@broker.subscriber("price.adjusted", group_id="forecast")  # flow: subscribe kafka price.adjusted handler=estimate
async def estimate(price: dict[str, Any]) -> None:
    rise = 2.0 / price["price"] - 1
    await broker.publish({"flower": price["flower"], "rise": rise}, "demand.estimated")  # flow: publish kafka demand.estimated
