"""Plans weddings: tells everybody when it is their turn."""

import os
from typing import Any

from faststream import FastStream
from faststream.kafka import KafkaBroker

broker = KafkaBroker(os.environ["KAFKA"])
app = FastStream(broker)

CALENDAR: dict[str, str] = {}


@app.after_startup
async def agree() -> None:
    for couple in os.environ["COUPLES"].split():
        CALENDAR[couple] = "agreed"
        await broker.publish({"couple": couple}, "wedding.agreed")  # flow: publish kafka wedding.agreed


@broker.subscriber("room.decorated", group_id="planner")  # flow: subscribe kafka room.decorated handler=go_on
async def go_on(wedding: dict[str, Any]) -> None:
    CALENDAR[wedding["couple"]] = "decorated"
    await broker.publish(wedding, "evening.opened")  # flow: publish kafka evening.opened


@broker.subscriber("songs_chosen", group_id="planner")  # flow: subscribe kafka songs_chosen handler=close
async def close(wedding: dict[str, Any]) -> None:
    CALENDAR[wedding["couple"]] = "ready"
