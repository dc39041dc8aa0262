"""Knows what is on the shelves."""

from house.rpc import serving

SHELVES: dict[str, int] = {}


def reserve(order: dict[str, str]) -> dict[str, str]:
    left = SHELVES.get(order["article"], 0) - 1
    SHELVES[order["article"]] = left
    return {"reserved": str(left >= 0)}


app = serving("reserve", reserve)  # flow: serve rpc reserve handler=reserve
