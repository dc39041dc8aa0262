"""Comments that set findings apart: what is one, what wants to be one, and what only looks like it."""

from __future__ import annotations

import pytest
from flowmap.model.project import SourceFile
from flowmap.project.suppressions import suppressions

LINE = 'producer.send("order-placed", order)'


def _read(text: str) -> tuple[list[tuple[int, tuple[str, ...], str]], list[tuple[int, str]]]:
    found, problems = suppressions([SourceFile("orders/app.py", text.encode("utf-8", "surrogateescape"))])
    places = [s.location for s in found] + [d.location for d in problems if d.location]
    assert {p.path for p in places} <= {"orders/app.py"}
    return (
        [(s.location.line, s.rules, s.reason) for s in found],
        [(d.location.line if d.location else 0, d.message) for d in problems],
    )


@pytest.mark.parametrize(
    ("comment", "rules", "reason"),
    [
        ("# flowmap: ignore[T301]", ("T301",), ""),
        ("#flowmap:ignore[T301]", ("T301",), ""),
        ("# flowmap: ignore[T301, c101]", ("T301", "c101"), ""),
        ("# flowmap: ignore[T301,T301]", ("T301",), ""),
        ("# flowmap: ignore[orphaned-event]", ("orphaned-event",), ""),
        ("# flowmap: ignore[T301] -- the ledger reads it", ("T301",), "the ledger reads it"),
        ("# flowmap: ignore[T301] --see #12 -- and #13", ("T301",), "see #12 -- and #13"),
        ("# flowmap: ignore[T301] -- the ledger  # noqa: E501", ("T301",), "the ledger"),
        ("# noqa: E501  # flowmap: ignore[T301]", ("T301",), ""),
        ("# flowmap: ignore[T301]  # noqa: E501", ("T301",), ""),
        ("# flowmap: ignore[T301] -- größer als Ω", ("T301",), "größer als Ω"),
    ],
)
def test_suppressions(comment: str, rules: tuple[str, ...], reason: str) -> None:
    assert _read(f"x = 1\n{LINE}  {comment}\n") == ([(2, rules, reason)], [])


@pytest.mark.parametrize(
    ("comment", "why"),
    [
        ("# flowmap: ignore", "it does not say which rules, in square brackets"),
        ("# flowmap: ignore T301", "it does not say which rules, in square brackets"),
        ("# flowmap: ignore[T301", "it does not say which rules, in square brackets"),
        ("# flowmap: ignore(T301)", "it does not say which rules, in square brackets"),
        ("# flowmap: ignore[]", "a code is missing"),
        ("# flowmap: ignore[T301,]", "a code is missing"),
        ("# flowmap: ignore[T301 C101]", "'T301 C101' is no code of a rule"),
        ("# flowmap: ignore[*]", "'*' is no code of a rule"),
        ("# flowmap: ignore[T301] --", "there is no reason behind `--`"),
        ("# flowmap: ignore[T301] --  # noqa", "there is no reason behind `--`"),
        ("# flowmap: ignore[T301] the ledger", "what stands behind the brackets is no reason, which begins with `--`"),
        ("# flowmap: ignore[T301] - the ledger", "what stands behind the brackets is no reason, which begins with `--`"),
        ("# flowmap: ignroe[T301]", "'ignroe' means nothing"),
        ("# flowmap: ignores[T301]", "'ignores' means nothing"),
        ("# flowmap: disable[T301]", "'disable' means nothing"),
        ("# flowmap: Ignore[T301]", "'Ignore' means nothing"),
    ],
)
def test_misspelt(comment: str, why: str) -> None:
    found, problems = _read(f"x = 1\n{LINE}  {comment}\n")
    assert (found, [line for line, _ in problems]) == ([], [2])
    assert problems[0][1] == f"`{comment}` suppresses nothing: {why}; write `# flowmap: ignore[T301] -- reason`"


@pytest.mark.parametrize(
    "text",
    [
        LINE,
        f"{LINE}  # flow: publish kafka order-placed",
        f"{LINE}  # flowmap: the picture of all flows",
        f"{LINE}  # flowmap:",
        f"{LINE}  # see flowmap: ignore[T301]",
        f"{LINE}  # flowmap ignore[T301]",
        f"{LINE}  # noqa: T301",
        'text = "# flowmap: ignore[T301]"',
        'text = """\n# flowmap: ignore[T301]\n"""',
        'text = f"{x}# flowmap: ignore[T301]"',
        "# flow map: ignore[T301]",
    ],
)
def test_look_alikes(text: str) -> None:
    assert _read(f"{text}\n") == ([], [])


@pytest.mark.parametrize(
    ("text", "lines"),  # how much further it can be read depends on Python
    [
        (f"{LINE}  # flowmap: ignore[T301]\n)\n{LINE}  # flowmap: ignore[C101]\n", [1]),
        (f"{LINE}  # flowmap: ignore[T301]\n  x\n y\n{LINE}  # flowmap: ignore[C101]\n", [1]),
        (f"{LINE}  # flowmap: ignore[T301]\n'''\n{LINE}  # flowmap: ignore[C101]\n", [1]),
        ("# flowmap: ignore[T301] -- \udcff\n", []),
        ("# coding: nonsense\n# flowmap: ignore[T301]\n", []),
        ("\x00# flowmap: ignore[T301]\n", []),
        ("\ufeff# flowmap: ignore[T301]\r\n", [1]),
    ],
)
def test_what_is_no_python_ends_in_peace(text: str, lines: list[int]) -> None:
    found, problems = _read(text)
    assert [line for line, _, _ in found][: len(lines)] == lines
    assert problems == []
