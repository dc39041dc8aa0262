"""How much there is of every article, and what is kept aside for whom."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any


class Stock:
    """The shelf: free quantities and the reservations made of them."""

    def __init__(self, free: Mapping[str, int], grams: Mapping[str, int]) -> None:
        self._free = Counter(free)
        self._grams = dict(grams)
        self._reserved: dict[str, Counter[str]] = {}

    def reserve(self, order_id: str, lines: Iterable[Mapping[str, Any]]) -> list[str]:
        """Keep the lines aside. Gives the articles that are missing; then nothing is reserved."""
        if order_id in self._reserved:
            return []
        wanted: Counter[str] = Counter()
        for line in lines:
            wanted[line["sku"]] += line["quantity"]
        missing = [sku for sku, quantity in wanted.items() if self._free[sku] < quantity]
        if not missing:
            self._free -= wanted
            self._reserved[order_id] = wanted
        return missing

    def weight(self, order_id: str) -> int:
        return sum(self._grams[sku] * quantity for sku, quantity in self._reserved[order_id].items())

    def release(self, order_id: str) -> bool:
        """Put the order's articles back. False if nothing was kept for it."""
        kept = self._reserved.pop(order_id, Counter())
        self._free += kept
        return bool(kept)
