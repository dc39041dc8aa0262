"""Takes in what people have found."""

import json
import os

from flask import Flask, request
from kafka import KafkaProducer

app = Flask(__name__)


@app.post("/items")  # flow: serve http POST /items
def found() -> tuple[dict[str, str], int]:
    item = request.get_json()
    producer = KafkaProducer(bootstrap_servers=os.environ["KAFKA"])
    producer.send(os.environ["TOPIC"], json.dumps({"what": item["what"]}).encode())  # flow: publish kafka property.handed-in
    return {"state": "kept"}, 201
