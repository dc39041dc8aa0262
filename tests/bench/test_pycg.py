"""The adapter of the micro-benchmark, on programs and a benchmark of our own."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from pycg import Edge, Outcome, call_graph, faults, main, outcomes, table


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(): ...\nf()", {("main", "main.f")}),
        ("class A:\n    def go(self): ...\nA().go()", {("main", "main.A.go")}),
        ("def f():\n    def g(): ...\n    g()\nf()", {("main", "main.f"), ("main.f", "main.f.g")}),
        ("class A:\n    def f(self): ...\n    x = f(1)", {("main", "main.A.f")}),
        ("(lambda: 1)()\n(lambda: 2)()", {("main", "main.<lambda1>"), ("main", "main.<lambda2>")}),
        ("def f():\n    (lambda: 1)()\n(lambda: 2)()", {("main.f", "main.f.<lambda1>"), ("main", "main.<lambda1>")}),
        ("len([])", {("main", "<builtin>.len")}),
        ("'a'.upper()\n3 .bit_length()", {("main", "<**PyStr**>.upper"), ("main", "<**PyNum**>.bit_length")}),
        ("{}.keys()\n[].sort()", {("main", "<**PyDict**>.keys"), ("main", "<**PyList**>.sort")}),
        ("import lib\nlib.f()", {("main", "lib.f")}),
        ("from lib import f as g\ndef h(x):\n    x()\nh(g)", {("main", "main.h"), ("main.h", "lib.f")}),
        ("from lib import C\nc = C()\nc.go()", {("main", "lib.C"), ("main", "lib.C.go")}),
        ("from lib import C\nclass A(C): ...\nA().go()", {("main", "lib.C.__init__"), ("main", "lib.C.go")}),
        ("from lib import C\nclass A(C):\n    def __init__(self): ...\nA()", {("main", "main.A.__init__")}),
        ("class A(Exception): ...\nA()", set()),
        ("class A: ...\nA().go()", set()),
        ("def f(): ...", set()),
        ("x = len", set()),
        ("def f(x):\n    x()", set()),
        ("", set()),
    ],
)
def test_the_edges_of_a_program_have_the_names_of_the_benchmark(source: str, expected: set[Edge]) -> None:
    assert call_graph({"main.py": source}) == expected


def test_modules_are_named_by_their_paths() -> None:
    files = {
        "main.py": "import a.b\nfrom a import f\na.b.g(f)",
        "a/__init__.py": "def f(): ...",
        "a/b.py": "def g(x):\n    x()",
    }
    assert call_graph(files) == {("main", "a.b.g"), ("a.b.g", "a.f")}


SNIPPETS = {
    "calls/right": ("def f(): ...\nf()", {"main": ["main.f"], "main.f": []}),
    "calls/short": ("def f(): ...\n", {"main": ["main.f"]}),
    "names/long": ("def f(): ...\nf()", {"main": []}),
    "names/other": ("def f(): ...\nf()", {"main": ["main.g"]}),
}
"""Folder -> program and stated graph; only the first is as stated."""


@pytest.fixture
def snippets(tmp_path: Path) -> Path:
    for name, (source, graph) in SNIPPETS.items():
        folder = tmp_path / name
        folder.mkdir(parents=True)
        (folder / "main.py").write_text(source, encoding="utf-8")
        (folder / "callgraph.json").write_text(json.dumps(graph), encoding="utf-8")
    (tmp_path / "calls" / "unstated").mkdir()
    return tmp_path


RIGHT, MADE_UP, MISSED = frozenset[Edge](), frozenset({("main", "main.f")}), frozenset({("main", "main.g")})


def test_what_is_found_is_compared_with_what_is_stated(snippets: Path) -> None:
    assert list(outcomes(snippets)) == [
        Outcome("calls", "right", RIGHT, RIGHT),
        Outcome("calls", "short", RIGHT, MADE_UP),
        Outcome("names", "long", MADE_UP, RIGHT),
        Outcome("names", "other", MADE_UP, MISSED),
    ]


def test_the_table_counts_what_is_complete_and_what_is_sound(snippets: Path) -> None:
    assert [line.split() for line in table(list(outcomes(snippets)))] == [
        ["snippets", "complete", "sound", "both"],
        ["calls", "2", "2", "1", "1"],
        ["names", "2", "0", "1", "0"],
        ["all", "4", "2", "2", "1"],
    ]


@pytest.mark.parametrize(
    ("made_up", "missed", "expected"),
    [
        (RIGHT, RIGHT, []),
        (MADE_UP, RIGHT, ["a/b: made up main -> main.f"]),
        (RIGHT, MISSED, ["a/b: missed main -> main.g"]),
        (MADE_UP | MISSED, MISSED, ["a/b: made up main -> main.f", "a/b: made up main -> main.g", "a/b: missed main -> main.g"]),
    ],
)
def test_every_wrong_edge_is_shown(made_up: frozenset[Edge], missed: frozenset[Edge], expected: list[str]) -> None:
    assert list(faults(Outcome("a", "b", made_up, missed))) == expected


@pytest.mark.parametrize(("options", "lines"), [([], 4), (["--show"], 8)])
def test_the_command_writes_the_table_and_on_request_the_edges(
    options: list[str], lines: int, snippets: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["pycg", str(snippets), *options])
    main()
    assert len(capsys.readouterr().out.splitlines()) == lines
