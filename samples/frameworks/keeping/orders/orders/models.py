"""What the shop keeps of orders, and what it still has to tell of them."""

import os

from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker


class Base(DeclarativeBase):
    """What is kept."""


class Order(Base):
    """What a customer wants."""

    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    sku: Mapped[str]
    state: Mapped[str] = mapped_column(default="placed")


class OutboxMessage(Base):
    """What is still to be told."""

    __tablename__ = "outbox"
    id: Mapped[int] = mapped_column(primary_key=True)
    queue: Mapped[str]
    body: Mapped[str]


Session = sessionmaker(create_engine(os.environ["DATABASE_URL"]))
