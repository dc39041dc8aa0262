"""Pays back what is returned: twice if the message comes twice, and never if it cannot be read."""

import os

import pika
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker


class Base(DeclarativeBase):
    """What is kept."""


class Refund(Base):
    """Money that a customer gets back."""

    __tablename__ = "refunds"
    id: Mapped[int] = mapped_column(primary_key=True)
    order: Mapped[int]


Session = sessionmaker(create_engine(os.environ["DATABASE_URL"]))


def pay_back(channel, method, _properties, body: bytes) -> None:
    try:
        order = int(body)
    except ValueError:
        channel.basic_reject(method.delivery_tag, requeue=False)
        return
    with Session.begin() as session:
        session.add(Refund(order=order))
    channel.basic_ack(method.delivery_tag)


if __name__ == "__main__":
    channel = pika.BlockingConnection(pika.URLParameters(os.environ["BROKER_URL"])).channel()
    channel.queue_declare("orders-returned", durable=True)
    channel.basic_consume("orders-returned", pay_back)  # flow: subscribe amqp orders-returned handler=pay_back
    channel.start_consuming()
