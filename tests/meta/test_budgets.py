"""Sizes that a reader can hold in the head: modules, functions, and the median of the modules."""

from __future__ import annotations

import ast
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((*(ROOT / "analyzer").rglob("*.py"), *(ROOT / "plugins").rglob("*.py")))
MODULE, MEDIAN, FUNCTION = 300, 100, 60


def _lines(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def _functions(text: str) -> list[tuple[str, int]]:
    """Each function with its length in lines, decorators left out."""
    nodes = (n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    return [(n.name, (n.end_lineno or n.lineno) - n.lineno + 1) for n in nodes]


@pytest.mark.parametrize("path", [pytest.param(p, id=p.relative_to(ROOT).as_posix()) for p in SOURCES])
def test_a_module_is_small(path: Path) -> None:
    assert _lines(path) <= MODULE
    assert [f for f in _functions(path.read_text(encoding="utf-8")) if f[1] > FUNCTION] == []


def test_most_modules_are_smaller_still() -> None:
    assert median(map(_lines, SOURCES)) <= MEDIAN


def test_the_length_of_a_function_is_what_one_sees() -> None:
    text = "@decorated\ndef one():\n    return 1\n\nclass A:\n    async def two(self):\n        x = 1\n\n        return x\n"
    assert _functions(text) == [("one", 2), ("two", 4)]
