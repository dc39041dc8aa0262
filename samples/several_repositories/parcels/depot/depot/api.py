"""The endpoints of the depot."""

import json
import os

import pika
from fastapi import FastAPI

EXCHANGE = "parcels"
app = FastAPI()


def announce(routing_key: str, parcel: dict[str, str]) -> None:
    connection = pika.BlockingConnection(pika.URLParameters(os.environ["RABBITMQ_URL"]))
    channel = connection.channel()
    channel.basic_publish(exchange=EXCHANGE, routing_key=routing_key, body=json.dumps(parcel).encode())
    connection.close()


@app.post("/parcels")  # flow: serve http POST /parcels
def arrive(parcel: dict[str, str]) -> dict[str, str]:
    announce("parcel.arrived", parcel)  # flow: publish amqp parcel.arrived exchange=parcels
    return parcel


@app.put("/parcels/{number}/state")  # flow: serve http PUT /parcels/{}/state
def change(number: str, state: dict[str, str]) -> dict[str, str]:
    return {"number": number, **state}
