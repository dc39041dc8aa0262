"""Keeps orders and bills."""

import logging
import os

from rocketmq.v5.client import ClientConfiguration, Credentials
from rocketmq.v5.consumer import SimpleConsumer
from rocketmq.v5.model import FilterExpression


def main() -> None:
    configuration = ClientConfiguration(os.environ["PROXY"], Credentials())
    topics = {"orders": FilterExpression(), "bills": FilterExpression()}
    consumer = SimpleConsumer(  # flow: subscribe rocketmq orders handler=main ; subscribe rocketmq bills handler=main
        configuration, "archive", topics
    )
    consumer.startup()
    while True:
        for message in consumer.receive(32, 15):
            logging.info("%s", message.body)
            consumer.ack(message)


if __name__ == "__main__":
    main()
