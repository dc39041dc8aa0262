"""Takes orders for bouquets."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

from fastapi import FastAPI
from faststream.kafka import KafkaBroker
from pydantic import BaseModel

broker = KafkaBroker(os.environ["KAFKA"])


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    async with broker:
        yield


app = FastAPI(title="shop", lifespan=lifespan)


class Order(BaseModel):
    """A dozen flowers of one kind, for somebody."""

    flower: str
    address: str


@app.post("/bouquets", status_code=202)  # flow: serve http POST /bouquets
async def order(new: Order) -> dict[str, str]:
    number = str(uuid4())
    bouquet = {"number": number, "flower": new.flower, "address": new.address}
    await broker.publish(bouquet, "bouquet.ordered")  # flow: publish kafka bouquet.ordered
    return {"number": number}


@app.delete("/bouquets/{number}", status_code=202)  # flow: serve http DELETE /bouquets/{}
async def cancel(number: str) -> None:
    await broker.publish({"number": number}, "bouquet.cancelled")  # flow: publish kafka bouquet.cancelled
