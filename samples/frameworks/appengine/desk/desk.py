"""Takes new singers into the choir."""

import json
import os

import requests
from flask import Flask, request
from google.cloud import pubsub_v1

app = Flask(__name__)


@app.post("/singers")  # flow: serve http POST /singers
def join() -> tuple[dict[str, str], int]:
    name, project = request.get_json()["name"], os.environ["GOOGLE_CLOUD_PROJECT"]
    heard = requests.get(
        f"https://voices-dot-{project}.appspot.com/voices/{name}", timeout=5
    )  # flow: call http GET /voices/{} -> voices
    heard.raise_for_status()
    letter = {"to": name, "voice": heard.json()["voice"]}
    requests.post(
        f"{os.environ['PUBLIC_URL']}/letters/welcome", json=letter, timeout=5
    )  # flow: call http POST /letters/welcome -> letters
    publisher = pubsub_v1.PublisherClient()
    told = json.dumps({"name": name}).encode()
    publisher.publish(publisher.topic_path(project, os.environ["TOPIC"]), told)  # flow: publish pubsub singers
    return {"state": "singing"}, 201
