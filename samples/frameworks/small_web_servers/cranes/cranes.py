"""What the cranes unload (Flask-Classful)."""

import os

import requests
from flask import Flask
from flask_classful import FlaskView, route

BERTHS = os.environ["BERTHS_URL"]


class CargoView(FlaskView):
    """Cargo by its number."""

    route_prefix = "/v1"

    def index(self) -> list[str]:  # flow: serve http GET /v1/cargo handler=CargoView.index
        return []

    def get(self, number: str) -> dict[str, str]:  # flow: serve http GET /v1/cargo/{} handler=CargoView.get
        found = requests.get(f"{BERTHS}/api/berths/{number[0]}", timeout=2)  # flow: call http GET /api/berths/{} -> berths
        return {"cargo": number, "at": found.json()["berth"]}

    @route("/<number>/release", methods=["POST"])  # flow: serve http POST /v1/cargo/{}/release handler=CargoView.release
    def release(self, number: str) -> dict[str, str]:
        return {"released": number}


app = Flask(__name__)
CargoView.register(app)
