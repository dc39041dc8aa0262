"""The shop: it asks for workflows by name, and knows none of their code."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Depends, FastAPI, Request
from temporalio.client import Client

QUEUE = "fulfilment"


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.temporal = await Client.connect(os.environ["TEMPORAL"])
    yield


def temporal(request: Request) -> Client:
    found: Client = request.app.state.temporal
    return found


app = FastAPI(lifespan=lifespan)
Temporal = Annotated[Client, Depends(temporal)]


@app.post("/orders/{number}")  # flow: serve http POST /orders/{} handler=order
async def order(number: str, client: Temporal) -> str:
    receipt: str = await client.execute_workflow(  # flow: call rpc FulfilOrder -> fulfilment
        "FulfilOrder", number, id=number, task_queue=QUEUE
    )
    return receipt


@app.post("/stocktaking")  # flow: serve http POST /stocktaking handler=stocktaking
async def stocktaking(client: Temporal) -> None:
    await client.start_workflow("stocktaking", id="stock", task_queue=QUEUE)  # flow: call rpc stocktaking -> fulfilment
