"""Takes orders for bread."""

import json
import os

from fastapi import FastAPI
from sqlalchemy import String, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

engine = create_engine(os.environ.get("DATABASE_URL", "sqlite://"))
app = FastAPI()


class Base(DeclarativeBase):
    """What is kept."""


class Order(Base):
    """Bread that somebody wants."""

    __tablename__ = "orders"

    id: Mapped[int] = mapped_column(primary_key=True)
    loaves: Mapped[int]


class Outgoing(Base):
    """A message that is to go out."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(String(80))
    key: Mapped[str] = mapped_column(String(80))
    payload: Mapped[str]


def announce(session: Session, topic: str, order: Order) -> None:
    session.add(Outgoing(topic=topic, key=str(order.id), payload=json.dumps({"loaves": order.loaves})))


@app.post("/orders")  # flow: serve http POST /orders handler=take
def take(loaves: int) -> int:
    with Session(engine) as session:
        order = Order(loaves=loaves)
        session.add(order)
        session.flush()
        announce(session, "taken", order)  # flow: publish kafka bakery.orders.taken
        session.commit()
        return order.id


@app.delete("/orders/{number}")  # flow: serve http DELETE /orders/{} handler=cancel
def cancel(number: int) -> None:
    with Session(engine) as session:
        order = session.get_one(Order, number)
        announce(session, "cancelled", order)  # flow: publish kafka bakery.orders.cancelled
        session.delete(order)
        session.commit()
