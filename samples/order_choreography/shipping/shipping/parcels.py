"""How an order's articles become parcels."""

from dataclasses import dataclass
from uuid import uuid4

HEAVIEST_GRAMS = 20_000


@dataclass(frozen=True, slots=True)
class Parcel:
    """A box with a label."""

    tracking_number: str
    grams: int


def pack(grams: int) -> list[Parcel]:
    """As few parcels as the carrier's limit allows, at least one."""
    full, rest = divmod(grams, HEAVIEST_GRAMS)
    weights = [HEAVIEST_GRAMS] * full + ([rest] if rest or not full else [])
    return [Parcel(uuid4().hex[:12].upper(), weight) for weight in weights]
