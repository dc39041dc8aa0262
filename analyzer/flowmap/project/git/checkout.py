"""A revision, or a working tree as git sees it, as files in a folder of its own."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from flowmap.errors import RevisionError
from flowmap.model.location import Location
from flowmap.model.project import Diagnostic
from flowmap.project.files import LARGEST_DESCRIPTOR
from flowmap.project.git.repository import Repository
from flowmap.project.git.trees import Aside, Entry, entries, seen
from flowmap.visible import counted

_MOST_BYTES = 4_000_000_000
_POINTER = b"version https://git-lfs.github.com/spec/"
_LARGEST_LINK = 4096
_LFS = "are kept by git LFS, beside the repository"
_MISSING = "are not in the object store (a partial clone)"
_UNREAD = "cannot be read"
_UNWRITTEN = "cannot be written on this machine"
_OUT = "are links that lead out of the repository"


@dataclass(frozen=True, slots=True)
class CheckedOut:
    """A folder with files, whether there is any Python among them, and what is not there although it should be."""

    folder: Path
    python: bool
    diagnostics: tuple[Diagnostic, ...]


def checked_out(repository: Repository, commit: bytes, folder: str, to: Path) -> CheckedOut:
    """The files of a commit below a folder, written below `to`, which is made."""
    aside = Aside()
    return _written(repository, entries(repository, commit, folder, aside), to, aside)


def copied(repository: Repository, commit: bytes, folder: str, to: Path) -> CheckedOut:
    """The files of the working tree below a folder that git does not ignore, written below `to`; `commit` is what it is at."""
    aside = Aside()
    return _written(repository, seen(repository, commit, folder, aside), to, aside)


def _written(repository: Repository, found: Iterable[Entry], to: Path, aside: Aside) -> CheckedOut:
    to.mkdir(parents=True)
    total, python = 0, False
    links: list[tuple[Entry, bytes]] = []
    for entry in found:
        content = _content(repository, entry, aside)
        if content is None:
            continue
        if entry.link:
            links.append((entry, content))
        elif content.startswith(_POINTER):
            aside.put(_LFS, entry.path)
        else:
            total += len(content) if len(content) <= LARGEST_DESCRIPTOR else 0
            if total > _MOST_BYTES:
                raise RevisionError(f"{repository.control}: the files are more than {_MOST_BYTES:,} bytes together.")
            _write(to, entry.path, content, aside)
            python = python or entry.path.endswith(".py")
    _link(to, links, aside)
    return CheckedOut(to, python, tuple(_left_out(aside)))


def _content(repository: Repository, entry: Entry, aside: Aside) -> bytes | None:
    """The bytes of a file, as many zeros as it has if that is too many to be read anyway; of a link what it leads to."""
    from dulwich.objects import Blob, ObjectID

    if entry.file is not None:
        return _on_disk(entry, entry.file, aside)
    if (size := repository.size(entry.name) or 0) > LARGEST_DESCRIPTOR:
        return bytes(LARGEST_DESCRIPTOR + 1) if size else None
    if not entry.path.endswith(".py") and ObjectID(entry.name) not in repository.store:
        aside.put(_MISSING, entry.path)
        return None
    return repository.read(entry.name, Blob).data


def _on_disk(entry: Entry, file: Path, aside: Aside) -> bytes | None:
    try:
        if entry.link:
            return os.fsencode(file.readlink())
        if file.stat().st_size > LARGEST_DESCRIPTOR:
            return bytes(LARGEST_DESCRIPTOR + 1)
        return file.read_bytes()
    except OSError:
        aside.put(_UNREAD, entry.path)
        return None


def _write(to: Path, path: str, content: bytes, aside: Aside) -> None:
    file = to / path
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if len(content) > LARGEST_DESCRIPTOR:
            with file.open("xb") as opened:
                opened.truncate(len(content))
        else:
            with file.open("xb") as opened:
                opened.write(content)
    except (OSError, ValueError):
        aside.put(_UNWRITTEN, path)


def _link(to: Path, links: list[tuple[Entry, bytes]], aside: Aside) -> None:
    """The links last, when nothing is written any more that could go through one; those that lead out are taken away again."""
    root, made = to.resolve(), []
    for entry, target in links:
        file = to / entry.path
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.symlink_to(os.fsdecode(target[:_LARGEST_LINK]))
        except (OSError, ValueError):
            aside.put(_UNWRITTEN, entry.path)
        else:
            made.append(entry.path)
    out = [path for path in made if not _stays(root, root / path)]
    for path in out:
        aside.put(_OUT, path)
        (root / path).unlink()


def _stays(root: Path, link: Path) -> bool:
    try:
        return not link.readlink().is_absolute() and link.resolve().is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def _left_out(aside: Aside) -> Iterator[Diagnostic]:
    for reason, paths in sorted(aside.paths.items()):
        first = min(paths)
        shown = first.encode("utf-8", "backslashreplace").decode()
        yield Diagnostic(f"{counted(len(paths), 'path')} left out, because they {reason}", Location(shown, 1, 1))
