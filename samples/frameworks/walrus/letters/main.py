"""Converts, stitches, prints and sends."""

import os
import sys

from walrus import Database

STREAMS = ["file-conversion", os.environ["STITCH_STREAM"]]


def convert(db: Database) -> None:
    group = db.consumer_group("letters", STREAMS)
    group.create()  # flow: nothing
    for stream, messages in group.read(block=0):  # flow: subscribe redis file-conversion ; subscribe redis stitch-large
        for number, _ in messages:
            db.publish("letters.sent", f"{stream} {number}")  # flow: publish redis letters.sent


def put_on_paper(db: Database) -> None:
    pages = db.List("print")
    seen = db.Set("printed")
    while page := pages.bpopleft():  # flow: subscribe redis print handler=put_on_paper
        seen.add(page)  # flow: nothing


if __name__ == "__main__":
    database = Database(host=os.environ["REDIS_HOST"])
    (put_on_paper if "print" in sys.argv else convert)(database)
