"""Adds the readings up, and asks for meters that have fallen silent to be looked at."""

import json
import logging
import os
from collections import Counter

from google.api_core.exceptions import AlreadyExists
from google.cloud import pubsub_v1
from google.cloud.pubsub_v1.subscriber.message import Message

PROJECT = os.environ.get("GOOGLE_CLOUD_PROJECT", "meters")
SUBSCRIPTION = "billing"
totals: Counter[str] = Counter()


def on_reading(message: Message) -> None:
    reading = json.loads(message.data)
    totals[reading["meter"]] += int(reading["value"])
    if not reading["value"]:
        report_silence(reading["meter"])
    message.ack()


def report_silence(meter: str) -> None:
    publisher = pubsub_v1.PublisherClient()
    publisher.publish(f"projects/{PROJECT}/topics/meter-silent", meter.encode())  # flow: publish pubsub meter-silent


def listen() -> None:
    subscriber = pubsub_v1.SubscriberClient()
    path = subscriber.subscription_path(PROJECT, SUBSCRIPTION)
    try:
        subscriber.create_subscription(name=path, topic=f"projects/{PROJECT}/topics/meter-readings")
    except AlreadyExists:
        logging.info("billing has listened before")
    with subscriber:
        subscriber.subscribe(path, callback=on_reading).result()  # flow: subscribe pubsub meter-readings handler=on_reading


if __name__ == "__main__":
    listen()
