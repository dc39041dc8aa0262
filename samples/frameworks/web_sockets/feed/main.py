"""Sends readings to whoever connects."""

from fastapi import FastAPI, WebSocket

app = FastAPI()


@app.websocket("/readings")  # flow: serve http GET /readings handler=readings
async def readings(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_json({"wind": 4})


@app.websocket("/alarms")  # flow: serve http GET /alarms handler=alarms
async def alarms(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("storm")
