"""How long a call waits for its answer, how often it is tried, and what stops it from being tried at all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from flowmap.model.location import Location


class Source(StrEnum):
    """Who decides: what stands around the call, the call itself, the client that it is made with, the library."""

    AROUND = "around"
    ARGUMENT = "argument"
    CLIENT = "client"
    DEFAULT = "default"


class Wait(StrEnum):
    """What lies between two tries: nothing, always the same time, more and more; or nobody can tell."""

    NONE = "none"
    FIXED = "fixed"
    GROWING = "growing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Timeout:
    """A call gives up after so many `seconds`; None: it waits for as long as it takes. With `unknown` nobody can tell, and that is
    why."""

    seconds: float | None
    source: Source
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Retry:
    """Something, known by the name of its library, that tries a call again: at most `attempts` times in all, the first one counted
    (None: as often as it takes; with `unknown` nobody can tell), and no more after `within` seconds. `connections`: only where the
    callee was not reached at all. `location` is where it is declared, None where the client has it from its library."""

    by: str
    attempts: int | None
    wait: Wait = Wait.NONE
    within: float | None = None
    connections: bool = False
    unknown: str = ""
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class Breaker:
    """A circuit breaker around a call: after `failures` of them in a row nobody is called any more (None: not known), until it is
    tried again `reset` seconds later."""

    by: str
    failures: int | None
    reset: float | None
    location: Location
