"""Sets limits, and asks what is there."""

import asyncio

import nats
from nats.js.api import KeyValueConfig


async def main() -> None:
    client = await nats.connect("nats://nats:4222")
    stream = client.jetstream()
    limits = await stream.create_key_value(KeyValueConfig(bucket="limits"))
    await limits.put("shelf.upper", b"12")  # flow: publish nats limits.shelf.upper
    count = await client.request("stock.count", b"shelf")  # flow: call rpc stock.count -> stock
    notes = await stream.key_value("notes")
    await notes.put("last", count.data)  # flow: nothing
    plans = await stream.create_object_store(bucket="plans")
    await plans.put("shelf.pdf", b"...")  # flow: publish nats plans
    await client.request("health", b"")  # flow: call rpc health -> stock


if __name__ == "__main__":
    asyncio.run(main())
