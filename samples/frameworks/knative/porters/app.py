"""Carries what the ferries bring."""

import logging

from cloudevents.http import from_http
from flask import Flask, request

app = Flask(__name__)


@app.post("/")  # flow: serve http POST /
def carry() -> tuple[str, int]:
    event = from_http(dict(request.headers), request.get_data())
    logging.info("to berth %s", event.data["berth"])
    return "", 204
