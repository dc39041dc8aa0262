"""How messages leave."""

import os

import pika


def channel():
    return pika.BlockingConnection(pika.URLParameters(os.environ["BROKER_URL"])).channel()


def publish(queue: str, body: str) -> None:
    channel().basic_publish(exchange="", routing_key=queue, body=body.encode())
