"""Shows which flowers are ready."""

from broadcaster import Broadcast
from fastapi import FastAPI, WebSocket

app = FastAPI()
heard = Broadcast("redis://redis")


@app.websocket("/screen")  # flow: serve http GET /screen
async def screen(socket: WebSocket) -> None:
    await socket.accept()
    async with heard.subscribe(channel="ready") as messages:  # flow: subscribe broadcaster ready
        async for message in messages:
            await socket.send_text(message.message)
