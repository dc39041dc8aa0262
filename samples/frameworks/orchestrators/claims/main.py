"""What happens to claims; the process is drawn elsewhere."""

import asyncio
import os

from flask import Flask
from pyzeebe import SyncZeebeClient, ZeebeTaskRouter, ZeebeWorker, create_insecure_channel

app = Flask(__name__)
router = ZeebeTaskRouter()


def client() -> SyncZeebeClient:
    return SyncZeebeClient(create_insecure_channel(f"{os.environ['ZEEBE_HOST']}:26500"))


@app.post("/claims/<number>")  # flow: serve http POST /claims/{} handler=place
def place(number: str) -> str:
    client().run_process("settle-claim", variables={"number": number})  # flow: call rpc settle-claim -> external:zeebe
    return number


@app.post("/claims/<number>/papers")  # flow: serve http POST /claims/{}/papers handler=complete
def complete(number: str) -> str:
    client().publish_message("papers-arrived", correlation_key=number)  # flow: publish zeebe papers-arrived
    return number


@router.task(task_type="check-cover")  # flow: serve rpc check-cover handler=check
async def check(number: str) -> dict[str, bool]:
    return {"covered": number.startswith("1")}


async def work() -> None:
    worker = ZeebeWorker(create_insecure_channel(f"{os.environ['ZEEBE_HOST']}:26500"))
    worker.include_router(router)  # flow: nothing
    await worker.work()


if __name__ == "__main__":
    asyncio.run(work())
