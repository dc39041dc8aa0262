"""Where every book stands, by what the desk says."""

import json
import logging
import os

from kafka import KafkaConsumer

HEARD = (
    "library.loan-opened",
    "library.loan-closed",
    "library.audit",
    "library.fine-due",
    "library.overdue",
)


def main() -> None:
    consumer = KafkaConsumer(  # flow: subscribe kafka library.loan-opened ; subscribe kafka library.loan-closed
        *HEARD,  # flow: subscribe kafka library.audit ; subscribe kafka library.fine-due ; subscribe kafka library.overdue
        bootstrap_servers=os.environ["BROKERS"],
    )
    for message in consumer:
        logging.info("%s %s", message.topic, json.loads(message.value)["book"])


if __name__ == "__main__":
    main()
