"""The shop: orders over HTTP."""

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import asyncpg
from fastapi import Depends, FastAPI, Request

PLACED = "order_placed"


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with asyncpg.create_pool(os.environ["DSN"]) as pool:
        app.state.pool = pool
        yield


def pool(request: Request) -> asyncpg.Pool:
    found: asyncpg.Pool = request.app.state.pool
    return found


app = FastAPI(lifespan=lifespan)
Pool = Annotated[asyncpg.Pool, Depends(pool)]


@app.post("/orders")  # flow: serve http POST /orders handler=order
async def order(dish: str, db: Pool) -> None:
    async with db.acquire() as connection, connection.transaction():
        number = await connection.fetchval("INSERT INTO orders (dish) VALUES ($1) RETURNING id", dish)  # flow: nothing
        note = json.dumps({"id": number, "dish": dish})
        await connection.execute("SELECT pg_notify($1, $2)", PLACED, note)  # flow: publish postgres order_placed


@app.delete("/orders/{number}")  # flow: serve http DELETE /orders/{} handler=cancel
async def cancel(number: int, db: Pool) -> None:
    await db.execute("DELETE FROM orders WHERE id = $1", number)  # flow: nothing
    await db.execute(f"NOTIFY order_cancelled, '{number}'")  # flow: publish postgres order_cancelled
