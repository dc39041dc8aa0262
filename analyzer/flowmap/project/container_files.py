"""The files that a process finds in its container, under the paths that it knows them by; only those of the scan, and those whose
text stands in the image's recipe."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from flowmap.project.index import others_below
from flowmap.project.locate import script_at
from flowmap.project.paths import join, relative

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.project.locate import Layout
    from flowmap.project.world import World

_MOST_LOOKED_AT = 20_000
_MOST_FOUND = 100
_MOST_STARS = 4


@dataclass(frozen=True, slots=True)
class ContainerFiles:
    """`folder` is the one that the process runs in, seen from the working folder of `layout`."""

    layout: Layout
    world: World
    folder: str = ""

    def text(self, path: str) -> str | None:
        """The text of the file at a path; None if it is not known, or is none."""
        there = posixpath.normpath(posixpath.join(self.layout.working_dir, self.folder, path))
        written = next((text for name, text in self.layout.written if name == there), None)
        if written is not None:
            return written
        found = script_at(posixpath.join(self.folder, path), self.layout, self.world.index)
        if found is None:
            return None
        content = self.world.index.contents.get(found) or self.world.index.look(found)
        return content.decode("utf-8", errors="replace") if content is not None and b"\0" not in content else None

    def is_python(self, path: str) -> bool:
        """Whether a file of Python stands at a path, whatever it is called there."""
        found = script_at(posixpath.join(self.folder, path), self.layout, self.world.index)
        return found is not None and found.endswith(".py")

    def matching(self, pattern: str) -> tuple[str, ...]:
        """The paths of the files that a pattern with `*` in some of its components takes in, in order; Python left out. One with
        more stars than anybody writes takes in nothing."""
        if pattern.count("*") > _MOST_STARS:
            return ()
        wanted = posixpath.normpath(posixpath.join(self.layout.working_dir, self.folder, pattern))
        form = re.compile("[^/]*".join(re.escape(piece) for piece in wanted.split("*")))
        fixed = posixpath.dirname(wanted.partition("*")[0])
        paths = (*(name for name, _ in self.layout.written), *islice(self._below(fixed), _MOST_LOOKED_AT))
        return tuple(sorted({p for p in paths if form.fullmatch(p)})[:_MOST_FOUND])

    def _below(self, folder: str) -> Iterator[str]:
        """The paths of the files of the scan in a folder of the container, at any depth."""
        for place in self.layout.places:
            if _holds(place.container, folder):
                source, top = join(place.source, posixpath.relpath(folder, place.container)), folder
            elif _holds(folder, place.container):
                source, top = place.source, place.container
            else:
                continue
            if source in self.world.index.others:
                yield top
            below = others_below(self.world.index, source) if source is not None else ()
            yield from (posixpath.join(top, relative(path, source or ".")) for path in below)


def _holds(folder: str, path: str) -> bool:
    return folder in ("/", path) or path.startswith(f"{folder}/")
