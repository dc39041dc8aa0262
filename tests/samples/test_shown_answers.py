"""What the README of a sample shows of a command is what the command prints."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner
from flowmap.cli.program import cli
from sample_systems import SAMPLES

BLOCK = re.compile(r"^```console\n\$ flowmap ([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _shown() -> list[tuple[str, str]]:
    """The commands in the READMEs of all samples, with what they are said to print."""
    return [found for path in sorted(SAMPLES.rglob("README.md")) for found in BLOCK.findall(path.read_text(encoding="utf-8"))]


def test_there_are_answers() -> None:
    assert len(_shown()) >= 5


@pytest.mark.parametrize(("command", "answer"), _shown())
def test_an_answer_is_what_the_command_prints(command: str, answer: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(SAMPLES.parent)
    monkeypatch.setenv("FLOWMAP_CACHE_DIR", str(tmp_path))
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    done = CliRunner().invoke(cli, shlex.split(command))
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == answer
