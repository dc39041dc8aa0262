"""Takes orders for seeds."""

import json
import os

import boto3
import requests
from flask import Flask, request

app = Flask(__name__)


@app.post("/orders")  # flow: serve http POST /orders
def order() -> tuple[dict[str, str], int]:
    wanted = request.get_json()
    bag = requests.get(f"{os.environ['STOCK_URL']}/bags/{wanted['species']}", timeout=3)  # flow: call http GET /bags/{} -> stock
    bag.raise_for_status()
    label = json.dumps({"species": wanted["species"], "to": wanted["address"]})
    queue = boto3.client("sqs")
    queue.send_message(QueueUrl=os.environ["LABEL_QUEUE_URL"], MessageBody=label)  # flow: publish sqs seed-labels-{}.fifo
    return {"state": "packed"}, 201
