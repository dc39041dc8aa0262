"""Takes orders: asks what they cost, then tells everybody."""

import os
from typing import Annotated, Protocol

from fastapi import Depends, FastAPI
from foundry.http import HttpService
from foundry.messaging import KafkaBus

ENDPOINTS = {"quote": "prices/quote", "hold": "prices/hold"}

app = FastAPI()
bus = KafkaBus(os.environ["KAFKA"])


class Http(Protocol):
    """What a client of HTTP must be able to do."""

    def post(self, domain: str, endpoint: str, data: object) -> dict[str, str]: ...


class Prices:
    """The service that knows the prices."""

    def __init__(self, http: Http, endpoints: dict[str, str]) -> None:
        self._http = http
        self._endpoints = endpoints

    def ask(self, what: str, order: dict[str, str]) -> dict[str, str]:
        return self._http.post(os.environ["PRICING_URL"], self._endpoints[what], order)


def prices() -> Prices:
    return Prices(HttpService(), ENDPOINTS)


@app.post("/orders")  # flow: serve http POST /orders handler=place
def place(order: dict[str, str], prices: Annotated[Prices, Depends(prices)]) -> dict[str, str]:
    quote = prices.ask("quote", order)  # flow: call http POST /prices/quote -> pricing
    bus.publish_event("order.placed", order | quote)  # flow: publish kafka order.placed
    bus.flush("order.placed")  # flow: nothing
    return quote


@app.post("/audit")  # flow: serve http POST /audit handler=audit
def audit(entry: dict[str, str]) -> None:
    bus.publish(topic=entry["topic"], value=entry)  # flow: blind publish kafka
