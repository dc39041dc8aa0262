"""Two statements about the same process as one: what the stronger leaves open, the weaker fills."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from flowmap.model.interaction import Role
from flowmap.project.paths import base

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flowmap.descriptor_api import Address, DeclaredProcess, Setting, Wire

_SAMPLE = re.compile(r"(^|[._-])(example|sample|dist|template|tmpl|default|defaults|tpl)([._-]|$)", re.IGNORECASE)


def is_sample(path: str) -> bool:
    """Whether a file of settings is one to copy and fill in: what it says holds where nothing else does."""
    return bool(_SAMPLE.search(base(path)))


def overlaid(strong: DeclaredProcess, weak: DeclaredProcess) -> DeclaredProcess:
    """One process; environment variables, addresses and mounts of both, everything else of the stronger that states it."""
    return replace(
        strong,
        folder=strong.folder if strong.folder is not None else weak.folder,
        build=strong.build or weak.build,
        image=strong.image or weak.image,
        entrypoint=strong.entrypoint or weak.entrypoint,
        command=strong.command or (() if strong.entrypoint else weak.command),
        working_dir=strong.working_dir or weak.working_dir,
        mounts=tuple(dict.fromkeys((*strong.mounts, *weak.mounts))),
        environment=first_of_each((*strong.environment, *weak.environment)),
        fallbacks=first_of_each((*strong.fallbacks, *weak.fallbacks)),
        references=tuple(dict.fromkeys((*strong.references, *weak.references))),
        addresses=distinct((*strong.addresses, *weak.addresses)),
        aliases=tuple(dict.fromkeys((*strong.aliases, *weak.aliases))),
        labels=tuple({**dict(weak.labels), **dict(strong.labels)}.items()),
    )


def first_of_each(settings: Iterable[Setting]) -> tuple[Setting, ...]:
    """For each name the first setting, or the first for each part of the code, one of a sample only where there is no other; the
    strongest must come first."""
    found: dict[tuple[str, str], Setting] = {}
    for setting in sorted(settings, key=lambda s: is_sample(s.location.path)):
        if (setting.name, "") not in found:
            found.setdefault((setting.name, setting.within), setting)
    return tuple(found.values())


def distinct(addresses: Iterable[Address]) -> tuple[Address, ...]:
    """For each host and port the first address."""
    found: dict[tuple[str, int | None], Address] = {}
    for address in addresses:
        found.setdefault((address.host, address.port), address)
    return tuple(found.values())


def distinct_wires(wires: Iterable[Wire]) -> tuple[Wire, ...]:
    """Of those that state the same, the first."""
    found: dict[tuple[object, ...], Wire] = {}
    for w in wires:
        what = w.operation if w.role is Role.SERVE else ""
        found.setdefault((w.role, w.transport, w.channel, w.exchange, w.event, w.rows, what), w)
    return tuple(found.values())
