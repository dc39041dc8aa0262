"""The printer in the kitchen."""

import logging
import os

import socketio

client = socketio.Client(reconnection=True)


@client.on("order")  # flow: subscribe socketio order handler=on_order
def on_order(data: dict[str, object]) -> None:
    logging.info("printed %s", data["dish"])
    client.emit("printed", {"id": data["id"]})  # flow: publish socketio printed


@client.event  # flow: nothing
def disconnect() -> None:
    logging.warning("gone")


if __name__ == "__main__":
    client.connect(os.environ["BOARD"])
    client.wait()
