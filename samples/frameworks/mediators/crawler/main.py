"""The crawler: its steps tell one another by bubus what they found."""

import asyncio
import logging
import os

import redis
from bubus import BaseEvent, EventBus


class PageFound(BaseEvent[None]):
    """A page, not looked at yet."""

    url: str


bus = EventBus(name="crawler")


async def fetch(event: PageFound) -> None:
    logging.info("fetch %s", event.url)


async def log(event: BaseEvent[None]) -> None:
    logging.debug("%s", event)


def wire() -> None:
    bus.on(PageFound, fetch)  # flow: subscribe signal PageFound handler=fetch
    bus.on("*", log)  # flow: subscribe signal * handler=log


async def main() -> None:
    wire()
    listener = redis.Redis.from_url(os.environ["REDIS_URL"]).pubsub()
    listener.subscribe("customers")  # flow: subscribe redis customers handler=main
    for message in listener.listen():
        await bus.dispatch(PageFound(url=str(message["data"])))  # flow: publish signal PageFound


if __name__ == "__main__":
    asyncio.run(main())
