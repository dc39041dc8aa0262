"""Opens everything once."""

from dependency_injector.wiring import Provide, inject

from greenhouse.containers import Greenhouse
from greenhouse.outbox import Outbox
from greenhouse.rooms import Door, Roof, Taps


@inject
def air(
    roof: Roof = Provide[Greenhouse.rooms.roof],
    door: Door = Provide["rooms.door"],
    night: Outbox = Provide[Greenhouse.night],
) -> None:
    """Open roof and door for the night."""
    roof.open()
    door.open()
    night.put({"moon": "full"})


def main() -> None:
    """Water first."""
    greenhouse = Greenhouse()
    greenhouse.wire(modules=[__name__])
    taps: Taps = greenhouse.rooms().taps()
    taps.open()
    air()


if __name__ == "__main__":
    main()
