"""Bakes what is ordered."""

import json
from typing import Any

from dapr.clients import DaprClient
from dapr.ext.fastapi import DaprApp
from fastapi import FastAPI

app = FastAPI()
sidecar = DaprApp(app)
PRICES = {"rye": 4.2, "wheat": 3.1}


@app.get("/prices/{bread}")  # flow: serve http GET /prices/{} handler=price
def price(bread: str) -> dict[str, float]:
    return {"price": PRICES.get(bread, 5.0)}


@sidecar.subscribe(pubsub="bakery", topic="bread-ordered")  # flow: subscribe dapr bread-ordered handler=bake
def bake(event: dict[str, Any]) -> None:
    with DaprClient() as client:
        client.publish_event("bakery", "bread-baked", json.dumps(event["data"]))  # flow: publish dapr bread-baked
        client.save_state("statestore", "last", json.dumps(event["data"]))  # flow: nothing
