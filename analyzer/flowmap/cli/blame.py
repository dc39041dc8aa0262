"""Whose failure an exception is: a plugin, rule, reporter or reader that somebody wrote is named; the program itself is not."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

_KINDS = {
    "flowmap.plugins": "plugin",
    "flowmap.rules": "rule",
    "flowmap.reporters": "reporter",
    "flowmap.descriptors": "descriptor reader",
}
_OWN = "flowmap"


@dataclass(frozen=True, slots=True)
class Extension:
    """An extension in words (`plugin kafka of flowmap-analyzer`), and the place in it where an exception came about."""

    name: str
    place: str


def blamed(error: BaseException) -> Extension | None:
    """The extension whose code was at work innermost, by its entry point; None if none was."""
    known = list(_extensions())
    for frame, line in reversed(list(traceback.walk_tb(error.__traceback__))):
        module = str(frame.f_globals.get("__name__", ""))
        for kind, point in known:
            if _is_of(module, point):
                code = frame.f_code
                origin = f" of {point.dist.name}" if point.dist is not None else ""
                return Extension(f"{kind} {point.name}{origin}", f"{Path(code.co_filename).name}:{line} in {code.co_name}")
    return None


def _extensions() -> Iterator[tuple[str, EntryPoint]]:
    for group, kind in _KINDS.items():
        yield from ((kind, point) for point in sorted(entry_points(group=group), key=lambda p: p.name))


def _is_of(module: str, point: EntryPoint) -> bool:
    """Whether a module is the one that an entry point names or, where a package brought a single thing, a part of it."""
    package = point.module.partition(".")[0]
    if package.startswith(_OWN):
        return module == point.module
    return module.partition(".")[0] == package
