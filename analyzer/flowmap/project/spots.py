"""The line that somebody points at: a file of the scan, as a report names it or as it is reached from the current folder."""

from __future__ import annotations

import difflib
import posixpath
from collections.abc import Mapping
from pathlib import Path

from flowmap.errors import SpotError
from flowmap.model.location import Location
from flowmap.project.systems import Repository, System


def spotted(sources: Mapping[str, bytes], system: System, file: str, line: int) -> Location:
    """The line `line` of a file. Raises SpotError if the scan has no such file, or the file no such line."""
    path = _path(sources, system, file)
    last = sources[path].count(b"\n") + (not sources[path].endswith(b"\n"))
    if not 1 <= line <= max(last, 1):
        raise SpotError(f"{path} has no line {line}: its last one is {last}.")
    return Location(path, line, line)


def _path(sources: Mapping[str, bytes], system: System, file: str) -> str:
    named = posixpath.normpath(file.replace("\\", "/"))
    if named in sources:
        return named
    reached = [p for r in system.repositories if (p := _below(r, file)) is not None]
    if known := next((p for p in reached if p in sources), None):
        return known
    if reached or any((r.folder / named).is_file() for r in system.repositories):
        folders = ", ".join(str(r.path) for r in system.repositories)
        without = "without those that the report lists as left out"
        raise SpotError(f"{file} is not part of this scan: only Python files below {folders} are, {without}.")
    near = difflib.get_close_matches(named, sources, n=1) or [p for p in sources if p.endswith("/" + posixpath.basename(named))][:1]
    raise SpotError(f"{file} is no file of this scan.{f' Did you mean {near[0]}?' if near else ''}")


def _below(repository: Repository, file: str) -> str | None:
    """The path in the scan of a file that is there, named from the current folder; None if it lies outside of the repository."""
    try:
        path = Path(file).resolve(strict=True).relative_to(repository.folder.resolve()).as_posix()
    except (ValueError, OSError):
        return None
    return f"{repository.name}/{path}" if repository.name else path
