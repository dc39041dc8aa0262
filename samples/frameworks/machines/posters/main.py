"""Posters of the films that are shown, and the orders to print them."""

import json

import requests
from azure.servicebus import ServiceBusClient, ServiceBusMessage
from fastapi import FastAPI

app = FastAPI()
CONNECTION = "Endpoint=sb://cinema.servicebus.windows.net/;SharedAccessKeyName=posters;SharedAccessKey=none"


@app.post("/posters/{film}")  # flow: serve http POST /posters/{} handler=order
def order(film: str) -> None:
    menu = requests.get("http://snacks/snacks", timeout=2).json()  # flow: call http GET /snacks -> snacks
    with ServiceBusClient.from_connection_string(CONNECTION) as client, client.get_queue_sender("posters-to-print") as sender:
        message = ServiceBusMessage(json.dumps({"film": film, "menu": menu}))
        sender.send_messages(message)  # flow: publish servicebus posters-to-print
