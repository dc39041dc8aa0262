"""What there is to open."""

from collections.abc import Callable

from greenhouse.outbox import Outbox


class Taps:
    """Water, by way of an outbox that is there."""

    def __init__(self, outbox: Outbox) -> None:
        self.outbox = outbox

    def open(self) -> None:
        """Open, and say so."""
        self.outbox.put({"tap": "north"})


class Roof:
    """Air, likewise."""

    def __init__(self, outbox: Outbox) -> None:
        self.outbox = outbox

    def open(self) -> None:
        """Open, and say so."""
        self.outbox.put({"roof": "glass"})


class Door:
    """Visitors; it makes its outbox itself."""

    def __init__(self, make_outbox: Callable[..., Outbox]) -> None:
        self.outbox = make_outbox(topic="door.opened")

    def open(self) -> None:
        """Open, and say so."""
        self.outbox.put({"door": "south"})
