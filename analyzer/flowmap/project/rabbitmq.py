"""What RabbitMQ's bindings do with messages: which queues get what is published to an exchange, through other exchanges too.

Virtual hosts are not told apart, as code that names a queue does not say in which it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from flowmap.model.interaction import Match
from flowmap.model.project import Conduit, Diagnostic, Forward
from flowmap.project.bounds import cut

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from flowmap.model.location import Location

_ANYTHING = "#"
# Those that every broker has, and that no export lists.
_BUILT_IN = {"amq.direct": "direct", "amq.fanout": "fanout", "amq.headers": "headers", "amq.match": "headers", "amq.topic": "topic"}
_WILD = frozenset("*#")
_MOST_EXCHANGES = 5
_MOST = 10_000
_MOST_TRIED = 200_000


@dataclass(frozen=True, slots=True)
class Bound:
    """A binding: what is published to the exchange `source` goes to a queue, or to another exchange."""

    source: str
    target: str
    key: str
    location: Location
    to_exchange: bool = False


def forwards_of(bindings: Iterable[Bound], types: Mapping[str, str]) -> tuple[tuple[Forward, ...], tuple[Diagnostic, ...]]:
    """What the bindings bring from exchanges to queues, and what of them is not followed; `types` are those of the exchanges, as
    far as known. The default exchange, which every queue is bound to, is left out."""
    types = {**_BUILT_IN, **types}
    fed: dict[str, list[Bound]] = {}
    reached: list[Bound] = []
    for bound in (b for b in bindings if b.source and b.target):
        (fed.setdefault(bound.target, []) if bound.to_exchange else reached).append(bound)
    found: dict[tuple[str, str, str], Bound] = {}
    left: list[Bound] = []
    for _ in range(_MOST_EXCHANGES):
        fresh = _new(reached, found, types)
        left += fresh[_MOST - len(found) :]
        reached = fresh[: _MOST - len(found)]
        found |= {(b.source, _key(b, types), b.target): b for b in reached}
        further = (_through(one, bound, types) for bound in reached for one in fed.get(bound.source, ()))
        reached = list(islice(further, _MOST_TRIED + 1))
        left += reached[_MOST_TRIED:]
    faults = [cut(_MOST, "bindings of queues", left[0].location)] if left else []
    if not faults and (beyond := _new(reached, found, types)):
        message = f"more than {_MOST_EXCHANGES} exchanges one behind the other; those further off are not followed to here"
        faults = [Diagnostic(message, beyond[0].location)]
    return tuple(_forward(bound, types) for bound in found.values()), tuple(faults)


def _new(reached: list[Bound], found: Collection[tuple[str, str, str]], types: Mapping[str, str]) -> list[Bound]:
    """Those that are not found yet, each once."""
    new = {(b.source, _key(b, types), b.target): b for b in reversed(reached)}
    return [b for what, b in reversed(new.items()) if what not in found]


def _through(first: Bound, second: Bound, types: Mapping[str, str]) -> Bound:
    """Two bindings, one behind the other, as one: of their keys the one that lets less through."""
    keys = [_key(second, types), _key(first, types)]
    exact = [k for k in keys if k != _ANYTHING and not _WILD & set(k)]
    key = next(iter(exact or [k for k in keys if k != _ANYTHING]), _ANYTHING)
    return Bound(first.source, second.target, key, second.location)


def _key(bound: Bound, types: Mapping[str, str]) -> str:
    """The pattern that routing keys have to match: any, where the exchange does not look at them."""
    return _ANYTHING if types.get(bound.source) in ("fanout", "headers") else bound.key


def _forward(bound: Bound, types: Mapping[str, str]) -> Forward:
    key = _key(bound, types) or bound.source
    match = Match.EXACT if types.get(bound.source) == "direct" else Match.AMQP
    return Forward(Conduit("amqp", key, exchange=bound.source, match=match), Conduit("amqp", bound.target), bound.location)
