"""Programs of growing size: the work grows with them and not with what could be combined, and where a bound ends the search the
report says so. Work is counted in calls of functions, which are the same on every machine; `growth.py` measures time and memory."""

from __future__ import annotations

import cProfile
import re
from math import log2
from pathlib import Path

import flowmap.analysis
import programs
import pytest
from flowmap.frontend.workers import with_large_stack
from flowmap.linker.knowledge import compile_knowledge
from flowmap.model.report import Report
from flowmap.reporters import json_report, text
from growth import published, scanned
from programs import CASES, Case, Files

STEEPEST = 1.3
"""The exponent of work over size from which growth is not called near-linear: from 20 to 80, not more than six times as much."""
NEAR_LINEAR = [pytest.param(c, id=n) for n, c in CASES.items() if not c.steep]


def _work(files: Files, root: Path) -> int:
    """How many calls of functions it takes from the discovery of files to the text."""
    profile = cProfile.Profile()
    profile.enable()
    _report(files, root)
    profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


def _report(files: Files, root: Path) -> None:
    report = scanned(files, root)
    json_report.render(report)
    text.render(report)


@pytest.mark.parametrize("case", NEAR_LINEAR)
def test_work_grows_with_the_program(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def counts() -> list[int]:
        monkeypatch.setattr(flowmap.analysis, "with_large_stack", lambda work: work())  # only one thread is watched, and it is this
        re.purge()  # or it would depend on the tests before which expressions have to be compiled once more
        compile_knowledge.cache_clear()  # and which names have been looked up
        _report(case.build(case.small[0]), tmp_path / "first")  # which pays for imports
        return [_work(case.build(size), tmp_path / str(size)) for size in case.small]

    small, middle, large = with_large_stack(counts)
    assert large - middle < 2**STEEPEST * max(middle - small, large / 10), (small, middle, large, log2(large / middle))


@pytest.mark.parametrize("case", [pytest.param(c, id=n) for n, c in CASES.items()])
def test_all_is_found_that_the_program_says(case: Case, tmp_path: Path) -> None:
    assert case.topics(case.small[1]) - published(scanned(case.build(case.small[1]), tmp_path)) == set()


def _said(report: Report) -> str:
    return "; ".join(d.message for d in report.diagnostics)


@pytest.mark.parametrize(
    ("files", "why"),
    [
        (programs.branches(200), "more than 48 possible values"),
        (programs.powers(12), "more than 48 possible values"),
        (programs.chain(3_000), "values nested too deeply"),
        (programs.ring(200), "too many callers above one site"),
    ],
)
def test_a_bound_is_a_diagnostic_with_its_place_and_a_blind_spot(files: Files, why: str, tmp_path: Path) -> None:
    report = scanned(files, tmp_path)
    (said,) = (d for d in report.diagnostics if d.message.startswith(f"shop: {why} ("))
    assert said.location is not None
    assert (said.location.path, said.location.line) == ("shop/bus.py", 4)
    assert why in {i.unresolved for i in report.flow.interactions}


@pytest.mark.parametrize(
    "files", [programs.branches(40), programs.chain(500), programs.callers(1_000), programs.table(40), programs.knot(100)]
)
def test_no_bound_is_hit_by_what_is_merely_large(files: Files, tmp_path: Path) -> None:
    report = scanned(files, tmp_path)
    assert _said(report) == ""
    assert [i for i in report.flow.interactions if i.unresolved] == []
