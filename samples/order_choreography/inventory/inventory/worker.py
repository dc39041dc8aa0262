"""The inventory worker: answers placed orders with a reservation or a rejection."""

from collections.abc import Callable
from typing import Any

from inventory.config import Topics
from inventory.kafka_io import EventReader, EventWriter
from inventory.stock import Stock

Event = dict[str, Any]
Handler = Callable[[Event], None]


class Warehouse:
    """What the inventory does about events."""

    def __init__(self, stock: Stock, events: EventWriter, topics: Topics) -> None:
        self._stock = stock
        self._events = events
        self._topics = topics

    def on_order_placed(self, event: Event) -> None:
        """Keep the ordered articles aside, or say that they are missing."""
        order_id = event["order_id"]
        missing = self._stock.reserve(order_id, event["lines"])
        if missing:
            rejected = {"order_id": order_id, "missing": missing}
            self._events.write(self._topics.rejected, order_id, rejected)  # flow: publish kafka inventory.rejected
        else:
            total, weight = event["total_cents"], self._stock.weight(order_id)
            reserved = {"order_id": order_id, "total_cents": total, "email": event["email"], "grams": weight}
            self._events.write(self._topics.reserved, order_id, reserved)  # flow: publish kafka inventory.reserved

    def on_payment_declined(self, event: Event) -> None:
        """Put the articles back that nobody pays for."""
        order_id = event["order_id"]
        if self._stock.release(order_id):
            self._events.write(self._topics.released, order_id, {"order_id": order_id})  # flow: publish kafka inventory.released


def main() -> None:
    topics = Topics.from_environment()
    stock = Stock(free={"tea-100": 250, "tea-250": 90, "kettle": 12}, grams={"tea-100": 130, "tea-250": 300, "kettle": 1900})
    warehouse = Warehouse(stock, EventWriter(), topics)
    handlers: dict[str, Handler] = {
        topics.order_placed: warehouse.on_order_placed,
        topics.payment_declined: warehouse.on_payment_declined,
    }
    reader = EventReader(  # flow: subscribe kafka order.placed handler=on_order_placed
        "inventory",
        list(handlers),  # flow: subscribe kafka payment.declined handler=on_payment_declined
    )
    for topic, event in reader:
        handlers[topic](event)


if __name__ == "__main__":
    main()
