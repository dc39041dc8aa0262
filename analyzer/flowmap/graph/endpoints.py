"""Calls to endpoints: a method and a path against what a service serves. Never by path alone: the service comes first."""

from __future__ import annotations

from collections.abc import Iterable

from flowmap.graph.matching import delivers
from flowmap.model.interaction import Interaction, Role


def matching(call: Interaction, served: Iterable[Interaction]) -> list[Interaction]:
    """The endpoints of one service that the call can mean, the best ones only; the order of declaration is kept."""
    scored = [(score(call.operation or "", s.operation or ""), s) for s in served if _same_protocol(call, s)]
    best = max((n for n, _ in scored), default=0.0)
    return [s for n, s in scored if n == best] if best > 0 else []


def answered_by(call: Interaction, theirs: Iterable[Interaction]) -> list[Interaction]:
    """What answers a call in its target service: an endpoint, or a subscription where the call goes over a broker."""
    known = list(theirs)
    if call.channel is not None:
        return [s for s in known if s.role is Role.SUBSCRIBE and delivers(call, s)]
    return matching(call, [s for s in known if s.role is Role.SERVE])


def _same_protocol(call: Interaction, served: Interaction) -> bool:
    return (call.transport == "http") is (served.transport == "http")


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
    if len(have) != len(want):
        return 0.5 if want and want[-1] == "{**}" and len(have) >= len(want) - 1 else 0.0
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
