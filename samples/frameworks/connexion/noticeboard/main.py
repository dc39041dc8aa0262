"""The board at the gate: which plots are free."""

import os

import requests
from flask import Flask

app = Flask(__name__)
PLOTS = os.environ["PLOTS_URL"]


@app.get("/")  # flow: serve http GET / handler=board
def board() -> list[int]:
    free: list[int] = requests.get(f"{PLOTS}/v1/plots", timeout=2).json()  # flow: call http GET /v1/plots -> plots
    return free


@app.post("/wishes/<int:plot>")  # flow: serve http POST /wishes/{} handler=wish
def wish(plot: int) -> dict[str, int]:
    body = {"gardener": "somebody"}
    requests.put(f"{PLOTS}/v1/plots/{plot}/lease", json=body, timeout=2)  # flow: call http PUT /v1/plots/{}/lease -> plots
    return {"plot": plot}
