"""Has a berth for each ferry that is seen."""

import os

import requests
from cloudevents.http import CloudEvent, to_binary
from flask import Flask, request

app = Flask(__name__)


@app.post("/sightings")  # flow: serve http POST /sightings
def seen() -> tuple[str, int]:
    ferry = request.get_json()["ferry"]
    event = CloudEvent({"type": "ferry.docked", "source": "/quay"}, {"ferry": ferry, "berth": 3})
    headers, body = to_binary(event)
    requests.post(os.environ["K_SINK"], headers=headers, data=body, timeout=5)  # flow: publish knative port event=ferry.docked
    requests.post(  # flow: publish knative port event=berth.taken
        os.environ["K_SINK"],
        headers={"ce-id": "1", "ce-specversion": "1.0", "ce-source": "/quay", "ce-type": "berth.taken"},
        json={"berth": 3},
        timeout=5,
    )
    return "", 204
