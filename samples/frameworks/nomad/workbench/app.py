"""Knows which places are free."""

from flask import Flask

app = Flask(__name__)


@app.get("/places")  # flow: serve http GET /places
def places() -> dict[str, int]:
    return {"free": 2}
