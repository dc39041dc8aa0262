"""The print shop: jobs wait in a queue, a press takes them one by one."""

import subprocess
import threading
from dataclasses import dataclass
from queue import Queue
from typing import Any, cast
from unittest.mock import MagicMock, create_autospec

from books import Publisher


@dataclass
class Planner:
    """Who does what, on a board on the wall."""

    board: dict[str, str]

    def send_task(self, name: str, who: str) -> None:
        self.board[name] = who

    def delay(self, name: str) -> None:
        self.board[name] = "later"


def client(name: str) -> MagicMock:
    """A customer's stand-in for rehearsals."""
    return MagicMock(name=name)


def print_all(jobs: Queue[str]) -> None:
    while not jobs.empty():
        sheet = cast("str", jobs.get())  # flow: nothing
        subprocess.call(["lp", "-d", "press-1", sheet])  # noqa: S603, S607  # flow: nothing


def day() -> None:
    """One day in the shop."""
    jobs: Queue[str] = Queue()
    jobs.put("http://catalogue/books/1")  # flow: nothing
    planner = Planner({})
    planner.send_task("proof.read", who="the new one")  # flow: nothing
    planner.delay("reports.print")  # flow: nothing
    threading.Thread(target=print_all, args=(jobs,)).start()


def rehearse() -> list[Any]:
    """The same without paper: everything that would go out is a stand-in."""
    broker = MagicMock()
    broker.publish("order.placed", {"copies": 3})  # flow: nothing
    client("sqs").send_message(QueueUrl="http://localhost:4566/0/orders", MessageBody="{}")  # flow: nothing
    house = create_autospec(Publisher)
    house.publish("order.placed")  # flow: nothing
    return broker.mock_calls
