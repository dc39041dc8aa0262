"""The tools that judge the code, run as tests: pytest is the only gate."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHON = sys.executable

TOOLS = {
    "lint": [PYTHON, "-m", "ruff", "check", "--no-cache", "--output-format", "concise", "."],
    "format": [PYTHON, "-m", "ruff", "format", "--no-cache", "--check", "."],
    "types": [PYTHON, "-m", "mypy", "--no-error-summary"],
    "layers": [PYTHON, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache"],
}


@pytest.mark.parametrize("tool", TOOLS)
def test_the_tool_has_nothing_to_say(tool: str) -> None:
    done = subprocess.run(TOOLS[tool], cwd=ROOT, capture_output=True, text=True, check=False, timeout=280)  # noqa: S603
    assert done.returncode == 0, done.stdout + done.stderr
