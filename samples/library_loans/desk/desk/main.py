"""Lending and returning, typed in by whoever sits at the desk."""

import os
import sys

from desk.names import Fact
from desk.outbox import Outbox
from desk.settings import settings


def lend(outbox: Outbox, book: str, reader: str) -> None:
    outbox.tell(Fact.LENT, {"book": book, "reader": reader})  # flow: publish kafka library.loan-opened
    outbox.put(settings.audit_topic, {"lent": book})  # flow: publish kafka library.audit


def take_back(outbox: Outbox, book: str, days_late: int) -> None:
    outbox.tell(Fact.RETURNED, {"book": book})  # flow: publish kafka library.loan-closed
    if days_late:
        outbox.put(os.environ["FINES_TOPIC"], {"book": book})  # flow: publish kafka library.fine-due
        outbox.put(settings.overdue_topic, {"book": book})  # flow: publish kafka library.overdue
    outbox.put(os.environ["DONATIONS_TOPIC"], {"book": book})  # flow: blind publish kafka


def main() -> None:
    outbox = Outbox()
    for line in sys.stdin:
        action, book, rest = line.split()
        if action == "lend":
            lend(outbox, book, rest)
        else:
            take_back(outbox, book, int(rest))


if __name__ == "__main__":
    main()
