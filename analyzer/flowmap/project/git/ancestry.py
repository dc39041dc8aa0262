"""Where two lines of history parted."""

from __future__ import annotations

import heapq

from flowmap.errors import RevisionError
from flowmap.project.git.repository import Repository, parents

_FIRST, _SECOND, _STALE = 1, 2, 4
_BOTH = _FIRST | _SECOND
_MOST = 2_000_000
"""Commits that are looked at."""


def merge_base(repository: Repository, one: bytes, other: bytes) -> bytes:
    """The best common ancestor of two commits; of several the youngest, as git takes it. Raises RevisionError if there is none."""
    marks = {one: _FIRST}
    marks[other] = marks.get(other, 0) | _SECOND
    waiting = [(-_time(repository, c), c) for c in sorted(marks)]
    heapq.heapify(waiting)
    found: list[bytes] = []
    while any(not marks[c] & _STALE for _, c in waiting) and len(marks) < _MOST:
        _, here = heapq.heappop(waiting)
        mark = marks[here]
        if mark & _BOTH == _BOTH:
            if not mark & _STALE and here not in found:
                found.append(here)
            mark |= _STALE
        for parent in parents(repository, here):
            before = marks.get(parent, 0)
            if before | mark != before:
                marks[parent] = before | mark
                heapq.heappush(waiting, (-_time(repository, parent), parent))
    best = next((c for c in found if not marks[c] & _STALE), None)
    if best is None:
        names = " and ".join(c[:12].decode() for c in (one, other))
        said = f"; {repository.remedy}" if repository.shallow else ""
        raise RevisionError(f"{names} have no common ancestor{said}.")
    return best


def _time(repository: Repository, name: bytes) -> int:
    from dulwich.objects import Commit

    return int(repository.read(name, Commit).commit_time)
