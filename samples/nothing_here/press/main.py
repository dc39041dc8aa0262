"""A day at the press."""

import logging
import os
import smtplib

from archive import address_of, first_page
from kafka import KafkaConsumer, KafkaProducer
from letters import answer_requests
from signals import PaperTape, ring
from workshop import day, rehearse

TITLES_TOPIC = os.environ.get("TITLES_TOPIC", "order.placed")


def main() -> None:
    logging.basicConfig(level=logging.INFO)
    producer = KafkaProducer(bootstrap_servers=os.environ.get("STUDIO", "studio-1"))
    for title in KafkaConsumer("the-trial", TITLES_TOPIC):  # flow: nothing
        producer.send(title, value=b"Someone must have been telling lies")  # flow: nothing
    producer.flush()
    day()
    rehearse()
    ring(PaperTape())
    with smtplib.SMTP(os.environ.get("SMTP_HOST", "localhost")) as relay:
        answer_requests(relay, {address_of(1) or "": first_page() or ""})


if __name__ == "__main__":
    main()
