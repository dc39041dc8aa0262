"""Keeps all enquiries."""

from flask import Flask, request

app = Flask(__name__)


@app.post("/enquiries")  # flow: serve http POST /enquiries
def keep() -> tuple[str, int]:
    app.logger.info("%s", request.get_json()["message"]["messageId"])
    return "", 204
