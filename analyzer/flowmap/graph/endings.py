"""What becomes of messages that nobody can handle: what is said of the queue or subscription that somebody reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from flowmap.model.disposal import Disposal
from flowmap.model.effect import Does, Effect
from flowmap.model.interaction import Confidence, Interaction
from flowmap.model.location import Location

LED_INTO = {"sns": "sqs", "eventbridge": "sqs"}
"""Transports that lead into queues of another one: who reads from such a queue listens to what fills it; the queue is its group."""


@dataclass(frozen=True, slots=True)
class Ending:
    """A place that makes a queue or subscription, and whether it says what becomes of messages that nobody can handle: for certain,
    if that is a deployment file."""

    location: Location
    function: str
    ends: bool
    confidence: Confidence


class Endings:
    """All that is said, by the transport and the name of the queue, and by the file."""

    def __init__(self, effects: Iterable[Effect], disposals: Iterable[Disposal]) -> None:
        self._named: dict[tuple[str, str], list[Ending]] = defaultdict(list)
        self._placed: dict[tuple[str, Location], list[Ending]] = defaultdict(list)
        self._nameless: dict[tuple[str, str], list[Ending]] = defaultdict(list)
        for effect in effects:
            if effect.does is Does.MAKES:
                ending = Ending(effect.location, effect.function, effect.ends, effect.confidence)
                self._placed[effect.transport, effect.location].append(ending)
                if effect.about:
                    self._named[effect.transport, effect.about].append(ending)
                if not effect.about or effect.ends:
                    self._nameless[effect.transport, effect.location.path].append(ending)
        for one in disposals:
            ending = Ending(one.location, "", one.ends, Confidence.CERTAIN)
            self._named[one.transport, one.channel].append(ending)
            self._placed[one.transport, one.location].append(ending)

    def of(self, site: Interaction) -> Ending | None:
        """What is said of the queue that a subscription reads: that it has no end, only if nothing says that it has one. A queue
        whose name varies is the one that is made in the file of the library call."""
        places = (site.location, *(step.location for step in site.via))
        names = {(t, n) for t in (site.transport, LED_INTO.get(site.transport, "")) for n in (site.group, site.channel) if n}
        found = [e for name in names for e in self._named.get(name, ())]
        found += (e for place in places for e in self._placed.get((site.transport, place), ()))
        if not found:
            found += (e for path in {p.path for p in places} for e in self._nameless.get((site.transport, path), ()))
        return next((e for e in found if e.ends), min(found, key=lambda e: (-e.confidence.rank, e.location), default=None))
