"""Takes enquiries in."""

import json
import os

from fastapi import FastAPI
from google.cloud import pubsub_v1

app = FastAPI()


@app.post("/enquiries")  # flow: serve http POST /enquiries
def ask(enquiry: dict[str, str]) -> dict[str, str]:
    publisher = pubsub_v1.PublisherClient()
    topic = publisher.topic_path(os.environ["PROJECT"], os.environ["TOPIC"])
    publisher.publish(topic, json.dumps(enquiry).encode())  # flow: publish pubsub enquiries
    return {"state": "taken"}
