"""The tugs of the harbour (Robyn)."""

import os

import requests
from robyn import Request, Robyn, SubRouter

PILOTS = os.environ["PILOTS_URL"]

app = Robyn(__file__)
orders = SubRouter(__name__, prefix="/orders")


@app.get("/tugs/:side")  # flow: serve http GET /tugs/{} handler=tug
def tug(request: Request) -> dict[str, str]:
    side = request.path_params["side"]
    found = requests.get(f"{PILOTS}/pilots/{side}", timeout=2)  # flow: call http GET /pilots/{} -> pilots
    return {"side": side, "pilot": found.json()["pilot"]}


@orders.post("/")  # flow: serve http POST /orders handler=order
def order(request: Request) -> dict[str, str]:
    return {"ordered": str(request.body)}


app.include_router(orders)

if __name__ == "__main__":
    app.start(host="0.0.0.0", port=8080)  # noqa: S104
