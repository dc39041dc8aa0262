"""Remembers who has which book."""

import asyncio
import json
import os

from azure.servicebus.aio import ServiceBusClient


class Archive:
    """The loans, by book."""

    def __init__(self) -> None:
        self.client = ServiceBusClient.from_connection_string(os.environ["BUS"])
        self.loans: dict[str, str] = {}

    async def lent(self) -> None:
        async with self.client.get_queue_receiver("loans") as receiver:  # flow: subscribe servicebus loans
            async for message in receiver:
                loan = json.loads(str(message))
                self.loans[loan["book"]] = loan["reader"]
                await receiver.complete_message(message)

    async def returned(self) -> None:
        receiver = self.client.get_subscription_receiver(  # flow: subscribe servicebus book-returned
            topic_name="book-returned", subscription_name="archive"
        )
        async with receiver:
            for message in await receiver.receive_messages(max_wait_time=5):
                self.loans.pop(json.loads(str(message))["book"], None)

    async def run(self) -> None:
        await asyncio.gather(self.lent(), self.returned())


if __name__ == "__main__":
    asyncio.run(Archive().run())
