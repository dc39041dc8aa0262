"""Sells and takes back tickets for the ferry."""

import os
from functools import cache
from uuid import uuid4

import requests
from fastapi import FastAPI
from kafka import KafkaProducer
from pydantic import BaseModel

app = FastAPI(title="counter")
TIDES = "https://tides.example.org"


@cache
def producer() -> KafkaProducer:
    return KafkaProducer(bootstrap_servers=os.environ["KAFKA"])


class Passenger(BaseModel):
    """Who crosses, and by which ferry."""

    name: str
    ferry: str


@app.get("/tides/{day}")  # flow: serve http GET /tides/{}
def tides(day: str) -> dict[str, str]:
    answer = requests.get(  # noqa: S113  # flow: call http GET /days/{} -> external:tides.example.org timeout=none
        f"{TIDES}/days/{day}"
    )  # flowmap: ignore[C106] -- only the board in the hall asks, and it is restarted when it stands still
    return answer.json()


@app.post("/tickets", status_code=201)  # flow: serve http POST /tickets
def sell(passenger: Passenger) -> dict[str, str]:
    number = str(uuid4())
    producer().send(  # flow: publish kafka ticket.sold
        "ticket.sold", f"{number} {passenger.ferry}".encode()
    )  # flowmap: ignore[T301] -- the gates do not read it yet
    return {"number": number}


@app.delete("/tickets/{number}", status_code=204)  # flow: serve http DELETE /tickets/{}
def take_back(number: str) -> None:
    producer().send("ticket.refunded", number.encode())  # flow: publish kafka ticket.refunded
