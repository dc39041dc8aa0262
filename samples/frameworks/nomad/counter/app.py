"""Takes clocks to repair."""

import json
import os

import redis
import requests
from flask import Flask, request

app = Flask(__name__)


@app.post("/clocks")  # flow: serve http POST /clocks
def take() -> tuple[dict[str, str], int]:
    clock = request.get_json()
    free = requests.get(f"{os.environ['WORKBENCH_URL']}/places", timeout=3)  # flow: call http GET /places -> bench
    free.raise_for_status()
    store = redis.Redis(host=os.environ["REDIS"])
    store.rpush(os.environ["REPAIRS"], json.dumps(clock))  # flow: publish redis clock-repairs
    return {"state": "taken"}, 201
