"""What a ticket costs (Bottle)."""

import os

from bottle import Bottle, abort, request, run

PRICES = {"north": 1200, "south": 950}

app = Bottle()
offers = Bottle()


@app.get("/fares/<route>")  # flow: serve http GET /fares/{} handler=fare
def fare(route: str) -> dict[str, int]:
    if route not in PRICES:
        abort(404)
    return {"price": PRICES[route]}


@app.route("/fares/<route>", method=["PUT", "PATCH"])  # flow: serve http PUT /fares/{} ; serve http PATCH /fares/{}
def change(route: str) -> dict[str, int]:
    PRICES[route] = int(request.json["price"])
    return fare(route)


@offers.post("/<name>")  # flow: serve http POST /offers/{} handler=offer
def offer(name: str) -> dict[str, str]:
    return {"offer": name}


app.mount("/offers/", offers)

if __name__ == "__main__":
    run(app, host=os.environ.get("HOST", "127.0.0.1"), port=8080)
