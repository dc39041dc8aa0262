"""The line that somebody points at: a file of the scan, as a report names it or as it is reached from the current folder."""

from __future__ import annotations

import difflib
import posixpath
from collections.abc import Mapping
from pathlib import Path

from flowmap.errors import SpotError
from flowmap.model.location import Location


def spotted(sources: Mapping[str, bytes], root: Path, file: str, line: int) -> Location:
    """The line `line` of a file. Raises SpotError if the scan has no such file, or the file no such line."""
    path = _path(sources, root, file)
    last = sources[path].count(b"\n") + (not sources[path].endswith(b"\n"))
    if not 1 <= line <= max(last, 1):
        raise SpotError(f"{path} has no line {line}: its last one is {last}.")
    return Location(path, line, line)


def _path(sources: Mapping[str, bytes], root: Path, file: str) -> str:
    named = posixpath.normpath(file.replace("\\", "/"))
    if named in sources:
        return named
    home = root if root.is_dir() else root.parent
    try:
        reached = Path(file).resolve().relative_to(home.resolve()).as_posix()
    except ValueError:
        reached = named
    if reached in sources:
        return reached
    if (home / named).is_file() or Path(file).is_file():
        raise SpotError(
            f"{file} is not part of this scan: only Python files below {root} are, without those that the report lists as left out."
        )
    near = difflib.get_close_matches(named, sources, n=1) or [p for p in sources if p.endswith("/" + posixpath.basename(named))][:1]
    raise SpotError(f"{file} is no file of this scan.{f' Did you mean {near[0]}?' if near else ''}")
