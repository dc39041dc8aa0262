"""Plays."""

import os
from typing import Any

from faststream import FastStream
from faststream.kafka import KafkaBroker

broker = KafkaBroker(os.environ["KAFKA"])
app = FastStream(broker)


@broker.subscriber("evening.opened", group_id="band")  # flow: subscribe kafka evening.opened handler=rehearse
async def rehearse(wedding: dict[str, Any]) -> None:
    await broker.publish(wedding, "songs_chosen")  # flow: publish kafka songs_chosen
