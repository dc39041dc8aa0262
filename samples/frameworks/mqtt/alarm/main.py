"""Sounds when the sensors are gone."""

import asyncio
import logging
import os
from typing import Any

from gmqtt import Client, Subscription

client = Client("alarm")


def connected(client: Client, _flags: int, _code: int, _properties: dict[str, Any]) -> None:
    client.subscribe(Subscription("sensors/gone", qos=1))  # flow: subscribe mqtt sensors/gone handler=arrived


def arrived(_client: Client, topic: str, payload: bytes, _qos: int, _properties: dict[str, Any]) -> int:
    logging.error("%s: %s", topic, payload.decode())
    return 0


async def main() -> None:
    client.on_connect = connected
    client.on_message = arrived
    await client.connect(os.environ.get("BROKER", "localhost"))
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
