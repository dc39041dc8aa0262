"""The assignment service: who is free and knows enough."""

from collections import Counter

from nameko.rpc import rpc

EXPERTS = {"router": ["e-17", "e-20"], "switch": ["e-20"], "laptop": ["e-08"]}
WORKLOAD: Counter[str] = Counter()


class AssignmentService:
    """Knows the experts and their work."""

    name = "assignment"

    @rpc  # flow: serve rpc assignment.find_expert
    def find_expert(self, product: str) -> str:
        """The expert with the least to do."""
        expert = min(EXPERTS[product], key=lambda candidate: WORKLOAD[candidate])
        WORKLOAD[expert] += 1
        return expert

    @rpc  # flow: serve rpc assignment.release_expert
    def release_expert(self, expert: str) -> None:
        WORKLOAD[expert] -= 1
