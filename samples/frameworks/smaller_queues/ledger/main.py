"""Writes down what was sold."""

import logging

from pykafka import KafkaClient


def main() -> None:
    topic = KafkaClient(hosts="kafka:9092").topics["loaf.sold"]
    sold = topic.get_simple_consumer(consumer_group="ledger")  # flow: subscribe kafka loaf.sold handler=main
    for message in sold:
        logging.info("%s", message.value)


if __name__ == "__main__":
    main()
