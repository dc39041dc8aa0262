"""Writes to all members once a year."""

import os

import pika
import requests


def main() -> None:
    year = requests.get(f"{os.environ['STATS_URL']}/years/2024", timeout=3)  # flow: call http GET /years/{} -> stats
    channel = pika.BlockingConnection(pika.URLParameters(os.environ["CLOUDAMQP_URL"])).channel()
    channel.basic_publish(exchange="", routing_key=os.environ["LETTERS"], body=year.content)  # flow: publish amqp letters


if __name__ == "__main__":
    main()
