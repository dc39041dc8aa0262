"""Who cares about loans."""

import logging
from functools import cache

import requests
from django.conf import settings
from django.db.models.signals import post_save
from django.dispatch import receiver
from kafka import KafkaProducer

from loans.signals import loan_ended, loan_started


@cache
def producer() -> KafkaProducer:
    return KafkaProducer(bootstrap_servers=settings.BOOTSTRAP)


@receiver(loan_started)  # flow: subscribe signal loan_started handler=tell_desk
def tell_desk(book: str, **_kwargs: object) -> None:
    requests.post(f"{settings.DESK_URL}/notices", json={"book": book}, timeout=3)  # flow: call http POST /notices -> desk


@receiver([loan_started, loan_ended])  # flow: subscribe signal loan_started ; subscribe signal loan_ended
def note(sender: object, book: str, **_kwargs: object) -> None:
    logging.info("%s, says %s", book, sender)


def announce(book: str, **_kwargs: object) -> None:
    producer().send("book.returned", book.encode())  # flow: publish kafka book.returned


@receiver(post_save)  # flow: nothing
def saved(sender: object, **_kwargs: object) -> None:
    logging.debug("saved %s", sender)


def wire() -> None:
    loan_ended.connect(announce, dispatch_uid="announce")  # flow: subscribe signal loan_ended handler=announce
