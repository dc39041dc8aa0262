"""Calls by whom they go to, the ends that one place of the code may have taken together: what it lacks, it lacks once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from flowmap.model.interaction import Interaction
from flowmap.model.location import Location


@dataclass(frozen=True, slots=True)
class Destination:
    """Calls of one service to one other (or to several, if they are made at the same places); None is an end that is not known."""

    service: str
    targets: tuple[str | None, ...]
    calls: tuple[Interaction, ...]

    @property
    def places(self) -> tuple[Interaction, ...]:
        """One call per place, in their order."""
        first: dict[Location, Interaction] = {}
        for call in self.calls:
            first.setdefault(call.location, call)
        return tuple(first.values())


def destinations(calls: Iterable[Interaction]) -> list[Destination]:
    """The calls grouped, in the order in which each group begins."""
    groups: dict[tuple[str, str | None], list[Interaction]] = defaultdict(list)
    for call in calls:
        groups[call.service, call.target].append(call)
    merged: list[list[Interaction]] = []
    holding: dict[tuple[str, Location], int] = {}
    for (service, _), found in groups.items():
        met = sorted({holding[service, c.location] for c in found if (service, c.location) in holding})
        home = met[0] if met else len(merged)
        if not met:
            merged.append([])
        for other in met[1:]:
            merged[home] += merged[other]
            merged[other] = []
        merged[home] += found
        holding.update({(c.service, c.location): home for c in merged[home]})
    return [Destination(g[0].service, _targets(g), tuple(g)) for g in merged if g]


def _targets(calls: Iterable[Interaction]) -> tuple[str | None, ...]:
    return tuple(sorted({c.target for c in calls}, key=lambda name: (name is None, name or "")))
