"""Where a repository lies, and what its object store holds: commits, trees and files by their hashes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from flowmap.errors import RevisionError
from flowmap.project.git.sizes import packed_size

if TYPE_CHECKING:
    from dulwich.object_store import DiskObjectStore
    from dulwich.objects import ShaFile
    from dulwich.refs import DiskRefsContainer

T = TypeVar("T", bound="ShaFile")
HASH = 40
LARGEST_OBJECT = 64_000_000
"""Bytes of a commit, a tree or a file above which it is not read."""
_GITFILE = b"gitdir: "
_LONGEST_NAME = 4096
_MOST_STORES = 20


@dataclass(frozen=True)
class Repository:
    """`control` is the folder with HEAD, `common` the one with the objects: another one for a further worktree. `top` is the folder
    of the working tree, None for a bare repository."""

    control: Path
    common: Path
    top: Path | None

    @cached_property
    def store(self) -> DiskObjectStore:
        """The objects."""
        from dulwich.object_store import DiskObjectStore

        _expect_end(self.common / "objects")
        return DiskObjectStore(self.common / "objects", loose_object_size_limit=LARGEST_OBJECT)

    @cached_property
    def refs(self) -> DiskRefsContainer:
        """The names of commits."""
        from dulwich.refs import DiskRefsContainer

        return DiskRefsContainer(self.common, self.control)

    @cached_property
    def shallow(self) -> frozenset[bytes]:
        """The commits whose parents were not fetched."""
        file = self.common / "shallow"
        return frozenset(file.read_bytes().split()) if file.is_file() else frozenset()

    def size(self, name: bytes) -> int | None:
        """The bytes of an object in a pack; None where that is not known before it is read."""
        return next((size for pack in self.store.packs if (size := packed_size(pack, name)) is not None), None)

    def read(self, name: bytes, kind: type[T]) -> T:
        """An object that must be of some kind. Raises RevisionError if it is not there, broken or too large."""
        from dulwich.errors import ChecksumMismatch, NotGitRepository, ObjectFormatException
        from dulwich.objects import ObjectID

        shown = name[:12].decode("ascii", "replace")
        if (self.size(name) or 0) > LARGEST_OBJECT:
            raise RevisionError(f"{self.control}: the object {shown} is too large to be read.")
        try:
            found = self.store[ObjectID(name)]
            found.as_raw_string()
        except KeyError as error:
            raise RevisionError(f"{self.control}: the object {shown} is not in the object store; {self.remedy}.") from error
        except (
            OSError,
            ValueError,
            RecursionError,
            AssertionError,
            ChecksumMismatch,
            NotGitRepository,
            ObjectFormatException,
        ) as error:
            raise RevisionError(f"{self.control}: the object {shown} cannot be read ({error}).") from error
        if not isinstance(found, kind):
            raise RevisionError(
                f"{self.control}: the object {shown} is a {found.type_name.decode()}, no {kind.type_name.decode()}."
            )
        return found

    @property
    def remedy(self) -> str:
        """What to do about objects that are not there."""
        if self.shallow:
            return "this clone is shallow, fetch more history (`git fetch --unshallow`, or `fetch-depth: 0` where CI checks out)"
        return "fetch it first"


def repository_of(folder: Path) -> Repository:
    """The repository that a folder lies in, or is. Raises RevisionError if there is none."""
    start = folder.resolve()
    for place in (start, *start.parents):
        if (found := _at(place)) is not None:
            return found
    raise RevisionError(f"{folder} lies in no git repository; to compare without one, give two JSON reports of `flowmap scan`.")


def _at(place: Path) -> Repository | None:
    inside = place / ".git"
    if inside.is_file():
        return _opened(_led_to(inside), place)
    if _is_control(inside):
        return _opened(inside, place)
    return _opened(place, None) if _is_control(place) and (place / "refs").is_dir() else None


def _is_control(folder: Path) -> bool:
    return (folder / "objects").is_dir() and (folder / "HEAD").is_file()


def _led_to(file: Path) -> Path:
    """The folder that a file called .git names: a further worktree and a submodule have one."""
    with file.open("rb") as opened:
        said = opened.read(_LONGEST_NAME)
    if not said.startswith(_GITFILE):
        raise RevisionError(f"{file} is no file of git: it should say where the repository is.")
    return file.parent / _path(said.removeprefix(_GITFILE))


def _path(said: bytes) -> str:
    return said.rstrip(b"\r\n").decode("utf-8", "surrogateescape").replace("\0", "")


def _opened(control: Path, top: Path | None) -> Repository:
    other = control / "commondir"
    common = control / _path(other.read_bytes()[:_LONGEST_NAME]) if other.is_file() else control
    if not ((common / "objects").is_dir() and (control / "HEAD").is_file()):
        raise RevisionError(f"{control} is no repository of git: it has no objects, or no HEAD.")
    return Repository(control, common, top)


def _expect_end(objects: Path) -> None:
    """Raises RevisionError if the stores that a store borrows from lead back to one of them, or are too many."""
    waiting, seen = [objects], set[Path]()
    while waiting:
        here = waiting.pop().resolve()
        if here in seen or len(seen) > _MOST_STORES:
            raise RevisionError(f"{objects} borrows objects from itself, or from too many others.")
        seen.add(here)
        borrowed = here / "info" / "alternates"
        if borrowed.is_file():
            lines = borrowed.read_bytes()[: _MOST_STORES * _LONGEST_NAME].split(b"\n")
            waiting += [here / _path(line) for line in lines if line.strip() and not line.startswith(b"#")]


def parents(repository: Repository, name: bytes) -> Iterator[bytes]:
    """The parents of a commit, as far as they were fetched."""
    from dulwich.objects import Commit

    if name not in repository.shallow:
        yield from repository.read(name, Commit).parents
