"""The board above the counter, in every browser that looks at it."""

import asyncio
import json
import os

import psycopg
import socketio
from psycopg import sql

DSN = os.environ.get("DSN", "")
server = socketio.AsyncServer(async_mode="asgi", client_manager=socketio.AsyncRedisManager(os.environ["REDIS_URL"]))


async def follow() -> None:
    async with await psycopg.AsyncConnection.connect(DSN, autocommit=True) as connection:
        listen = sql.SQL("LISTEN {}").format(sql.Identifier(os.environ["CHANNEL"]))
        await connection.execute(listen)  # flow: subscribe postgres order_placed handler=follow
        async for note in connection.notifies():
            order = json.loads(note.payload)
            await server.emit("order", order, room="kitchen")  # flow: publish socketio order


@server.event  # flow: nothing
async def connect(sid: str, environ: dict[str, object]) -> None:
    await server.save_session(sid, {"from": environ.get("REMOTE_ADDR")})  # flow: nothing
    await server.enter_room(sid, "kitchen")  # flow: nothing


@server.on("printed")  # flow: subscribe socketio printed handler=on_printed
async def on_printed(sid: str, data: dict[str, int]) -> None:
    await server.emit("ready", data, skip_sid=sid)  # flow: publish socketio ready


@server.event  # flow: subscribe socketio order handler=order
async def order(sid: str, data: dict[str, str]) -> None:
    """A browser orders: the same name as what is pushed, and another direction."""
    await server.emit("refused", {"dish": data["dish"]}, to=sid)  # flow: publish socketio refused


async def start() -> None:
    server.start_background_task(follow)
    await asyncio.sleep(0)


app = socketio.ASGIApp(server, on_startup=start)
