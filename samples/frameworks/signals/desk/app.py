"""The desk: notices for those who work there."""

import logging

from blinker import Namespace, Signal, signal
from flask import Flask, request, request_started

app = Flask(__name__)
events = Namespace()
loan_started = events.signal("loan_started")
closing = Signal()


@app.post("/notices")  # flow: serve http POST /notices handler=notice
def notice() -> dict[str, str]:
    loan_started.send(app, book=request.json["book"])  # flow: publish signal loan_started exchange=events
    signal("desk.busy").send(app)  # flow: publish signal desk.busy
    return {}


@app.post("/evening")  # flow: serve http POST /evening handler=evening
def evening() -> dict[str, str]:
    closing.send(app)  # flow: publish signal closing exchange=app
    return {}


@loan_started.connect_via(app)  # flow: subscribe signal loan_started exchange=events handler=pin
def pin(sender: Flask, book: str) -> None:
    logging.info("%s pins %s", sender.name, book)


@signal("desk.busy").connect  # flow: subscribe signal desk.busy handler=call_help
def call_help(sender: Flask) -> None:
    logging.info("%s is busy", sender.name)


def lock_up(sender: Flask) -> None:
    logging.info("%s closes", sender.name)


closing.connect(lock_up)  # flow: subscribe signal closing exchange=app handler=lock_up
request_started.connect(lambda sender: logging.debug("asked %s", sender), app)  # flow: nothing
