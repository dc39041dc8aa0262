"""Tells people of their parcels."""

import logging
import os

from cloudevents.http import from_http
from cloudevents.kafka import KafkaMessage, from_binary
from fastapi import FastAPI, Request
from kafka import KafkaConsumer

app = FastAPI()


@app.post("/notices")  # flow: serve http POST /notices handler=notice
async def notice(request: Request) -> str:
    event = from_http(request.headers, await request.body())
    return str(event["type"])


@app.on_event("startup")
def follow() -> None:
    for record in KafkaConsumer(
        "parcels", bootstrap_servers=os.environ["BOOTSTRAP"]
    ):  # flow: subscribe kafka parcels handler=follow
        event = from_binary(KafkaMessage(dict(record.headers), record.key, record.value))
        logging.info("%s", event["type"])
