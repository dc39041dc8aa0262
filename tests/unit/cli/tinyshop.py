"""A system small enough to scan in every test: orders waits for stock and announces, billing reacts and announces to nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from click.testing import Result

Run: TypeAlias = Callable[..., Result]

FILES = {
    "orders/app.py": """\
import requests
from flask import Flask
from kafka import KafkaProducer

app = Flask(__name__)
producer = KafkaProducer()


@app.route("/orders", methods=["POST"])
def create_order():
    requests.get("http://stock:8000/stock/1", timeout=2)
    producer.send("order-placed", {"id": 1})
    return {}
""",
    "stock/app.py": """\
from flask import Flask

app = Flask(__name__)


@app.route("/stock/<item>")
def stock(item):
    return {}
""",
    "billing/worker.py": """\
from kafka import KafkaConsumer, KafkaProducer

producer = KafkaProducer()


def main():
    for message in KafkaConsumer("order-placed"):
        producer.send("invoice-sent", {})


main()
""",
    "docker-compose.yml": """\
services:
  orders: {build: orders, command: flask --app app run}
  stock: {build: stock, command: flask --app app run}
  billing: {build: billing, command: python worker.py}
""",
}
