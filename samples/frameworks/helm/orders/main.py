"""Takes orders and tells whoever listens."""

import json
import os

from fastapi import FastAPI
from kafka import KafkaProducer

app = FastAPI()


def producer() -> KafkaProducer:
    return KafkaProducer(bootstrap_servers=os.environ["BROKER"], value_serializer=lambda v: json.dumps(v).encode())


@app.post("/orders")  # flow: serve http POST /orders handler=place
def place(order: dict[str, str]) -> dict[str, str]:
    producer().send(os.environ["ORDERS_TOPIC"], order)  # flow: publish kafka orders
    return order


@app.get("/orders/{number}")  # flow: serve http GET /orders/{} handler=show
def show(number: str) -> dict[str, str]:
    return {"number": number}
