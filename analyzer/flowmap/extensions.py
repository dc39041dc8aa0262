"""Plugins, rules, reporters and descriptor readers, found by their entry points: find, load, check, sort.

The built-in ones come the same way as a third party's. What cannot be loaded is said with the distribution that brought it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from typing import TypeVar

from flowmap.descriptor_api import DescriptorReader
from flowmap.errors import ExtensionError
from flowmap.plugin_api import Plugin
from flowmap.reporter_api import Reporter
from flowmap.rule_api import Rule

T = TypeVar("T")
GROUPS = ("flowmap.plugins", "flowmap.rules", "flowmap.reporters", "flowmap.descriptors")
_UNKNOWN = "an unknown distribution"


def load_plugins() -> tuple[Plugin, ...]:
    """All framework plugins, by name."""
    return tuple(sorted(_load("flowmap.plugins", Plugin), key=lambda p: p.name))


def load_rules() -> tuple[Rule, ...]:
    """All rules, by code."""
    return tuple(sorted(_load("flowmap.rules", Rule), key=lambda r: r.code))


def load_reporters() -> tuple[Reporter, ...]:
    """All output formats, by name."""
    return tuple(sorted(_load("flowmap.reporters", Reporter), key=lambda r: r.name))


def load_descriptors() -> tuple[DescriptorReader, ...]:
    """All readers of deployment files, by name."""
    return tuple(sorted(_load("flowmap.descriptors", DescriptorReader), key=lambda r: r.name))


def distributions(group: str) -> dict[str, str]:
    """Which distribution brought each extension of a group, with its version."""
    known: dict[int, str] = {}  # a distribution reads its whole description whenever it is asked its name
    points = _points(group)
    for dist in (p.dist for p in points):
        if dist is not None and id(dist) not in known:
            known[id(dist)] = f"{dist.name} {dist.version}"
    return {p.name: known.get(id(p.dist), _UNKNOWN) for p in points}


def _points(group: str) -> list[EntryPoint]:
    return [p for p in _installed(tuple(sys.path)) if p.group == group]


@lru_cache(1)
def _installed(_path: tuple[str, ...]) -> tuple[EntryPoint, ...]:
    """Our entry points, looked for once on each search path: it takes reading a file of every distribution."""
    everything = entry_points()
    return tuple(p for group in GROUPS for p in everything.select(group=group))


def _load(group: str, kind: type[T]) -> Iterable[T]:
    for point in sorted(_points(group), key=lambda p: (p.name, p.value)):
        yield _one(point, kind)


def _one(point: EntryPoint, kind: type[T]) -> T:
    try:
        found = point.load()
    except Exception as error:
        message = f"{point.group} entry point {point.name!r} of {_origin(point)} cannot be loaded ({point.value}): {error}"
        raise ExtensionError(message) from error
    if not isinstance(found, kind):
        message = f"{point.group} entry point {point.name!r} of {_origin(point)} is no {kind.__name__}"
        raise ExtensionError(f"{message} but {type(found).__name__} ({point.value})")
    return found


def _origin(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else _UNKNOWN
