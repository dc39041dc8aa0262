"""What lies in a revision, and what of a working tree git would see: files and links by their paths, names that could do harm left
out."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from flowmap.errors import RevisionError
from flowmap.project.git.ignoring import is_ignored, patterns
from flowmap.project.git.repository import Repository
from flowmap.project.leaving_out import NEVER_ENTERED

_MOST = 1_000_000
_DEEPEST = 200
_LONGEST = 255
UNSAFE = "have a name that no file may have here"
SUBMODULES = "are repositories of their own (submodules)"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file or a link: its hash in the object store, or where it lies on disk."""

    path: str
    link: bool
    name: bytes = b""
    file: Path | None = None


@dataclass(slots=True)
class Aside:
    """What is left out, by reason."""

    paths: dict[str, list[str]] = field(default_factory=dict)

    def put(self, reason: str, path: str) -> None:
        """Leaves something out."""
        self.paths.setdefault(reason, []).append(path)


def entries(repository: Repository, commit: bytes, folder: str, aside: Aside) -> Iterator[Entry]:
    """The files and links of a commit below a folder ("" for all); nothing if the folder is not there."""
    from dulwich.objects import Commit

    tree: bytes | None = repository.read(commit, Commit).tree
    for part in folder.split("/") if folder else ():
        tree = _below(repository, tree, part) if tree else None
    waiting = [("", tree, 0)] if tree else []
    number = 0
    while waiting:
        path, here, depth = waiting.pop()
        if depth > _DEEPEST:
            raise RevisionError(f"{commit[:12].decode()}: its folders lie too deep in one another ({path[:60]}…).")
        for name, mode, content in _listed(repository, here):
            number += 1
            if number > _MOST:
                raise RevisionError(f"{commit[:12].decode()} has more than {_MOST:,} files and folders.")
            whole = f"{path}{name}"
            if not _is_safe(name):
                aside.put(UNSAFE, whole)
            elif stat.S_ISDIR(mode):
                waiting.append((f"{whole}/", content, depth + 1))
            elif stat.S_ISREG(mode) or stat.S_ISLNK(mode):
                yield Entry(whole, stat.S_ISLNK(mode), content)
            else:
                aside.put(SUBMODULES, whole)


def _listed(repository: Repository, tree: bytes) -> list[tuple[str, int, bytes]]:
    from dulwich.objects import Tree

    items = repository.read(tree, Tree).items()
    return [(os.fsdecode(i.path), i.mode, i.sha) for i in items if i.path is not None and i.mode is not None and i.sha is not None]


def _below(repository: Repository, tree: bytes, name: str) -> bytes | None:
    return next((sha for n, mode, sha in _listed(repository, tree) if n == name and stat.S_ISDIR(mode)), None)


def _is_safe(name: str) -> bool:
    """Whether a name of a tree names something in its folder, and nothing that git keeps for itself."""
    plain = "".join(c for c in name if c.isprintable()).rstrip(". ").lower()
    parts = {"/", "\0", *("\\:" if os.sep == "\\" else "")}
    return plain not in ("", ".git", "git~1") and not parts & set(name) and len(os.fsencode(name)) <= _LONGEST


def seen(repository: Repository, commit: bytes, folder: str, aside: Aside) -> Iterator[Entry]:
    """The files and links of the working tree below a folder: those of the commit that it is at, and those that are not ignored."""
    if repository.top is None:
        raise RevisionError(f"{repository.control} is a bare repository without a working tree; name two revisions.")
    tracked = {e.path for e in entries(repository, commit, folder, Aside())}
    around = {p[: n + 1] for p in tracked for n, c in enumerate(p) if c == "/"}
    base = f"{folder}/" if folder else ""
    above = ["", *(base[: n + 1] for n, c in enumerate(base[:-1]) if c == "/")] if folder else []
    rules = tuple(patterns(repository.common / "info" / "exclude", ""))
    rules += tuple(rule for place in above for rule in patterns(repository.top / place / ".gitignore", place))
    waiting = [("", rules, False)]
    while waiting:
        here, known, ignored = waiting.pop()
        start = repository.top / base / here
        own = (*known, *patterns(start / ".gitignore", f"{base}{here}"))
        for one in _scanned(start):
            path, is_folder = f"{here}{one.name}", one.is_dir(follow_symlinks=False)
            out = ignored or is_ignored(f"{base}{path}", own, folder=is_folder)
            if is_folder:
                if _is_entered(one, path, aside) and (not out or f"{path}/" in around):
                    waiting.append((f"{path}/", own, out))
            elif (path in tracked or not out) and (one.is_symlink() or one.is_file(follow_symlinks=False)):
                yield Entry(path, one.is_symlink(), file=Path(one.path))


def _is_entered(folder: os.DirEntry[str], path: str, aside: Aside) -> bool:
    """Whether a folder is part of the working tree: what is a repository of its own is not."""
    if folder.name in NEVER_ENTERED:
        return False
    if Path(folder.path, ".git").exists():
        aside.put(SUBMODULES, path)
        return False
    return True


def _scanned(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as listing:
            return sorted(listing, key=lambda e: e.name)
    except OSError as error:
        raise RevisionError(f"{folder} cannot be read ({error.strerror or error}).") from error
