"""Follows the orders through the other services, so that somebody knows where each of them is."""

import json
from typing import Final

from aiokafka import AIOKafkaConsumer
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from orders.outbox import enqueue
from orders.settings import Settings
from orders.tables import Order, OrderStatus
from orders.topics import Topic

OUTCOMES: Final[dict[str, OrderStatus]] = {
    Topic.INVENTORY_REJECTED: OrderStatus.OUT_OF_STOCK,
    Topic.PAYMENT_DECLINED: OrderStatus.DECLINED,
    Topic.SHIPMENT_SPLIT: OrderStatus.PARTLY_SHIPPED,
    Topic.SHIPMENT_CREATED: OrderStatus.SHIPPED,
}
FAILED: Final = {OrderStatus.OUT_OF_STOCK, OrderStatus.DECLINED}


def build_consumer(settings: Settings) -> AIOKafkaConsumer:
    """The consumer of everything that decides an order."""
    return AIOKafkaConsumer(  # flow: subscribe kafka inventory.rejected handler=run ; subscribe kafka payment.declined handler=run
        *OUTCOMES,  # flow: subscribe kafka shipment.split handler=run ; subscribe kafka shipment.created handler=run
        bootstrap_servers=settings.kafka_servers,
        group_id="orders-tracking",
        enable_auto_commit=False,
        isolation_level="read_committed",
    )


class Tracker:
    """Moves orders to the state that the other services report."""

    def __init__(self, consumer: AIOKafkaConsumer, sessions: async_sessionmaker[AsyncSession]) -> None:
        self._consumer = consumer
        self._sessions = sessions

    async def run(self) -> None:
        async for record in self._consumer:
            await self.apply(json.loads(record.value)["order_id"], OUTCOMES[record.topic])
            await self._consumer.commit()

    async def apply(self, order_id: str, status: OrderStatus) -> None:
        """Record an outcome, once; a failed order is cancelled."""
        async with self._sessions.begin() as session:
            order = await session.get(Order, order_id, with_for_update=True)
            if order is None or order.status == status:
                return
            order.status = status
            if status in FAILED:
                cancelled: dict[str, object] = {"order_id": order.id, "email": order.customer_email, "reason": status}
                enqueue(session, Topic.ORDER_CANCELLED, order.id, cancelled)  # flow: publish kafka order.cancelled
