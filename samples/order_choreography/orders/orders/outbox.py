"""The transactional outbox: events are rows of the order's own transaction, and a relay publishes them in order."""

import asyncio
import json
from datetime import UTC, datetime

from aiokafka import AIOKafkaProducer
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from orders.tables import OutboxMessage
from orders.topics import Topic

BATCH = 100


def enqueue(session: AsyncSession, topic: Topic, key: str, body: dict[str, object]) -> None:
    """Let a message leave with the transaction of `session`."""
    session.add(OutboxMessage(topic=topic, key=key, body=body))


class Relay:
    """Publishes what waits in the outbox."""

    def __init__(self, producer: AIOKafkaProducer, sessions: async_sessionmaker[AsyncSession], interval: float) -> None:
        self._producer = producer
        self._sessions = sessions
        self._interval = interval

    async def run(self) -> None:
        while True:
            if await self.drain() < BATCH:
                await asyncio.sleep(self._interval)

    async def drain(self) -> int:
        """Publish one batch in one Kafka transaction and mark it as sent."""
        waiting = select(OutboxMessage).where(OutboxMessage.sent_at.is_(None)).order_by(OutboxMessage.id).limit(BATCH)
        async with self._sessions.begin() as session:
            rows = (await session.scalars(waiting.with_for_update(skip_locked=True))).all()
            if rows:
                async with self._producer.transaction():
                    for row in rows:
                        await self._producer.send_and_wait(row.topic, json.dumps(row.body).encode(), key=row.key.encode())
                        row.sent_at = datetime.now(UTC)
            return len(rows)
