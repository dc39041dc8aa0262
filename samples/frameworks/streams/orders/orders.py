"""Checks orders, and has the large ones looked at."""

import logging
import os

import faust

app = faust.App("orders", broker=os.environ.get("BROKER", "kafka://localhost:9092"))


class Order(faust.Record):
    """What a customer wants."""

    number: str
    amount: float


class Checked(faust.Record):
    """An order that may be delivered."""

    number: str
    amount: float


placed = app.topic("orders-placed", value_type=Order)
checked = app.topic("orders-checked", value_type=Checked)
seen = app.Table("orders-seen", default=int)


@app.agent(placed)  # flow: subscribe kafka orders-placed handler=check
async def check(orders: faust.StreamT[Order]) -> None:
    async for order in orders:
        seen[order.number] += 1
        if order.amount < 1_000 or await look_at.ask(order):  # flow: call rpc orders-orders.look_at -> orders
            await checked.send(
                key=order.number, value=Checked(number=order.number, amount=order.amount)
            )  # flow: publish kafka orders-checked event=Checked


@app.agent()  # flow: subscribe kafka orders-orders.look_at handler=look_at
async def look_at(orders: faust.StreamT[Order]) -> None:
    async for order in orders:
        yield order.amount < 10_000


@app.page("/orders/{number}")
async def place(view: faust.web.View, request: faust.web.Request, number: str) -> faust.web.Response:
    await placed.send(value=Order(number=number, amount=1.0))  # flow: publish kafka orders-placed event=Order
    return view.json({"order": number, "from": request.path})


@app.timer(60.0)
async def report() -> None:
    logging.info("%d orders so far", len(seen))


if __name__ == "__main__":
    app.main()
