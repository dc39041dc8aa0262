"""What lies where in the scan: questions about folders, answered from the list of files alone."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowmap.project.paths import above

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flowmap.project.files import Look, Tree


@dataclass(frozen=True, slots=True)
class Index:
    """The files of a scan. `paths` are the Python files in order, `folders` those that hold Python at any depth; `all_folders`
    hold any file; `in_order` are the paths of `others`. `title` is the name of the scanned folder itself."""

    title: str
    contents: Mapping[str, bytes]
    paths: tuple[str, ...]
    others: frozenset[str]
    in_order: tuple[str, ...]
    folders: frozenset[str]
    all_folders: frozenset[str]
    look: Look


def index_of(tree: Tree, look: Look) -> Index:
    contents = {s.path: s.content for s in tree.sources}
    folders = {folder for path in contents for folder in above(path)}
    others = frozenset(tree.others)
    known = set(folders)
    for path in others:
        for folder in above(path):
            if folder in known:
                break
            known.add(folder)
    return Index(tree.title, contents, tuple(contents), others, tree.others, frozenset(folders), frozenset(known), look)


def below(index: Index, folder: str) -> tuple[str, ...]:
    """The Python files in `folder` and all folders below it."""
    return _within(index.paths, folder)


def _within(paths: tuple[str, ...], folder: str) -> tuple[str, ...]:
    """Those of sorted paths that lie in `folder`."""
    if folder == ".":
        return paths
    start = bisect_left(paths, folder + "/")
    return paths[start : bisect_left(paths, folder + "0", lo=start)]  # "0" follows "/"


def others_below(index: Index, folder: str) -> tuple[str, ...]:
    """The files that are no Python in `folder` and all folders below it."""
    return _within(index.in_order, folder)


def exists(index: Index, path: str) -> bool:
    return path in index.contents or path in index.others


def beside(folder: str, name: str) -> str:
    """The path of the file `name` in `folder`."""
    return name if folder == "." else f"{folder}/{name}"
