"""Where a library is told how long something may take, and how often it is tried."""

from __future__ import annotations

from dataclasses import dataclass

from flowmap.model.patience import Wait
from flowmap.model.reference import Ref


@dataclass(frozen=True, slots=True)
class Number:
    """A number that stands at `of`, times `scale`; of a pair, the last. Where an object of one of the types `objects` stands there,
    the first that is given of its references counts, and one without any says nothing. What is not `bare` only counts there."""

    of: Ref
    objects: tuple[tuple[str, tuple[Ref, ...]], ...] = ()
    scale: float = 1.0
    bare: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """After how many seconds a call gives up: what it says itself (`argument`), else what its client was made with, else `default`
    (None: never). One of the library's objects `unset` counts as nothing said, and so does None where `none_is_unset`."""

    argument: Number | None = None
    client: Number | None = None
    default: float | None = None
    unset: tuple[str, ...] = ()
    none_is_unset: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tries:
    """How often something is tried: `count` times in all, or `extra` times after the first; `default` holds where something says
    that it is tried again but not how often (None: without end), `absent` where nothing is said at all (one try: not again).
    `within` is the time in seconds after which it is not tried again. What lies between two tries stands at `wait`: a number of
    seconds, or something with one of the names `waits`; it grows where `backoff` is there and not 0; failing these it is `waiting`.
    `connections`: tried again only where the callee was not reached, unless something stands at `unless`."""

    count: Number | None = None
    extra: bool = False
    default: int | None = None
    absent: int = 1
    within: Number | None = None
    lasting: float | None = None
    wait: Ref | None = None
    waits: tuple[tuple[str, Wait], ...] = ()
    backoff: Number | None = None
    waiting: Wait = Wait.NONE
    connections: bool = False
    unless: Ref | None = None
