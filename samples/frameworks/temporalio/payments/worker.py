"""The worker of payments: activities only."""

import asyncio
import os

from temporalio import activity
from temporalio.client import Client
from temporalio.worker import Worker


@activity.defn
async def charge(number: str) -> str:
    return f"receipt of {number}"


async def main() -> None:
    client = await Client.connect(os.environ["TEMPORAL"])
    await Worker(client, task_queue="payments", activities=[charge]).run()  # flow: serve rpc charge handler=charge


if __name__ == "__main__":
    asyncio.run(main())
