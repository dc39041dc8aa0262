"""Takes new singers into the choir."""

import json
import os

import requests
from flask import Flask, request
from google.cloud import pubsub_v1

app = Flask(__name__)
PROJECT = os.environ["GOOGLE_CLOUD_PROJECT"]
publisher = pubsub_v1.PublisherClient()


@app.post("/singers")  # flow: serve http POST /singers
def join() -> tuple[dict[str, str], int]:
    name = request.get_json()["name"]
    heard = requests.get(
        f"https://voices-dot-{PROJECT}.appspot.com/voices/{name}", timeout=5
    )  # flow: call http GET /voices/{} -> voices
    heard.raise_for_status()
    letter = {"to": name, "voice": heard.json()["voice"]}
    requests.post(
        f"{os.environ['PUBLIC_URL']}/letters/welcome", json=letter, timeout=5
    )  # flow: call http POST /letters/welcome -> letters
    told = json.dumps({"name": name}).encode()
    publisher.publish(publisher.topic_path(PROJECT, os.environ["TOPIC"]), told)  # flow: publish pubsub singers
    return {"state": "singing"}, 201
