"""Takes parcels in."""

import json
import os

from flask import Flask, request
from google.cloud import pubsub_v1, tasks_v2

PROJECT = os.environ.get("GOOGLE_CLOUD_PROJECT", "parcels")
LABELS_URL = os.environ.get("LABELS_URL", "http://localhost:8080")

app = Flask(__name__)


@app.post("/parcels")  # flow: serve http POST /parcels handler=take_in
def take_in() -> dict[str, str]:
    parcel = request.get_json()
    print_later("/labels", {"parcel": parcel["id"], "to": parcel["to"]})  # flow: call http POST /labels -> labels
    announce(parcel["id"])
    return {"parcel": parcel["id"]}


def announce(parcel: str) -> None:
    publisher = pubsub_v1.PublisherClient()
    topic = publisher.topic_path(PROJECT, "parcel-registered")
    publisher.publish(topic, parcel.encode()).result(timeout=10)  # flow: publish pubsub parcel-registered


def print_later(path: str, body: dict[str, str]) -> str:
    """Has a queue make the request."""
    client = tasks_v2.CloudTasksClient()
    task = tasks_v2.Task(
        http_request=tasks_v2.HttpRequest(
            http_method=tasks_v2.HttpMethod.POST,
            url=f"{LABELS_URL}{path}",
            headers={"Content-Type": "application/json"},
            body=json.dumps(body).encode(),
        )
    )
    return client.create_task(parent=client.queue_path(PROJECT, "europe-west1", "labels"), task=task).name
