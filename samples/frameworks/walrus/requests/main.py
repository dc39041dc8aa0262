"""Takes requests for documents."""

import logging
import os

from walrus import Database

FILES = "file-conversion"


class Queue:
    """Where others look for work."""

    def __init__(self) -> None:
        self._db = Database(host=os.environ["REDIS_HOST"])

    def add(self, key: str, request: dict[str, str]) -> None:
        self._db.Stream(key).add(request)

    def print(self, page: str) -> None:
        self._db.List("print").append(page)  # flow: publish redis print

    def listen(self) -> None:
        @self._db.listener(channels=["letters.sent"])  # flow: subscribe redis letters.sent handler=Queue.listen.sent
        def sent(**item: str) -> None:
            logging.info("sent: %s", item)

        sent()


def take(queue: Queue, request: dict[str, str]) -> None:
    queue.add(FILES, request)  # flow: publish redis file-conversion
    if request.get("pages"):
        queue.add(os.environ["STITCH_STREAM"], request)  # flow: publish redis stitch-large
    queue.print(request["title"])


if __name__ == "__main__":
    take(Queue(), {"title": "one"})
