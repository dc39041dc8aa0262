"""What happened, noted first and published later."""

import json

import aio_pika
from redis.asyncio import Redis

store = Redis(host="redis")
KEY = "outbox"


async def note(event: str, body: dict[str, str]) -> None:
    await store.rpush(KEY, json.dumps({"event": event, "body": body}))


async def relay(exchange: aio_pika.abc.AbstractExchange) -> None:
    while (raw := await store.lpop(KEY)) is not None:  # flow: subscribe redis outbox
        row = json.loads(raw)
        message = aio_pika.Message(json.dumps(row["body"]).encode())
        await exchange.publish(message, routing_key=row["event"])
