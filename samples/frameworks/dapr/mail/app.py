"""Writes to customers."""

from flask import Flask, jsonify, request
from flask.wrappers import Response

app = Flask(__name__)


@app.get("/dapr/subscribe")  # flow: serve http GET /dapr/subscribe handler=wishes
def wishes() -> Response:
    return jsonify(
        [
            {
                "pubsubname": "bakery",
                "topic": "bread-ordered",
                "route": "ordered",
            },  # flow: subscribe dapr bread-ordered handler=ordered
        ]
    )


@app.post("/ordered")  # flow: serve http POST /ordered handler=ordered
def ordered() -> dict[str, str]:
    app.logger.info("thank you for ordering %s", request.get_json()["data"])
    return {"status": "SUCCESS"}


@app.post("/letters")  # flow: serve http POST /letters handler=letter
def letter() -> dict[str, str]:
    return {"sent": str(request.get_json())}


if __name__ == "__main__":
    app.run(port=5003)
