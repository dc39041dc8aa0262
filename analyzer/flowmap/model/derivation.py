"""How what is said of a site came to be known: made on demand for one line, and for nobody but people."""

from __future__ import annotations

from dataclasses import dataclass

from flowmap.model.interaction import Interaction
from flowmap.model.location import Evidence, Location


@dataclass(frozen=True, slots=True)
class Hop:
    """One step: an expression of the code, or what stands behind it outside the code. `what` says it in words, "" where the source
    at `location` says it; `gave` are the values that it contributed, `below` the steps that it rests on, in the order of asking."""

    location: Location | None
    what: str
    gave: tuple[str, ...]
    below: tuple[Hop, ...] = ()


@dataclass(frozen=True, slots=True)
class Sought:
    """What a library call was asked for (`channel`, `url`, ...), what it is worth, and how that came about."""

    name: str
    values: tuple[str, ...]
    hops: tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class Derivation:
    """A site in the eyes of services that see it alike, from where it is decided (`location`) down to the library call (the end of
    `via`). `interactions` are those of the first of these services; there are none where a pattern describes a call and nothing
    comes of it, or where it only binds a queue. `library` is the call as plugins know it, `contexts` has one entry per way in which
    the site is reached; `remedies` is what to do where the destination is not known."""

    services: tuple[str, ...]
    interactions: tuple[Interaction, ...]
    location: Location
    via: tuple[Evidence, ...]
    plugin: str
    library: str = ""
    contexts: tuple[tuple[Sought, ...], ...] = ()
    remark: str = ""
    remedies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CallNote:
    """A call that no pattern describes: as it is written, and what its callee is."""

    written: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that can be said of one line. `calls` are given where nothing else is, `near` the sites of the same file then, the
    nearest first, as `role transport` and place."""

    location: Location
    services: tuple[str, ...]
    derivations: tuple[Derivation, ...]
    calls: tuple[CallNote, ...]
    near: tuple[tuple[str, Location], ...]
