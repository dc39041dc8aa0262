"""A small system on disk, and the program run on it without a process of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from flowmap.cli.program import cli
from tinyshop import FILES, Run


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small system, in a folder of its own that is the current one."""
    root = tmp_path / "shop"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    monkeypatch.setenv("FLOWMAP_CACHE_DIR", str(tmp_path / "cache"))
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def run(tree: Path) -> Run:
    """The program, in the folder of the small system."""
    assert tree.is_dir()
    return lambda *arguments: CliRunner().invoke(cli, [str(a) for a in arguments])
