"""Takes orders over the counter and hands them to the sidecar."""

import os

import requests
from flask import Flask, request

app = Flask(__name__)
SIDECAR = f"http://localhost:{os.environ.get('DAPR_HTTP_PORT', '3501')}"
COMPONENT = "bakery"
ORDERED = "bread-ordered"


@app.post("/orders")  # flow: serve http POST /orders handler=order
def order() -> dict[str, str]:
    wish = request.get_json()
    priced = requests.get(
        f"{SIDECAR}/v1.0/invoke/orders/method/prices/{wish['bread']}", timeout=5
    )  # flow: call http GET /prices/{} -> orders
    url = "%s/v1.0/publish/%s/%s" % (SIDECAR, COMPONENT, ORDERED)  # noqa: UP031  as people write it
    requests.post(url, json=wish | priced.json(), timeout=5)  # flow: publish dapr bread-ordered
    return {"state": "ordered"}


@app.post("/baked")  # flow: serve http POST /baked handler=baked
def baked() -> dict[str, str]:
    told = requests.post(  # flow: call http POST /letters -> mail
        f"{SIDECAR}/letters", json=request.get_json(), headers={"dapr-app-id": "mail"}, timeout=5
    )
    health = requests.get(f"{SIDECAR}/v1.0/healthz", timeout=5)
    app.logger.info("told: %s, sidecar: %s", told.status_code, health.status_code)
    return {"status": "SUCCESS"}


if __name__ == "__main__":
    app.run(port=int(os.environ.get("APP_PORT", "5001")))
