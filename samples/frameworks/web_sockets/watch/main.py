"""Listens to the readings, and tells of wind."""

import asyncio
import json

import requests
import websocket
import websockets


def alarm() -> str:
    heard = websocket.create_connection("ws://feed:8000/alarms")  # flow: call http GET /alarms -> feed
    return str(heard.recv())


async def listen() -> None:
    async with websockets.connect("ws://feed:8000/readings") as feed:  # flow: call http GET /readings -> feed
        async for message in feed:
            if json.loads(message)["wind"] > 3:
                requests.post("http://hook:9000/wind", data=message, timeout=5)  # flow: call http POST /wind -> hook timeout=5


async def accept(feed: websockets.ServerConnection) -> None:
    await feed.send(alarm())


async def main() -> None:
    async with websockets.serve(accept, "localhost", 8001):  # flow: nothing
        await listen()


if __name__ == "__main__":
    asyncio.run(main())
