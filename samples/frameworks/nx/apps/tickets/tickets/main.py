"""Sells tickets."""

import json

from box_office.channels import SOLD
from fastapi import FastAPI
from kafka import KafkaProducer

app = FastAPI()
producer = KafkaProducer(bootstrap_servers="localhost:9092")


@app.post("/tickets")  # flow: serve http POST /tickets
def sell(seat: str) -> dict[str, str]:
    """One ticket for one seat."""
    producer.send(SOLD, json.dumps({"seat": seat}).encode())  # flow: publish kafka tickets.sold
    return {"seat": seat}
