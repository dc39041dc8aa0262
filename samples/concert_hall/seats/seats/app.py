"""Books seats, and issues tickets once they are paid for."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

from seats.broker import Broker

PROGRAMME_URL = os.environ["PROGRAMME_URL"]


class Booking(BaseModel):
    """What a visitor asks for."""

    performance: str
    row: str
    seat: int


def on_payment(broker: Broker, payment: dict[str, str]) -> None:
    """A payment was settled or declined."""
    if payment["status"] == "settled":
        broker.tell("ticket.issued", {"booking": payment["booking"]})  # flow: publish amqp ticket.issued exchange=hall
    else:
        broker.tell("seats.released", {"booking": payment["booking"]})  # flow: publish amqp seats.released exchange=hall
        broker.tell("booking.declined", {"booking": payment["booking"]})  # flow: publish amqp booking.declined exchange=hall


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    """Listens for payments while the application runs."""
    threading.Thread(target=lambda: Broker().listen(on_payment), daemon=True).start()
    yield


app = FastAPI(lifespan=lifespan)


@app.post("/bookings", status_code=202)  # flow: serve http POST /bookings
def book(booking: Booking) -> dict[str, str]:
    """Holds a seat until it is paid for."""
    url = f"{PROGRAMME_URL}/performances/{booking.performance}"
    answer = httpx.get(url, timeout=2)  # flow: call http GET /performances/{} -> external:programme
    if answer.status_code == 404:
        raise HTTPException(404, "no such performance")
    Broker().tell("seats.booked", json.loads(booking.model_dump_json()))  # flow: publish amqp seats.booked exchange=hall
    return {"status": "held"}
