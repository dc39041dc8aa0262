"""The kiosk: readers help themselves."""

import asyncio
import logging

from pubsub import pub
from pyee.asyncio import AsyncIOEventEmitter

BADGE = "badge"
scanner = AsyncIOEventEmitter()
door = AsyncIOEventEmitter()


@scanner.on(BADGE)  # flow: subscribe signal badge exchange=main.scanner handler=greet
async def greet(reader: str) -> None:
    logging.info("hello %s", reader)
    pub.sendMessage("loan.started.kiosk", reader=reader)  # flow: publish signal loan.started.kiosk


def show(reader: str) -> None:
    logging.info("%s lends", reader)


def shut() -> None:
    logging.info("shut")


class Reader:
    """Reads badges."""

    def __init__(self, emitter: AsyncIOEventEmitter) -> None:
        self._emitter = emitter

    def scan(self, line: str) -> None:
        self._emitter.emit("badge", line.strip())  # flow: publish signal badge exchange=main.scanner


async def main() -> None:
    pub.subscribe(show, "loan.started")  # flow: subscribe signal loan.started.# handler=show
    door.once("closed", shut)  # flow: subscribe signal closed exchange=main.door handler=shut
    Reader(scanner).scan("jo\n")
    door.emit("closed")  # flow: publish signal closed exchange=main.door
    door.remove_all_listeners("closed")  # flow: nothing
    await asyncio.sleep(0)


if __name__ == "__main__":
    asyncio.run(main())
