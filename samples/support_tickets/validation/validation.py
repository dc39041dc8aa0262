"""The validation service: whether a customer's contract covers a question."""

from typing import Any

from nameko.rpc import rpc

CONTRACTS = {"C-1001": {"router", "switch"}, "C-1002": {"laptop"}}


class ValidationService:
    """Knows the support contracts."""

    name = "validation"

    @rpc  # flow: serve rpc validation.check
    def check(self, customer_id: str, product: str) -> dict[str, Any]:
        """Whether the product is covered, and if not, why."""
        covered = product in CONTRACTS.get(customer_id, set())
        return {"covered": covered, "reason": None if covered else f"no contract for {product}"}
