"""Keeps a register of what was asked for and what was sent."""

import asyncio
import logging
import os

import coredis
from coredis.patterns.streams import GroupConsumer


async def keep(client: coredis.Redis[str]) -> None:
    asked = GroupConsumer(  # flow: subscribe redis file-conversion handler=keep ; subscribe redis stitch-large handler=keep
        client, ["file-conversion", os.environ["STITCH_STREAM"]], "register", "one", auto_acknowledge=True
    )
    async for stream, entry in asked:
        logging.info("%s asked for %s", stream, entry)


async def hear(client: coredis.Redis[str]) -> None:
    async with client.pubsub(channels=["letters.sent"]) as sent:  # flow: subscribe redis letters.sent handler=hear
        async for message in sent:
            await client.set("last", str(message))  # flow: nothing


async def main() -> None:
    async with coredis.Redis(host=os.environ["REDIS_HOST"], decode_responses=True) as client:
        await asyncio.gather(keep(client), hear(client))


if __name__ == "__main__":
    asyncio.run(main())
