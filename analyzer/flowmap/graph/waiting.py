"""Who waits for whom, endpoint by endpoint: the handler of one calls another, and that one's handler calls on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flowmap.graph.courses import NOTHING, Taken, Time, met, spent, tries
from flowmap.model.interaction import Interaction
from flowmap.model.project import Diagnostic

MAX_DEPTH = 20
"""Calls that lead to one another."""
MAX_PATHS = 500
"""Ways of calls that are followed from one handler."""


@dataclass(frozen=True, slots=True)
class Waited:
    """A service that a handler waits for, and the calls that lead there, one per hop."""

    service: str
    calls: tuple[Interaction, ...]


class Waiting:
    """Questions about waiting, answered once."""

    def __init__(
        self, course_of: Callable[[Interaction], list[Taken]], endpoints_of: Callable[[Interaction], list[Interaction]]
    ) -> None:
        self._course_of = course_of
        self._endpoints_of = endpoints_of
        self._times: dict[str, Time] = {}
        self._following: dict[str, list[Interaction]] = {}
        self._met: dict[str, frozenset[str]] = {}
        self._paths: dict[str, list[tuple[Interaction, ...]]] = {}
        self._cut: dict[str, Interaction] = {}

    def calls(self, start: Interaction) -> list[Taken]:
        """The calls to others that a handler waits for itself."""
        return [t for t in self._course_of(start) if t.waits and t.site.target not in (None, start.service)]

    def paths(self, start: Interaction) -> list[tuple[Interaction, ...]]:
        """Every way of calls from a handler on, one call per hop, each with all its beginnings; a way ends where it would come to a
        call again."""
        if start.id not in self._paths:
            self._paths[start.id] = list(self._followed(start))
        return self._paths[start.id]

    def _followed(self, start: Interaction) -> Iterator[tuple[Interaction, ...]]:
        todo: list[tuple[Interaction, ...]] = [(site,) for site in reversed(self._once(start))]
        for _ in range(MAX_PATHS):
            if not todo:
                return
            path = todo.pop()
            yield path
            ids = {call.id for call in path}
            further = [(*path, site) for site in reversed(self._after(path[-1])) if site.id not in ids]
            if len(path) < MAX_DEPTH:
                todo += further
            elif further:
                self._cut[start.id] = start
        if todo:
            self._cut[start.id] = start

    def cut_short(self) -> tuple[Diagnostic, ...]:
        """What was asked and not followed to its end."""
        why = f"more than {MAX_PATHS} ways of calls lead on from here, or one of more than {MAX_DEPTH}; the rest is in no chain"
        return tuple(Diagnostic(f"{s.service}: {why}", s.location) for s in self._cut.values())

    def _once(self, start: Interaction) -> list[Interaction]:
        """The calls that a handler waits for, each once."""
        return list({t.site.id: t.site for t in self.calls(start)}.values())

    def _after(self, call: Interaction) -> list[Interaction]:
        """The calls for which the endpoints wait that a call meets."""
        if call.id not in self._following:
            self._following[call.id] = [site for e in self._endpoints_of(call) for site in self._once(e)]
        return self._following[call.id]

    def waited(self, start: Interaction) -> list[Waited]:
        """The services and externals that a handler may wait for in one run, also through others, each by its shortest way."""
        names, found = self.parties(start), dict[str, Waited]()
        for path in sorted(self.paths(start), key=len):
            name = path[-1].target or ""
            if name in names:
                found.setdefault(name, Waited(name, path))
        return list(found.values())

    def parties(self, start: Interaction) -> frozenset[str]:
        """The names of the services and externals that a handler may wait for in one run, also through others."""
        return self._names(start, ()) - {start.service}

    def longest(self, start: Interaction) -> int:
        """The calls of the longest way on from a handler; where ways come back, as they are met first."""
        return self._longest(start, {}, 0)

    def _longest(self, start: Interaction, known: dict[str, int], depth: int) -> int:
        if start.id not in known and depth < MAX_DEPTH:
            known[start.id] = 0
            further = ([self._longest(e, known, depth + 1) for e in self._endpoints_of(c)] for c in self._once(start))
            known[start.id] = max((1 + max(lengths, default=0) for lengths in further), default=0)
        return known.get(start.id, 0)

    def _names(self, start: Interaction, above: tuple[str, ...]) -> frozenset[str]:
        if start.id in above or len(above) > MAX_DEPTH:
            return frozenset()
        if start.id not in self._met:
            inside = (*above, start.id)
            self._met[start.id] = met(self.calls(start), lambda call: self._names_of_call(call, inside))
        return self._met[start.id]

    def _names_of_call(self, call: Interaction, above: tuple[str, ...]) -> frozenset[str]:
        below = (self._names(e, above) for e in self._endpoints_of(call))
        return frozenset({call.target or ""}).union(*below)

    def time_of(self, start: Interaction) -> Time:
        """What the calls of a handler may take at least, as far as timeouts are known."""
        return self._time(start, ())

    def _time(self, start: Interaction, above: tuple[str, ...]) -> Time:
        if start.id in self._times or start.id in above or len(above) > MAX_DEPTH:
            return self._times.get(start.id, NOTHING)
        self._times[start.id] = spent(self.calls(start), lambda call: self.time_of_call(call, (*above, start.id)))
        return self._times[start.id]

    def time_of_call(self, call: Interaction, above: tuple[str, ...] = ()) -> Time:
        """What a call may take: as often as it is tried, the time after which it gives up, or, where that is not known, what its
        answer takes at least."""
        count = tries(call) or 1
        if call.timeout is not None and call.timeout.seconds is not None:
            each = Time(call.timeout.seconds, f"{call.timeout.seconds:g} s")
        else:
            each = min((self._time(e, above) for e in self._endpoints_of(call)), key=lambda t: t.seconds, default=NOTHING)
        if count == 1 or not each.seconds:
            return each
        text = f"({each.sum})" if " + " in each.sum else each.sum
        return Time(each.seconds * count, f"{count} x {text}")
