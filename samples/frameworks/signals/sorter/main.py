"""The sorter: where books that come back belong."""

import logging
import os

from kafka import KafkaConsumer
from pydispatch import dispatcher

SORTED = "loan_ended"
JAMMED = object()


def shelve(book: str) -> None:
    logging.info("shelve %s", book)


def ring() -> None:
    logging.warning("jammed")


def run() -> None:
    dispatcher.connect(shelve, signal=SORTED)  # flow: subscribe signal loan_ended handler=shelve
    dispatcher.connect(ring, JAMMED, sender=dispatcher.Any)  # flow: subscribe signal JAMMED handler=ring
    for message in KafkaConsumer("book.returned", bootstrap_servers=os.environ["BOOTSTRAP"]):  # flow: subscribe kafka book.returned
        if message.value:
            dispatcher.send(SORTED, sender=run, book=message.value.decode())  # flow: publish signal loan_ended
        else:
            dispatcher.send(signal=JAMMED)  # flow: publish signal JAMMED


if __name__ == "__main__":
    run()
