"""Calls to endpoints: a method and a path against what a service serves. Never by path alone: the service comes first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from flowmap.graph.matching import delivers
from flowmap.graph.meeting import Ends
from flowmap.model.interaction import Interaction, Role


@dataclass(slots=True)
class _Branch:
    """Endpoints by the segments of their paths: the ones that end here, those that go on, those whose next segment varies."""

    here: list[int] = field(default_factory=list)
    fixed: dict[str, _Branch] = field(default_factory=dict)
    varying: dict[str, _Branch] = field(default_factory=dict)

    def next(self, segment: str) -> _Branch:
        """The branch of a segment, made if there is none."""
        return (self.varying if "{" in segment else self.fixed).setdefault(segment, _Branch())

    def following(self, segment: str) -> Iterator[_Branch]:
        """The branches that a segment of a call may mean."""
        yield from self.varying.values()
        if "{" in segment:
            yield from self.fixed.values()
        elif segment in self.fixed:
            yield self.fixed[segment]


class Served:
    """What a service answers: its endpoints, and the subscriptions through which it takes requests."""

    def __init__(self, interactions: Iterable[Interaction]) -> None:
        found = list(interactions)
        self._subscribed = Ends(i for i in found if i.role is Role.SUBSCRIBE)
        self._endpoints = [i for i in found if i.role is Role.SERVE]
        self._paths, self._others = _Branch(), defaultdict[str, list[int]](list)
        self._open: list[int] = []
        for number, endpoint in enumerate(self._endpoints):
            self._put(number, endpoint.operation or "")

    def _put(self, number: int, operation: str) -> None:
        if " " not in operation:
            self._others[operation.rpartition("/")[2]].append(number)
            return
        segments = _split(operation.split(" ", 1)[1])
        if segments[-1:] == ["{**}"]:
            self._open.append(number)
        branch = self._paths
        for segment in segments:
            branch = branch.next(segment)
        branch.here.append(number)

    def _near(self, operation: str) -> list[int]:
        """The numbers of the endpoints that can agree with an operation at all, in the order of declaration."""
        if " " not in operation:
            return self._others.get(operation.rpartition("/")[2], [])
        branches = [self._paths]
        for segment in _split(operation.split(" ", 1)[1]):
            branches = [b for branch in branches for b in branch.following(segment)]
        return sorted({*(n for b in branches for n in b.here), *self._open})

    def meant_by(self, call: Interaction) -> list[Interaction]:
        """The endpoints that the call can mean, the best ones only; the order of declaration is kept."""
        return self._agreeing(call, call.operation or "")

    def _agreeing(self, call: Interaction, operation: str) -> list[Interaction]:
        near = (self._endpoints[n] for n in self._near(operation))
        scored = [(score(operation, s.operation or ""), s) for s in near if _same_protocol(call, s)]
        best = max((n for n, _ in scored), default=0.0)
        return [s for n, s in scored if n == best] if best > 0 else []

    def answering(self, call: Interaction, asked: Mapping[str, str]) -> list[Interaction]:
        """What answers a call to the service: an endpoint, or a subscription where the call goes over a broker. A call that passes
        on whatever an open-ended route takes may mean all that lies below its path, one that passes on a whole path that is not
        known what its own handler is `asked` for (see `operations`)."""
        if call.channel is not None:
            return [s for s in self._subscribed.near(call) if delivers(call, s)]
        routes = [asked[t] for t in call.triggers if t in asked]
        return self._below(call, routes) or self.meant_by(call) or self._passed_on(call, routes)

    def _below(self, call: Interaction, routes: list[str]) -> list[Interaction]:
        """The endpoints below the path of a call that ends in the rest of the path that one of the routes took."""
        method, _, path = (call.operation or "").partition(" ")
        *fixed, last = _split(path) or [""]
        rest = [r for r in routes if _split(r)[-1:] == ["{**}"]] if last == "{}" else []
        taken = {r.partition(" ")[0] for r in rest if _passes_on(method, fixed, r)}
        return [s for s in self._endpoints if taken and _same_protocol(call, s) and _lies_below(fixed, taken, s.operation or "")]

    def _passed_on(self, call: Interaction, routes: list[str]) -> list[Interaction]:
        """The endpoints that a call without any known path means if it asks for what its own handler is asked for."""
        method, _, path = (call.operation or "").partition(" ")
        if _split(path) != ["{}"]:
            return []
        same = [r for r in routes if method in ("{}", r.partition(" ")[0])]
        return list(dict.fromkeys(s for r in same for s in self._agreeing(call, r)))


NOTHING = Served(())


def by_service(interactions: Iterable[Interaction]) -> dict[str, Served]:
    """What each service answers."""
    found: dict[str, list[Interaction]] = defaultdict(list)
    for interaction in interactions:
        if interaction.role in (Role.SERVE, Role.SUBSCRIBE):
            found[interaction.service].append(interaction)
    return {service: Served(theirs) for service, theirs in found.items()}


def operations(interactions: Iterable[Interaction]) -> dict[str, str]:
    """Id -> operation of each endpoint."""
    return {i.id: i.operation or "" for i in interactions if i.role is Role.SERVE}


def _passes_on(method: str, fixed: list[str], route: str) -> bool:
    """Whether a call with this method and start of its path passes on what the route takes: it keeps the method that it is asked
    with, or it has the route's and the route's path, or none of its own."""
    asked, _, path = route.partition(" ")
    return method == "{}" or (method == asked and fixed in ([], _split(path)[:-1]))


def _lies_below(path: list[str], methods: set[str], operation: str) -> bool:
    method, _, pattern = operation.partition(" ")
    segments = _split(pattern)
    return (
        bool({method, "{}"} & methods)
        and len(segments) >= len(path)
        and all(_segment(mine, theirs) for mine, theirs in zip(path, segments, strict=False))
    )


def _same_protocol(call: Interaction, served: Interaction) -> bool:
    asked, offered = (i.endpoint.package if i.endpoint is not None else "" for i in (call, served))
    return (call.transport == "http") is (served.transport == "http") and (not asked or not offered or asked == offered)


def score(wanted: str, offered: str) -> float:
    """How well two operations agree: 0 for not at all. A literal that meets a literal counts most; a variable part of the
    call that would have to be one certain word of the endpoint counts as no agreement."""
    if " " not in wanted or " " not in offered:
        return float(
            wanted == offered or (wanted.rpartition("/")[2] == offered.rpartition("/")[2] != "" and _tail(wanted, offered))
        )
    method, path = wanted.split(" ", 1)
    other, pattern = offered.split(" ", 1)
    if "{}" not in (method, other) and method != other and (method, other) != ("HEAD", "GET"):
        return 0.0
    return _segments(_split(path), _split(pattern))


def _tail(wanted: str, offered: str) -> bool:
    """gRPC operations with and without the package: `shop.Orders/Get` and `Orders/Get`."""
    return wanted.rpartition(".")[2] == offered.rpartition(".")[2]


def _split(path: str) -> list[str]:
    return [s for s in path.split("?")[0].strip("/").lower().split("/") if s]


def _segments(have: list[str], want: list[str]) -> float:
    if want[-1:] == ["{**}"] and have != want:
        fixed = want[:-1]
        return 0.5 if len(have) >= len(fixed) and all(map(_segment, have, fixed)) else 0.0
    if len(have) != len(want):
        return 0.0
    total = 1.0
    for mine, theirs in zip(have, want, strict=True):
        points = _segment(mine, theirs)
        if points == 0:
            return 0.0
        total += points
    return total


def _segment(mine: str, theirs: str) -> float:
    if mine == theirs:
        return 1.5 if mine == "{}" else 2.0
    if theirs == "{}":
        return 0.5
    if "{}" in theirs or ("{}" in mine and mine != "{}"):
        return 0.2 if _fits(mine, theirs) else 0.0
    return 0.0


def _fits(mine: str, theirs: str) -> bool:
    """Whether two segments with holes inside agree at their known ends."""
    start, end = theirs.split("{}")[0], theirs.split("{}")[-1]
    other_start, other_end = mine.split("{}")[0], mine.split("{}")[-1]
    starts = start.startswith(other_start) or other_start.startswith(start)
    return starts and (end.endswith(other_end) or other_end.endswith(end))
