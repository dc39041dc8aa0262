"""Puts loaves on the shelf."""

import asyncio

from eventiq import CloudEvent, Service
from eventiq.backends.nats import NatsBroker
from pgmq import PGMQueue


class Shelved(CloudEvent[dict[str, str]]):
    """A loaf lies on the shelf."""


service = Service(name="shelf", broker=NatsBroker.from_env())


async def main() -> None:
    queue = PGMQueue(host="db")
    async with service.context():
        while (loaf := queue.read("loaves", vt=30)) is not None:  # flow: subscribe pgmq loaves handler=main
            await service.send(loaf.message, Shelved, topic="loaf.shelved")  # flow: publish eventiq loaf.shelved event=Shelved
            queue.delete("loaves", loaf.msg_id)


if __name__ == "__main__":
    asyncio.run(main())
