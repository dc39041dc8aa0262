"""Takes clicks from browsers and puts them on a topic."""

import json
import os
from functools import cache

from fastapi import FastAPI
from kafka import KafkaProducer

app = FastAPI()
TOPIC = os.environ["CLICKS_TOPIC"]


@cache
def producer() -> KafkaProducer:
    return KafkaProducer(bootstrap_servers="kafka:9092")


@app.post("/clicks")  # flow: serve http POST /clicks
def click(page: str) -> None:
    producer().send(TOPIC, json.dumps({"page": page}).encode())  # flow: publish kafka site.clicks
