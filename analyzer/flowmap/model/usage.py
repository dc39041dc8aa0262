"""What a plugin did in a scan: where it is active and why, and what its patterns matched."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Matched:
    """A pattern by what it is about (a function, class or decorator of the library), what such a site does, and the number of
    sites."""

    target: str
    does: str
    sites: int


@dataclass(frozen=True, slots=True)
class Usage:
    """A plugin with the services in which it is active, the modules of its library that they import with the number of files that
    do (none for a plugin that goes by names alone), its patterns that matched anything, and how many interactions it came to."""

    plugin: str
    services: tuple[str, ...]
    imported: tuple[tuple[str, int], ...]
    matched: tuple[Matched, ...]
    interactions: int
