"""Which services belong together: those of one domain, or, where none is named, those whose folders share the first part that not
all of them share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import PurePosixPath

from flowmap.model.project import Service


def domains(services: Iterable[Service]) -> dict[str, str]:
    """The domain of each service in one: as it is named, else its folder, which has at least two services and not all of them."""
    services = list(services)
    if named := {s.name: s.domain for s in services if s.domain}:
        return named
    folders = {s.name: PurePosixPath(s.root).parts for s in services}
    shared = _shared(list(folders.values()))
    members: dict[str, list[str]] = defaultdict(list)
    for name, parts in folders.items():
        if len(parts) > len(shared):
            members["/".join(parts[: len(shared) + 1])].append(name)
    return {name: folder for folder, names in members.items() if 1 < len(names) < len(folders) for name in names}


def _shared(folders: list[tuple[str, ...]]) -> tuple[str, ...]:
    """The parts that all paths begin with."""
    first = min(folders, default=())
    last = max(folders, default=())
    length = next((n for n, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), min(len(first), len(last)))
    return first[:length]
