"""Paths as text, relative to the scan root, with forward slashes; "." is the scan root. Nothing here touches the disk."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOR_WORK = re.compile(r"\..+|ci|e2e|tests?", re.IGNORECASE)


def join(folder: str, path: str) -> str | None:
    """`path` as seen from `folder`; None if that lies outside the scan."""
    if path.startswith(("/", "~")):
        return None
    joined = posixpath.normpath(posixpath.join(folder, path.replace("\\", "/")))
    return None if joined == ".." or joined.startswith("../") else joined


def parent(path: str) -> str:
    """The folder that holds `path`; the scan root is its own parent."""
    return posixpath.dirname(path) or "."


def base(path: str) -> str:
    return posixpath.basename(path)


def parts(path: str) -> tuple[str, ...]:
    return () if path == "." else tuple(path.split("/"))


def is_for_work(folder: str) -> bool:
    """Whether a component of the path says that what lies there is for those who work on the code: `.ci`, `tests`."""
    return any(_FOR_WORK.fullmatch(part) for part in parts(folder))


def within(path: str, folder: str) -> bool:
    """Whether `path` is `folder` or lies below it."""
    return folder in (".", path) or path.startswith(folder + "/")


def relative(path: str, folder: str) -> str:
    """`path`, which lies within `folder`, as seen from there."""
    if folder == ".":
        return path
    return path[len(folder) + 1 :] or "."


_ASIDE = frozenset({
    "conf", "config", "configs", "deb", "debian", "deploy", "deployment", "deployments", "dist", "docker", "etc", "infra", "init",
    "lib", "ops", "packaging", "pkg", "rpm", "scripts", "services.d", "supervisor", "supervisord", "system", "systemd", "units",
})  # fmt: skip


def spoken_of(path: str) -> str:
    """The folder that a file of deployment speaks of: its own, or the one around folders that hold nothing else."""
    folder = parent(path)
    while base(folder).lower() in _ASIDE:
        folder = parent(folder)
    return folder


def common_folder(one: str, other: str) -> str:
    """The deepest folder that is, or holds, both folders."""
    return next(f for f in (one, *above(one)) if within(other, f))


def above(path: str) -> Iterator[str]:
    """The folders that hold `path`, the nearest first, the scan root last."""
    while path != ".":
        path = parent(path)
        yield path
