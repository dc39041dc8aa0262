"""Signals between lamps in the print shop, and a log that they leave."""

import logging
from collections.abc import Callable


class Signal:
    """A lamp: who watches it is told when it goes on."""

    def __init__(self) -> None:
        self._watchers: list[Callable[[str], None]] = []

    def connect(self, watcher: Callable[[str], None]) -> None:
        self._watchers.append(watcher)

    def emit(self, colour: str) -> None:
        for watcher in self._watchers:
            watcher(colour)


class PaperTape(logging.Handler):
    """Writes log records onto a paper tape."""

    def __init__(self) -> None:
        super().__init__()
        self.tape: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.tape.append(self.format(record))


def ring(tape: PaperTape) -> None:
    lamp = Signal()
    lamp.connect(tape.tape.append)  # flow: nothing
    lamp.emit("order.placed")  # flow: nothing
    tape.emit(logging.makeLogRecord({"msg": "paper is low"}))  # flow: nothing
