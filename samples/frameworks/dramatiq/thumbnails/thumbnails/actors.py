"""What the worker does with pictures."""

import logging
import os

import dramatiq
from dramatiq.brokers.rabbitmq import RabbitmqBroker

dramatiq.set_broker(RabbitmqBroker(url=os.environ.get("BROKER_URL", "amqp://localhost")))
SIZES = (64, 256)


@dramatiq.actor(queue_name="pictures", max_retries=3)  # flow: subscribe dramatiq shrink handler=shrink
def shrink(path: str) -> None:
    for size in SIZES:
        store.send(path, size)  # flow: publish dramatiq store-thumbnail


@dramatiq.actor(actor_name="store-thumbnail")  # flow: subscribe dramatiq store-thumbnail handler=store
def store(path: str, size: int) -> str:
    return f"{path}-{size}"


@dramatiq.actor  # flow: subscribe dramatiq forget handler=forget
def forget(path: str) -> None:
    logging.info("forgotten: %s", path)
