"""The worker of fulfilment."""

import asyncio
import os

from activities import Shelves, pack
from temporalio.client import Client
from temporalio.worker import Worker
from workflows import FulfilOrder, Stocktaking


async def main() -> None:
    client = await Client.connect(os.environ["TEMPORAL"])
    worker = Worker(
        client,
        task_queue="fulfilment",
        workflows=[FulfilOrder, Stocktaking],  # flow: serve rpc FulfilOrder handler=FulfilOrder.run ; serve rpc stocktaking
        activities=[pack, Shelves().count],  # flow: serve rpc pack handler=pack ; serve rpc count-shelf handler=Shelves.count
    )
    await worker.run()


if __name__ == "__main__":
    asyncio.run(main())
