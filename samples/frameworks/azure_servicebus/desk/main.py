"""Hands books out and takes them back."""

import json
import os
import sys

from azure.servicebus import ServiceBusClient, ServiceBusMessage

BUS = os.environ["BUS"]
LOANS = os.environ.get("LOANS_QUEUE", "")


def send(queue: str, content: dict[str, str]) -> None:
    with ServiceBusClient.from_connection_string(BUS) as client, client.get_queue_sender(queue_name=queue) as sender:
        sender.send_messages(ServiceBusMessage(json.dumps(content)))


def lend(book: str, reader: str) -> None:
    send(LOANS, {"book": book, "reader": reader})  # flow: publish servicebus loans


def take_back(book: str) -> None:
    with ServiceBusClient.from_connection_string(BUS) as client:
        sender = client.get_topic_sender("book-returned")
        sender.send_messages(ServiceBusMessage(json.dumps({"book": book})))  # flow: publish servicebus book-returned


if __name__ == "__main__":
    for line in sys.stdin:
        words = line.split()
        if len(words) == 2:
            lend(*words)
        else:
            take_back(words[0])
