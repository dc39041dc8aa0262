"""What is set apart by comments and by the configuration, and S601: suppressions that do nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flowmap.config import load_config
from flowmap.judging import Verdict, judge
from flowmap.model.suppression import How, Suppression
from flows import at, publish, subscribe, system
from verdicts import waiting

SITES = (publish("orders", "order-archived", line=10), publish("orders", "order-lost", line=12))
"""Two orphans."""


def _note(line: int, *rules: str, path: str = "orders/app.py") -> Suppression:
    return Suppression(How.INLINE, at(path, line, 50), rules)


def _verdict(folder: Path, notes: tuple[Suppression, ...] = (), stated: str = "") -> Verdict:
    (folder / "flowmap.toml").write_text(stated)
    return judge(load_config(folder)).verdict(system(*SITES), notes)


def _told(verdict: Verdict) -> tuple[list[str], list[str]]:
    """The findings that count, and those set apart with the line that says so."""
    kept = [f.message if f.code == "S601" else f"{f.code} {f.subject}" for f in verdict.findings]
    return sorted(kept), sorted(f"{s.finding.code} {s.finding.subject} by {s.by.location.line}" for s in verdict.suppressed)


ARCHIVED, LOST = "T301 order-archived", "T301 order-lost"
NEEDED_NOTES = [
    (_note(10, "T301"), [LOST]),
    (_note(10, "t301"), [LOST]),
    (_note(10, "T3"), [LOST]),
    (_note(10, "orphaned-event"), [LOST]),
    (_note(12, "T301"), [ARCHIVED]),
]
UNUSED_NOTES = [
    (_note(10, "C101"), [ARCHIVED, LOST, "`ignore[C101]` sets no finding apart"]),
    (_note(11, "T301"), [ARCHIVED, LOST, "`ignore[T301]` sets no finding apart"]),
    (_note(10, "T301", path="orders/api.py"), [ARCHIVED, LOST, "`ignore[T301]` sets no finding apart"]),
    (_note(10, "T301", "T302"), [LOST, "`ignore[T302]` sets no finding apart"]),
    (_note(10, "T301", "T999"), [LOST, "`ignore[T999]` names no rule"]),
    (_note(10, "no-such-rule"), [ARCHIVED, LOST, "`ignore[no-such-rule]` names no rule"]),
]


@pytest.mark.parametrize(("note", "kept"), NEEDED_NOTES)
def test_comments_that_are_needed(tmp_path: Path, note: Suppression, kept: list[str]) -> None:
    apart = ARCHIVED if kept == [LOST] else LOST
    assert _told(_verdict(tmp_path, (note,))) == (kept, [f"{apart} by {note.location.line}"])


@pytest.mark.parametrize(("note", "kept"), UNUSED_NOTES)
def test_comments_that_are_not(tmp_path: Path, note: Suppression, kept: list[str]) -> None:
    assert _told(_verdict(tmp_path, (note,)))[0] == sorted(kept)


TABLES = [
    ('rules = ["T301"]', []),
    ('rules = ["T301", "orphaned-event"]\nsubjects = ["*-lost"]', [ARCHIVED]),
    ('services = ["ord*"]', []),
    ('subjects = ["order-[al]*"]', []),
    ('paths = ["orders/"]', []),
    ('paths = ["**/app.py"]\nsubjects = ["order-lost", "nothing"]', [ARCHIVED]),
]
UNUSED_TABLES = [
    ('rules = ["T302"]', "T302"),
    ('rules = ["T301"]\nservices = ["billing"]', "T301"),
    ('rules = ["T301"]\nsubjects = ["order"]', "T301"),
    ('rules = ["T301"]\npaths = ["billing/"]', "T301"),
    ('services = ["orders"]\npaths = ["billing/"]', "any rule"),
    ('rules = ["T301"]\nservices = ["ORDERS"]', "T301"),
]


@pytest.mark.parametrize(("table", "kept"), TABLES)
def test_tables_that_are_needed(tmp_path: Path, table: str, kept: list[str]) -> None:
    told = _told(_verdict(tmp_path, stated=f'[[ignore]]\nreason = "known"\n{table}\n'))
    assert told == (kept, [f"{subject} by 1" for subject in (ARCHIVED, LOST) if subject not in kept])


@pytest.mark.parametrize(("table", "name"), UNUSED_TABLES)
def test_tables_that_are_not(tmp_path: Path, table: str, name: str) -> None:
    kept, apart = _told(_verdict(tmp_path, stated=f'\n[[ignore]]\nreason = "known"\n{table}\n'))
    assert (kept, apart) == ([ARCHIVED, LOST, f"what the configuration ignores ({name}) sets no finding apart"], [])


@pytest.mark.parametrize(
    ("stated", "notes"),
    [
        ('select = ["C101"]', (_note(10, "T302"),)),
        ('select = ["C101", "S601"]', (_note(10, "T302"),)),
        ('select = ["T301", "S601"]', (_note(11, "T3"),)),
        ('ignore = ["T302"]', (_note(10, "T302"),)),
        ('ignore = ["S601"]', (_note(10, "T302"),)),
        ('ignore = ["T302", {rules = ["T302"], reason = "known"}]', ()),
        ('[[ignore]]\nrules = ["S601"]\nreason = "known"', (_note(10, "T302"),)),
        ('[[ignore]]\nrules = ["unused-suppression"]\nreason = "known"', ()),
    ],
)
def test_nothing_is_said_of_rules_that_did_not_run(tmp_path: Path, stated: str, notes: tuple[Suppression, ...]) -> None:
    assert [f for f in _verdict(tmp_path, notes, stated).findings if f.code == "S601"] == []


def test_what_two_suppress_is_said_of_the_first_and_both_are_needed(tmp_path: Path) -> None:
    stated = '[[ignore]]\nrules = ["T301"]\nreason = "known"\n'
    told = _told(_verdict(tmp_path, (_note(10, "T301"),), stated))
    assert told == ([], ["T301 order-archived by 10", "T301 order-lost by 1"])


def test_any_place_of_a_finding_will_do_if_it_is_a_site(tmp_path: Path) -> None:
    sites = waiting("a", "b", "c", "d")
    (tmp_path / "flowmap.toml").touch()
    for path, apart in (("a/app.py", True), ("c/app.py", True), ("d/app.py", False)):
        verdict = judge(load_config(tmp_path)).verdict(system(*sites), (_note(40, "C101", path=path),))
        assert [s.finding.code for s in verdict.suppressed] == ["C101"] * apart


def test_the_names_of_channels_are_subjects_too(tmp_path: Path) -> None:
    event = replace(publish("a", "mails"), event="SendMail")
    graph = system(event, replace(subscribe("mail", "mails"), event="SendMail"))
    (tmp_path / "flowmap.toml").write_text('[[ignore]]\nsubjects = ["mails"]\nreason = "known"\n')
    verdict = judge(load_config(tmp_path)).verdict(graph)
    assert [(s.finding.code, s.finding.subject) for s in verdict.suppressed] == [("E201", "SendMail")]
