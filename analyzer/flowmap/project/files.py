"""The walk over the scanned folder: which files there are, which are left out and why, and what could not be read.

It never leaves the root by a link and never reads a file that is too large; it does not decode: the encoding of a source file
is the business of whoever parses it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from flowmap.errors import PathError
from flowmap.model.location import Location
from flowmap.model.project import Diagnostic, LeftOut, SourceFile
from flowmap.project import leaving_out

if TYPE_CHECKING:
    from pathlib import Path

    from pathspec import GitIgnoreSpec

    from flowmap.config import Config

LARGEST_SOURCE = 2_000_000
LARGEST_DESCRIPTOR = 5_000_000

Look: TypeAlias = Callable[[str], bytes | None]


@dataclass(frozen=True, slots=True)
class Tree:
    """What the walk found. `title` is the name of what was scanned, `others` are the paths of all files that are no Python and
    not left out."""

    root: Path
    title: str
    sources: tuple[SourceFile, ...]
    others: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(slots=True)
class _Walk:
    """The state of one walk."""

    root: Path
    put_back: GitIgnoreSpec
    excluded: GitIgnoreSpec
    sources: list[SourceFile] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    left_out: dict[str, list[str]] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def complain(self, path: str, message: str) -> None:
        self.diagnostics.append(Diagnostic(message, Location(path, 1, 1)))


def walk(root: Path, config: Config, *, without_python: bool = False) -> Tree:
    """Read the Python files below `root`. Raises PathError if there is nothing to scan, unless it may be `without_python`."""
    if not root.exists():
        raise PathError(f"{root} does not exist.")
    put_back, excluded = leaving_out.configured(config)
    if root.is_file():
        return _single(root, _Walk(root.parent, put_back, excluded))
    state = _Walk(root, put_back, excluded)
    waiting = [_Folder("", None, linked=False)]
    while waiting:
        waiting += _folder(state, waiting.pop())
    if not state.sources and not without_python:
        raise PathError(_nothing(root, state))
    return _tree(state, root.resolve().name)


def _single(file: Path, state: _Walk) -> Tree:
    if file.suffix != ".py":
        raise PathError(f"{file} is not a Python file; give a folder or a file that ends in .py.")
    _source(state, file.name, keep=True)
    if not state.sources:
        raise PathError(f"{file} cannot be read: {state.diagnostics[0].message}.")
    return _tree(state, file.stem)


def _nothing(root: Path, state: _Walk) -> str:
    if state.left_out:
        reasons = ", ".join(f"{len(paths)} {reason}" for reason, paths in sorted(state.left_out.items()))
        return f"{root} has no Python files to scan: all were left out ({reasons}); the setting `include` puts files back."
    return f"{root} has no Python files."


def _tree(state: _Walk, title: str) -> Tree:
    left_out = tuple(LeftOut(reason, len(paths), min(paths)) for reason, paths in sorted(state.left_out.items()))
    sources = tuple(sorted(state.sources, key=lambda s: s.path))
    diagnostics = tuple(sorted(state.diagnostics, key=lambda d: (str(d.location), d.message)))
    return Tree(state.root, title, sources, tuple(sorted(state.others)), left_out, diagnostics)


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder to take in. `reason` says why all in it is left out, `linked` that a link leads here."""

    path: str
    reason: str | None
    linked: bool


def _folder(state: _Walk, folder: _Folder) -> list[_Folder]:
    """Take in the files of one folder; its folders are given back."""
    try:
        with os.scandir(state.root / folder.path) as listing:
            entries = sorted(listing, key=lambda e: e.name)
    except OSError as error:
        state.complain(folder.path or ".", f"folder cannot be read ({error.strerror})")
        return []
    reason = folder.reason
    if folder.path and reason in (None, leaving_out.HIDDEN):
        reason = leaving_out.folder_reason(folder.path, frozenset(e.name for e in entries)) or reason
    below: list[_Folder] = []
    for entry in entries:
        path = f"{folder.path}/{entry.name}" if folder.path else entry.name
        if not _nameable(state, path) or (entry.is_symlink() and not _may_follow(state, path, linked=folder.linked)):
            continue
        if not _is_folder(entry):
            _file(state, path, reason)
        elif entry.name not in leaving_out.NEVER_ENTERED:
            hidden = leaving_out.HIDDEN if entry.name.startswith(".") else None
            below.append(_Folder(path, reason or hidden, folder.linked or entry.is_symlink()))
    return below


def _nameable(state: _Walk, path: str) -> bool:
    """Every later stage writes paths as text, so a name that is no UTF-8 cannot be carried."""
    try:
        path.encode()
    except UnicodeEncodeError:
        state.complain(path.encode(errors="backslashreplace").decode(), "name is not UTF-8 and cannot be read")
        return False
    return True


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _may_follow(state: _Walk, path: str, *, linked: bool) -> bool:
    """A link is followed once, inside the root, and never to a folder that it lies in."""
    link = state.root / path
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):
        state.complain(path, "link leads nowhere")
        return False
    root = state.root.resolve()
    if not target.is_relative_to(root):
        state.complain(path, "link leads out of the scanned folder and is not followed")
        return False
    return not (target.is_dir() and (linked or link.parent.resolve().is_relative_to(target)))


def _file(state: _Walk, path: str, reason: str | None) -> None:
    name = path.rpartition("/")[2]
    python = name.endswith(".py")
    why = reason or leaving_out.file_reason(name)
    if state.put_back.match_file(path):
        why = None
    elif state.excluded.match_file(path):
        why = leaving_out.EXCLUDED
    declares = why == leaving_out.MIGRATIONS and name.endswith(".sql")  # streams and connectors of ksqlDB
    if (declares or why in (None, leaving_out.HIDDEN)) and not python:
        state.others.append(path)
    elif why is not None and (python or why == leaving_out.NOTEBOOKS):
        state.left_out.setdefault(why, []).append(path)
    elif python:
        _source(state, path, keep=state.put_back.match_file(path))


def _source(state: _Walk, path: str, *, keep: bool) -> None:
    file = state.root / path
    try:
        size = file.stat().st_size
        if not file.is_file():
            return
        if size > LARGEST_SOURCE:
            state.complain(path, f"file is too large to be read ({size:,} bytes, the limit is {LARGEST_SOURCE:,})")
            return
        content = file.read_bytes()
    except OSError as error:
        state.complain(path, f"file cannot be read ({error.strerror})")
        return
    why = None if keep else leaving_out.content_reason(content)
    if why is not None:
        state.left_out.setdefault(why, []).append(path)
    else:
        state.sources.append(SourceFile(path, content))


def looking(root: Path, limit: int = LARGEST_DESCRIPTOR) -> Look:
    """A function that reads one file below `root` by its path; None if it is not there, not inside, unreadable or too large."""
    inside = root.resolve()

    def look(path: str) -> bytes | None:
        file = root / path
        try:
            if not file.resolve().is_relative_to(inside) or not file.is_file() or file.stat().st_size > limit:
                return None
            return file.read_bytes()
        except (OSError, RuntimeError, ValueError):
            return None

    return look
