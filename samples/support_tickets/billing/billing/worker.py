"""Writes invoices when tickets are resolved, and says so."""

import asyncio
import json
from typing import Final

import aio_pika
from aio_pika.abc import AbstractExchange, AbstractIncomingMessage, ExchangeType

from billing.settings import Settings

TICKET_RESOLVED: Final = "ticket.resolved"
CUSTOMER_BILLED: Final = "customer.billed"


class Biller:
    """Turns minutes into money."""

    def __init__(self, exchange: AbstractExchange, cents_per_minute: int) -> None:
        self._exchange = exchange
        self._cents_per_minute = cents_per_minute
        self._billed: dict[str, str] = {}

    async def bill(self, message: AbstractIncomingMessage) -> None:
        """One invoice per ticket, however often the message comes."""
        async with message.process(requeue=False):
            ticket = json.loads(message.body)
            number = self._billed.setdefault(ticket["ticket_id"], f"R-{len(self._billed) + 1:06}")
            amount = ticket["minutes"] * self._cents_per_minute
            await self._announce(  # flow: publish amqp customer.billed exchange=billing
                CUSTOMER_BILLED, ticket_id=ticket["ticket_id"], number=number, amount_cents=amount
            )

    async def _announce(self, fact: str, **details: object) -> None:
        body = json.dumps(details).encode()
        message = aio_pika.Message(body, content_type="application/json", delivery_mode=aio_pika.DeliveryMode.PERSISTENT)
        await self._exchange.publish(message, routing_key=fact)


async def main() -> None:
    settings = Settings()
    connection = await aio_pika.connect_robust(settings.amqp_url)
    async with connection:
        channel = await connection.channel()
        await channel.set_qos(prefetch_count=10)
        source = await channel.declare_exchange(settings.source_exchange, ExchangeType.TOPIC, durable=True)
        own = await channel.declare_exchange(settings.exchange, ExchangeType.TOPIC, durable=True)
        queue = await channel.declare_queue(settings.queue, durable=True)
        await queue.bind(source, routing_key=TICKET_RESOLVED)
        biller = Biller(own, settings.cents_per_minute)
        await queue.consume(biller.bill)  # flow: subscribe amqp ticket.resolved exchange=tickets handler=bill
        await asyncio.Future()


if __name__ == "__main__":
    asyncio.run(main())
