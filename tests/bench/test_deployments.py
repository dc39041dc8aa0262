"""Reading the files of large deployment repositories: how long it takes, and that it grows with the files."""

from __future__ import annotations

import cProfile
from pathlib import Path

from deployments import made, read

MOST_SECONDS = 5.0
"""For 2,000 files, computing alone."""


def test_two_thousand_files_of_yaml_are_read_in_time(tmp_path: Path) -> None:
    made(tmp_path, 2_000)
    found, count, seconds = read(tmp_path)
    assert count == 2_000
    assert found.diagnostics == ()
    assert {"kubernetes", "compose"} == {p.system for p in found.processes}
    assert (len(found.hosts), len(found.gateways)) == (600, 700)
    assert seconds < MOST_SECONDS


def _work(root: Path, count: int) -> int:
    root.mkdir()
    made(root, count)
    profile = cProfile.Profile()
    profile.enable()
    read(root)
    profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


def test_the_work_grows_with_the_files(tmp_path: Path) -> None:
    _work(tmp_path / "first", 10)  # which pays for imports
    small, large = (_work(tmp_path / str(count), count) for count in (100, 400))
    assert large < 5 * small
