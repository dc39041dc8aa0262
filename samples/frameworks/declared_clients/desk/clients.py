"""The services that the desk asks."""

from uplink import Consumer, Field, Path, get, json, post, returns


class Stock(Consumer):
    """Items and their reservations."""

    @returns.json
    @get("items/{number}")
    def item(self, number: Path) -> dict[str, str]: ...

    @json
    @post("reservations")
    def reserve(self, number: Field) -> None: ...
