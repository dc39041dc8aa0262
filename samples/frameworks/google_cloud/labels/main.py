"""Prints labels, and counts the parcels that it hears of."""

import base64
import logging

from flask import Flask, request

app = Flask(__name__)
known: set[str] = set()


@app.post("/labels")  # flow: serve http POST /labels handler=print_label
def print_label() -> tuple[str, int]:
    label = request.get_json()
    logging.info("label for %s to %s", label["parcel"], label["to"])
    return "", 204


@app.post("/pushed/parcels")  # flow: serve http POST /pushed/parcels handler=on_parcel
def on_parcel() -> tuple[str, int]:
    message = request.get_json()["message"]
    known.add(base64.b64decode(message["data"]).decode())
    return "", 204
