"""Orders by HTTP. A new one is kept and then announced, with nothing between; a cancelled one is announced by way of the outbox."""

from fastapi import FastAPI

from orders.broker import publish
from orders.models import Order, OutboxMessage, Session

app = FastAPI()


@app.post("/orders")  # flow: serve http POST /orders
def place(sku: str) -> int:
    with Session() as session:
        order = Order(sku=sku)
        session.add(order)
        session.commit()
        publish("orders-placed", str(order.id))  # flow: publish amqp orders-placed
        return order.id


@app.post("/orders/{number}/return")  # flow: serve http POST /orders/{}/return
def take_back(number: int) -> None:
    publish("orders-returned", str(number))  # flow: publish amqp orders-returned


@app.post("/orders/{number}/cancellation")  # flow: serve http POST /orders/{}/cancellation
def cancel(number: int) -> None:
    with Session.begin() as session:
        order = session.get_one(Order, number)
        order.state = "cancelled"
        session.add(OutboxMessage(queue="orders-cancelled", body=str(number)))
