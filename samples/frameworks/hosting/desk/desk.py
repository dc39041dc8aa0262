"""Takes members for walks."""

import json
import os

import redis
import requests
from flask import Flask, request

app = Flask(__name__)


@app.post("/walks")  # flow: serve http POST /walks
def join() -> tuple[dict[str, str], int]:
    walk = request.get_json()
    track = requests.get(f"{os.environ['MAPS']}/tracks/{walk['where']}", timeout=3)  # flow: call http GET /tracks/{} -> club-maps
    track.raise_for_status()
    store = redis.Redis.from_url(os.environ["REDIS_URL"])
    store.publish(os.environ["CHANNEL"], json.dumps({"member": walk["member"]}))  # flow: publish redis walks
    return {"state": "booked"}, 201


@app.get("/walks/next")  # flow: serve http GET /walks/next
def coming() -> dict[str, str]:
    return {"where": "the hills"}
