"""Sells tickets."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from box_office.channels import SOLD
from fastapi import FastAPI, Request
from kafka import KafkaProducer


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.producer = KafkaProducer(bootstrap_servers="localhost:9092")
    yield
    app.state.producer.close()


app = FastAPI(lifespan=lifespan)


@app.post("/tickets")  # flow: serve http POST /tickets
def sell(seat: str, request: Request) -> dict[str, str]:
    """One ticket for one seat."""
    producer: KafkaProducer = request.app.state.producer
    producer.send(SOLD, json.dumps({"seat": seat}).encode())  # flow: publish kafka tickets.sold
    return {"seat": seat}
