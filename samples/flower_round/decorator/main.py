"""Decorates rooms."""

import os
from typing import Any

from faststream import FastStream
from faststream.kafka import KafkaBroker

broker = KafkaBroker(os.environ["KAFKA"])
app = FastStream(broker)


@broker.subscriber("wedding.agreed", group_id="decorator")  # flow: subscribe kafka wedding.agreed handler=decorate
async def decorate(wedding: dict[str, Any]) -> None:
    await broker.publish(wedding, "room.decorated")  # flow: publish kafka room.decorated
