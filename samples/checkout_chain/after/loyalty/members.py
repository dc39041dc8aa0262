"""Members: what they have spent, and which tier that makes."""

from enum import StrEnum

TIERS = {"gold": 100_000, "silver": 25_000}


class TierChange(StrEnum):
    """What can happen to a member's tier; the last part of the subject that says so."""

    REACHED = "reached"
    LOST = "lost"


class Members:
    """The members, by customer number."""

    def __init__(self) -> None:
        self._spent: dict[str, int] = {}

    def tier(self, customer_id: str) -> str:
        spent = self._spent.get(customer_id, 0)
        return next((name for name, least in TIERS.items() if spent >= least), "none")

    def enrol(self, customer_id: str) -> None:
        self._spent.setdefault(customer_id, 0)

    def add(self, customer_id: str, cents: int) -> bool:
        """Book what was spent (or given back); whether the tier is another one now."""
        before = self.tier(customer_id)
        self._spent[customer_id] = max(0, self._spent.get(customer_id, 0) + cents)
        return self.tier(customer_id) != before
