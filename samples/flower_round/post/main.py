"""Writes to customers."""

import os
from typing import Any

from faststream import FastStream
from faststream.kafka import KafkaBroker

broker = KafkaBroker(os.environ["KAFKA"])
app = FastStream(broker)

LETTERS: list[str] = []


@broker.subscriber("parcel.collected", group_id="post")  # flow: subscribe kafka parcel.collected handler=announce
async def announce(bouquet: dict[str, Any]) -> None:
    LETTERS.append(f"Your bouquet {bouquet['number']} is on its way.")


@broker.subscriber("deliveries.failed", group_id="post")  # flow: subscribe kafka deliveries.failed handler=apologise
async def apologise(bouquet: dict[str, Any]) -> None:
    LETTERS.append(f"We could not deliver your bouquet {bouquet['number']}.")
