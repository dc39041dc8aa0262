"""Hits for words."""

from flask import Flask, request

app = Flask(__name__)


@app.get("/hits")  # flow: serve http GET /hits
def hits() -> dict[str, str]:
    return {"words": request.args["words"]}
