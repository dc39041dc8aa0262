"""The two sides of a comparison: reports of earlier scans, revisions of a repository, or its working tree, each as a report."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from flowmap.cli.running import Scan, report_in, report_on
from flowmap.config import Config, load_config
from flowmap.errors import ConfigError, PathError
from flowmap.model.flow import Flow
from flowmap.model.report import Report
from flowmap.project.git.ancestry import merge_base
from flowmap.project.git.checkout import CheckedOut, checked_out, copied
from flowmap.project.git.names import commit_of
from flowmap.project.git.repository import Repository, repository_of
from flowmap.project.systems import Repository as Scanned
from flowmap.project.systems import System, alone

_SHORT = 7
WORKING_TREE = "the working tree"


@dataclass(frozen=True, slots=True)
class Side:
    """What one side is called, the file of its report or its commit, or neither for the working tree."""

    name: str
    file: Path | None = None
    commit: bytes | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """The reports of both sides, what these are called, and what could not be compared."""

    before: Report
    after: Report
    names: tuple[str, str]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """The folder that is compared: in which repository, and where in it."""

    folder: Path
    repository: Repository
    inside: str

    @property
    def title(self) -> str:
        """The name of the folder, which both sides have in common."""
        return self.folder.resolve().name.removesuffix(".git") or "repository"


def compared(base: str, head: str | None, scan: Scan) -> Compared:
    """Both sides, scanned. Raises RevisionError, ArtefactError, PathError or ConfigError if one of them cannot be."""
    first, second, parted = _asked(base, head)
    revisions = [said for said in (first, second) if said is not None and not _is_report(said)]
    place = _place(scan.paths[0]) if revisions else None
    sides = [_side(place, said) for said in (first, second)]
    if parted and place is not None and sides[0].commit and sides[1].commit:
        common = merge_base(place.repository, sides[0].commit, sides[1].commit)
        sides[0] = replace(sides[0], name=f"where {first} and {second} parted ({common[:_SHORT].decode()})", commit=common)
    with _removed_afterwards() as below:
        return _reports(place, sides[0], sides[1], scan, below)


def _asked(base: str, head: str | None) -> tuple[str, str | None, bool]:
    """What the sides are, None for the working tree, and whether the first is where both parted."""
    if head is not None or base.endswith(".json") or ".." not in base:
        return base, head, False
    dots = "..." if "..." in base else ".."
    first, _, second = base.partition(dots)
    return first or "HEAD", second or "HEAD", dots == "..."


def _is_report(said: str | None) -> bool:
    return said is not None and said.endswith(".json")


def _place(folder: Path) -> _Place:
    if not folder.is_dir():
        what = "is no folder" if folder.exists() else "does not exist"
        raise PathError(f"{folder} {what}; give the folder of a repository, or one inside it.")
    repository = repository_of(folder)
    top = repository.top
    return _Place(folder, repository, "" if top is None else folder.resolve().relative_to(top).as_posix().removeprefix("."))


def _side(place: _Place | None, said: str | None) -> Side:
    if said is not None and _is_report(said):
        return Side(said, file=Path(said))
    if said is None or place is None:
        return Side(WORKING_TREE)
    commit = commit_of(place.repository, said)
    short = commit[:_SHORT].decode()
    return Side(said if short.startswith(said) or said.startswith(short) else f"{said} ({short})", commit=commit)


def _reports(place: _Place | None, before: Side, after: Side, scan: Scan, below: Path) -> Compared:
    """HEAD comes first, since its configuration judges both."""
    files = {side.name: below / str(n) for n, side in enumerate((before, after)) if side.file is None}
    trees = {s.name: _tree(place, s, files[s.name]) for s in dict.fromkeys((before, after)) if s.file is None and place}
    said = [
        (n, f"{d.message} (the first: {d.location.path if d.location else '?'})") for n, t in trees.items() for d in t.diagnostics
    ]
    remarks = [f"{n}: {what}" if [w for _, w in said].count(what) == 1 else f"both: {what}" for n, what in said]
    home = trees[after.name].folder if after.commit is not None else scan.paths[0]
    rules = _config(home, scan, after)
    lenient = rules.model_copy(update={"contracts": [c.model_copy(update={"may_be_absent": True}) for c in rules.contracts]})
    reports = [_report(side, trees.get(side.name), scan, r) for side, r in ((after, rules), (before, lenient))]
    return Compared(reports[1], reports[0], (before.name, after.name), tuple(dict.fromkeys(remarks)))


def _tree(place: _Place, side: Side, below: Path) -> CheckedOut:
    if side.commit is not None:
        return checked_out(place.repository, side.commit, place.inside, below / place.title)
    return copied(place.repository, commit_of(place.repository, "HEAD"), place.inside, below / place.title)


def _config(folder: Path, scan: Scan, side: Side) -> Config:
    try:
        return load_config(folder, scan.config)
    except ConfigError as error:
        said = str(error).replace(f"{folder}/", f"{side.name}: ") if side.commit is not None else str(error)
        raise ConfigError(said) from error


def _report(side: Side, tree: CheckedOut | None, scan: Scan, rules: Config) -> Report:
    if side.file is not None:
        return report_in(side.file, scan, rules)
    if tree is None:
        return report_on(alone(scan.paths[0].resolve(), rules), scan)
    if not tree.python:
        return Report(tree.folder.name, Flow((), (), (), (), ()), (), (), (), version("flowmap-analyzer"), 0, 0)
    own = _config(tree.folder, scan, side)
    installed = scan.environments or tuple(e for e in (scan.paths[0] / name for name in own.environment) if e.is_dir())
    stated = own.model_copy(update={"environment": []})
    return report_on(System((Scanned(tree.folder, stated),), rules), replace(scan, environments=installed))


@contextmanager
def _removed_afterwards() -> Iterator[Path]:
    """A temporary folder that is removed whatever happens, also when somebody ends the process."""

    def interrupted(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    first = threading.current_thread() is threading.main_thread()  # only it may say what a signal does
    before = signal.signal(signal.SIGTERM, interrupted) if first else None
    try:
        with TemporaryDirectory(prefix="flowmap-") as folder:
            yield Path(folder)
    finally:
        if first:
            signal.signal(signal.SIGTERM, before)
