"""What there is to open."""

from collections.abc import Callable

from greenhouse.outbox import Outbox


class Taps:
    def __init__(self, outbox: Outbox) -> None:
        self.outbox = outbox

    def open(self) -> None:
        self.outbox.put({"tap": "north"})


class Roof:
    def __init__(self, outbox: Outbox) -> None:
        self.outbox = outbox

    def open(self) -> None:
        self.outbox.put({"roof": "glass"})


class Door:
    def __init__(self, make_outbox: Callable[..., Outbox]) -> None:
        self.outbox = make_outbox(topic="door.opened")

    def open(self) -> None:
        self.outbox.put({"door": "south"})
