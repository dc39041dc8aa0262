"""Live updates for browsers: one Redis subscription for all orders, one event stream for each viewer."""

import asyncio
import os
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from redis.asyncio import Redis

PREFIX = os.environ.get("LIVE_PREFIX", "live:orders")
VIEWERS: defaultdict[str, set[asyncio.Queue[str]]] = defaultdict(set)


async def follow_orders(redis: Redis) -> None:
    """Hand every update to those who look at the order."""
    async with redis.pubsub(ignore_subscribe_messages=True) as subscription:
        await subscription.psubscribe(f"{PREFIX}:*")  # flow: subscribe redis live:orders:*
        async for message in subscription.listen():
            order_id = message["channel"].rpartition(":")[2]
            for viewer in VIEWERS[order_id]:
                viewer.put_nowait(message["data"])  # flow: nothing


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    redis = Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)
    task = asyncio.create_task(follow_orders(redis))
    yield
    task.cancel()
    await redis.aclose()


app = FastAPI(title="live", lifespan=lifespan)


@app.get("/orders/{order_id}/events")  # flow: serve http GET /orders/{}/events
async def events(order_id: str) -> StreamingResponse:
    viewer: asyncio.Queue[str] = asyncio.Queue(maxsize=100)

    async def updates() -> AsyncIterator[str]:
        VIEWERS[order_id].add(viewer)
        try:
            while True:
                yield f"data: {await viewer.get()}\n\n"
        finally:
            VIEWERS[order_id].discard(viewer)

    return StreamingResponse(updates(), media_type="text/event-stream")
