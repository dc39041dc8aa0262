"""Modules that only an image puts where they are imported: a file or folder from elsewhere that its recipe copies into the package
of a service, or a folder that its environment puts on the path."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator

from flowmap.model.project import Service

Places = tuple[tuple[str, str], ...]
"""Paths in a container and what of the scan stands there."""


def assembled(services: Iterable[Service], paths: Collection[str]) -> dict[str, str]:
    """Path at which a module would lie if the scan were laid out as the containers are -> where it lies."""
    found: dict[str, str] = {}
    for service in services:
        stems = (*service.places, *_beside(service.places))
        for container, source in service.places:
            for path, module in _laid(container, source, stems, paths):
                if path not in paths:
                    found.setdefault(path, module)
    return found


def on_the_path(services: Iterable[Service]) -> tuple[tuple[str, str], ...]:
    """Folders of the scan that `PYTHONPATH` of a container names, each with a folder whose modules are imported with it: that of
    the service, and the folders themselves."""
    found: dict[tuple[str, str], None] = {}
    for service in services:
        value = next((s.value for s in service.environment if s.name == "PYTHONPATH"), "")
        folders = [f for path in value.split(":") if path.startswith("/") and (f := _stands_at(path, service.places)) is not None]
        found.update(dict.fromkeys((home, folder) for home in (service.root, *folders) for folder in folders))
    return tuple(found)


def _stands_at(path: str, places: Places) -> str | None:
    """The folder of the scan that stands at a path in a container; None if none is seen to."""
    around = [
        (c.rstrip("/"), s) for c, s in places if not s.endswith(".py") and f"{path.rstrip('/')}/".startswith(f"{c.rstrip('/')}/")
    ]
    if not around:
        return None
    outer, folder = max(around, key=lambda p: len(p[0]))
    inside = posixpath.normpath(posixpath.join(folder, path[len(outer) :].strip("/")))
    return "" if inside == "." else inside


def _beside(places: Places) -> Iterator[tuple[str, str]]:
    """The folders that single files speak for which keep their names."""
    for container, source in places:
        if source.endswith(".py") and posixpath.basename(container) == posixpath.basename(source):
            yield posixpath.dirname(container), posixpath.dirname(source)


def _laid(container: str, source: str, stems: Places, paths: Collection[str]) -> Iterator[tuple[str, str]]:
    """The modules of one place, each with where it would lie in the folder of the scan that stands around it."""
    around = [(c, s) for c, s in stems if not s.endswith(".py") and container.startswith(f"{c.rstrip('/')}/")]
    if not around:
        return
    outer, folder = max(around, key=lambda p: len(p[0]))
    target = posixpath.normpath(posixpath.join(folder, container[len(outer) :].lstrip("/")))
    if target == source or target.startswith(".."):
        return
    if source.endswith(".py"):
        yield target if target.endswith(".py") else posixpath.join(target, posixpath.basename(source)), source
    else:
        inside = "" if source in {"", "."} else f"{source}/"
        yield from ((posixpath.join(target, p[len(inside) :]), p) for p in paths if p.startswith(inside))
