"""Knows what is on the shelves."""

import asyncio
import logging

import nats
import nats.micro
from nats.aio.client import Client
from nats.micro.request import Request

SUBJECTS = "shelf.*"


async def count(request: Request) -> None:
    await request.respond(b"7")


async def health(request: Request) -> None:
    await request.respond(b"fine")


async def watch(client: Client) -> None:
    stream = client.jetstream()
    limits = await stream.key_value("limits")
    changes = await limits.watch(SUBJECTS)  # flow: subscribe nats limits.shelf.* handler=watch
    async for change in changes:
        logging.info("%s", change.key)


async def follow(client: Client) -> None:
    plans = await client.jetstream().object_store("plans")
    watcher = await plans.watch()  # flow: subscribe nats plans handler=follow
    logging.info("%s", await watcher.updates())


async def main() -> None:
    client = await nats.connect("nats://nats:4222")
    service = await nats.micro.add_service(client, name="stock", version="1.0.0")
    await service.add_endpoint(name="health", handler=health)  # flow: subscribe nats health handler=health
    group = service.add_group(name="stock")
    await group.add_endpoint(name="count", handler=count)  # flow: subscribe nats stock.count handler=count
    await asyncio.gather(watch(client), follow(client))


if __name__ == "__main__":
    asyncio.run(main())
