"""Tables: the orders, and the outbox from which their events are published."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, DateTime
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class OrderStatus(StrEnum):
    """Where an order stands."""

    PLACED = "placed"
    OUT_OF_STOCK = "out-of-stock"
    DECLINED = "declined"
    PARTLY_SHIPPED = "partly-shipped"
    SHIPPED = "shipped"


class Base(DeclarativeBase):
    """Base of the service's tables."""


class Order(Base):
    """An order with its lines."""

    __tablename__ = "orders"

    id: Mapped[str] = mapped_column(primary_key=True)
    customer_email: Mapped[str]
    lines: Mapped[list[dict[str, object]]] = mapped_column(JSON)
    status: Mapped[str] = mapped_column(default=OrderStatus.PLACED)


class OutboxMessage(Base):
    """A message that was decided in a transaction and is still to be published."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str]
    key: Mapped[str]
    body: Mapped[dict[str, object]] = mapped_column(JSON)
    sent_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), index=True)
