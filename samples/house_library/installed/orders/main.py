"""Takes orders: asks whether there is enough, then tells everybody."""

from fastapi import FastAPI
from house.bus import Publisher, announce
from house.rpc import ServiceClient

app = FastAPI()
placed = Publisher("order.placed")
stock = ServiceClient("stock")


@app.on_event("startup")
def started() -> None:
    announce("orders")  # flow: publish kafka house.started


@app.post("/orders")  # flow: serve http POST /orders handler=place
def place(order: dict[str, str]) -> dict[str, str]:
    reserved = stock.call("reserve", order)  # flow: call http POST /rpc/reserve -> stock
    placed.publish(order | reserved)  # flow: publish kafka order.placed
    return reserved
