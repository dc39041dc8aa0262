"""The baseline: what is read and refused, what a scan makes of it, and how findings stand to it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from flowmap.baselines import read_baseline, renewed, stale, written
from flowmap.errors import BaselineError
from flowmap.gating import gated
from flowmap.model.flow import EdgeKind, Finding, Severity
from flowmap.model.gate import NOTHING_KNOWN, Bar, Baseline, KnownEdge, KnownFinding, KnownNumber, identity_of
from flowmap.model.interaction import Confidence
from flowmap.model.project import Diagnostic
from flows import at, finding, full_report, report, shop, system
from hypothesis import given
from hypothesis import strategies as st

SHOP = shop()
ORPHAN = finding("T301", "invoice-sent", *SHOP.flow.interactions[:1])
CYCLE = finding("C102", "orders", *SHOP.flow.interactions[1:3], severity=Severity.ERROR)
ADVICE = finding("E202", "order-placed", severity=Severity.ADVICE)
GUESS = replace(finding("T302", "x"), confidence=Confidence.GUESS)


def _baseline(*findings: Finding, count: int = 1) -> Baseline:
    return Baseline(tuple(KnownFinding(identity_of(f), count, "known") for f in findings))


@pytest.mark.parametrize(
    ("findings", "baseline", "bar", "failing", "known", "below", "gone"),
    [
        ((), NOTHING_KNOWN, Bar(), (), (), (), 0),
        ((ORPHAN, CYCLE), NOTHING_KNOWN, Bar(), (ORPHAN, CYCLE), (), (), 0),
        ((ORPHAN, CYCLE), _baseline(ORPHAN), Bar(), (CYCLE,), (ORPHAN,), (), 0),
        ((ORPHAN,), _baseline(ORPHAN, CYCLE), Bar(), (), (ORPHAN,), (), 1),
        ((ORPHAN,), _baseline(ORPHAN, count=2), Bar(), (), (ORPHAN,), (), 1),
        ((ORPHAN, ORPHAN), _baseline(ORPHAN), Bar(), (ORPHAN,), (ORPHAN,), (), 0),
        ((ADVICE, GUESS), NOTHING_KNOWN, Bar(), (), (), (ADVICE, GUESS), 0),
        ((ADVICE, GUESS), NOTHING_KNOWN, Bar(Severity.ADVICE), (ADVICE,), (), (GUESS,), 0),
        ((ADVICE, GUESS), NOTHING_KNOWN, Bar(Severity.WARNING, Confidence.GUESS), (GUESS,), (), (ADVICE,), 0),
        ((ORPHAN, CYCLE), NOTHING_KNOWN, Bar(Severity.ERROR), (CYCLE,), (), (ORPHAN,), 0),
        ((ORPHAN, CYCLE), NOTHING_KNOWN, Bar(confidence=Confidence.CERTAIN), (), (), (ORPHAN, CYCLE), 0),
        # an entry does not go stale because its finding has become unsure
        ((GUESS,), _baseline(GUESS), Bar(), (), (GUESS,), (), 0),
    ],
)
def test_the_gate(
    findings: tuple[Finding, ...],
    baseline: Baseline,
    bar: Bar,
    failing: tuple[Finding, ...],
    known: tuple[Finding, ...],
    below: tuple[Finding, ...],
    gone: int,
) -> None:
    gate = gated(report(SHOP, *findings), bar, baseline)
    assert (gate.failing, gate.known, gate.below, len(gate.stale)) == (failing, known, below, gone)
    assert gate.passed is (not failing and not gone)


def test_where_a_finding_stands_does_not_matter() -> None:
    baseline = _baseline(ORPHAN)
    (hop,) = ORPHAN.evidence
    moved = replace(ORPHAN, evidence=(replace(hop, location=at("moved/elsewhere.py", 700)),), message="said anew")
    assert gated(report(SHOP, moved), Bar(), baseline).passed


@pytest.mark.parametrize(
    ("left_out", "gone"),
    [((), 3), (("T301",), 2), (("A504",), 2), (("A505",), 2), (("T301", "A504", "A505"), 0), (("C102",), 3)],
)
def test_nothing_is_gone_of_rules_that_were_left_out(left_out: tuple[str, ...], gone: int) -> None:
    edge = KnownEdge((EdgeKind.COORDINATION, "a", "b", ""), "known")
    before = replace(_baseline(ORPHAN), edges=(edge,), numbers=(KnownNumber("hops", 7, "many"),))
    assert len(gated(report(SHOP), Bar(), before, left_out).stale) == gone
    after = renewed(SHOP, [], before, "more", edges=True, numbers=["hops"], left_out=left_out).baseline
    assert (ORPHAN.code in {f.identity[0] for f in after.findings}) is ("T301" in left_out)
    assert (edge in (after.edges or ())) is ("A505" in left_out)
    assert (after.numbers == before.numbers) is ("A504" in left_out)


def test_nothing_passes_and_nothing_is_gone_where_a_rule_failed() -> None:
    broken = replace(report(SHOP), diagnostics=(Diagnostic("rule X failed", fatal=True), Diagnostic("a file is no Python")))
    gate = gated(broken, Bar(), _baseline(ORPHAN))
    assert (gate.passed, gate.stale, gate.faults) == (False, (), ("rule X failed",))


def test_a_baseline_may_come_from_any_editor(tmp_path: Path) -> None:
    path = tmp_path / "known.json"
    text = written(_baseline(ORPHAN)).replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read_baseline(path) == replace(_baseline(ORPHAN), origin="known.json")


def test_the_order_of_services_does_not_matter() -> None:
    two = replace(CYCLE, services=("a", "b"))
    assert identity_of(two) == identity_of(replace(two, services=("b", "a", "b")))


def _roundtrip(baseline: Baseline, folder: Path) -> Baseline:
    path = folder / "known.json"
    path.write_text(written(baseline), encoding="utf-8")
    return read_baseline(path)


def test_a_renewed_baseline_passes_and_is_read_as_it_was_written(tmp_path: Path) -> None:
    found = full_report()
    for edges in (False, True):
        anew = renewed(SHOP, found.findings, NOTHING_KNOWN, "there at the start", edges=edges)
        read = _roundtrip(anew.baseline, tmp_path)
        assert read == replace(anew.baseline, findings=read.findings, edges=read.edges, origin="known.json")
        assert (set(read.findings), set(read.edges or ())) == (set(anew.baseline.findings), set(anew.baseline.edges or ()))
        assert gated(found, Bar(), read).passed
        again = renewed(SHOP, found.findings, read, "", edges=edges)
        assert (again.grown, again.gone) == ((), ())
        assert written(again.baseline) == written(read)


def test_what_is_new_has_the_new_reason_and_what_is_old_its_own() -> None:
    before = renewed(SHOP, [ORPHAN], NOTHING_KNOWN, "first", edges=False).baseline
    after = renewed(SHOP, [ORPHAN, CYCLE], before, "second", edges=False)
    assert {f.identity[0]: f.reason for f in after.baseline.findings} == {"T301": "first", "C102": "second"}
    assert (after.grown, after.gone) == (("C102 orders (gateway, orders) is new",), ())


@pytest.mark.parametrize(
    ("now", "grown", "gone"),
    [
        ([ORPHAN], (), ()),
        ([ORPHAN, ORPHAN], ("T301 invoice-sent (gateway): 2, were 1",), ()),
        ([], (), ("T301 invoice-sent (gateway) is gone",)),
    ],
)
def test_what_a_scan_changes(now: list[Finding], grown: tuple[str, ...], gone: tuple[str, ...]) -> None:
    before = renewed(SHOP, [ORPHAN], NOTHING_KNOWN, "first", edges=True).baseline
    anew = renewed(SHOP, now, before, "second", edges=True)
    assert (anew.grown, anew.gone) == (grown, gone)


def test_edges_and_numbers_that_are_gone_are_stale() -> None:
    before = renewed(SHOP, [], NOTHING_KNOWN, "first", edges=True).baseline
    nothing = system()
    assert stale(nothing, [], before) == (
        "orders → order-placed → billing is gone",
        "orders → order-placed → mail is gone",
        "billing waits for external:api.stripe.com is gone",
        "gateway waits for orders is gone",
        "orders waits for stock is gone",
        "blind-spots is 0, was 1",
        "fan-out is 0, was 2",
        "hops is 0, was 2",
    )
    assert stale(SHOP, [], replace(before, numbers=(KnownNumber("hops", 1, "low"),))) == ()


def test_a_number_that_grows_is_told() -> None:
    before = Baseline(numbers=(KnownNumber("hops", 1, "low"), KnownNumber("blind_spots", 7, "many")))
    anew = renewed(SHOP, [], before, "more", edges=False)
    assert anew.grown == ("fan-out is 2", "hops is 2, was 1")
    assert anew.gone == ("blind-spots is 1, was 7",)
    assert {n.name: (n.value, n.reason) for n in anew.baseline.numbers} == {
        "hops": (2, "more"),
        "fan_out": (2, "more"),
        "blind_spots": (1, "many"),
    }


ENTRY = {"rule": "T301", "subject": "x", "services": ["a"], "reason": "known"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read (No such file or directory); `flowmap baseline` writes one."),
        ("", "is no baseline of flowmap"),
        ("[]", "is no baseline of flowmap"),
        ('{"schema": "flowmap/1"}', "is no baseline of flowmap (schema:"),
        (json.dumps({"findings": [{**ENTRY, "reason": ""}]}), "findings.0.reason"),
        (json.dumps({"findings": [{**ENTRY, "line": 3}]}), "findings.0.line"),
        (json.dumps({"findings": [{**ENTRY, "count": 0}]}), "findings.0.count"),
        (json.dumps({"findings": [ENTRY, ENTRY]}), "T301 x stands in it twice"),
        (json.dumps({"numbers": {"hops": {"limit": 1.5, "reason": "x"}}}), "numbers.hops.limit"),
        (json.dumps({"numbers": {"hopps": {"limit": 1, "reason": "x"}}}), "numbers.hopps"),
        (json.dumps({"edges": [{"kind": "sync", "source": "a", "target": "b", "reason": "x"}]}), "edges.0.kind"),
    ],
)
def test_what_is_no_baseline(content: str | None, said: str, tmp_path: Path) -> None:
    path = tmp_path / "known.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(BaselineError) as refused:
        read_baseline(path)
    assert str(refused.value).startswith(f"{path}: ")
    assert said in str(refused.value)


@pytest.mark.parametrize("content", ["{}", '{"findings": []}', '{"edges": []}', json.dumps({"findings": [ENTRY]})])
def test_what_is_one(content: str, tmp_path: Path) -> None:
    path = tmp_path / "known.json"
    path.write_text(content)
    assert read_baseline(path).origin == "known.json"


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)


@given(st.dictionaries(st.tuples(NAMES, NAMES, st.tuples(NAMES)), st.tuples(st.integers(1, 9), NAMES), max_size=6))
def test_any_names_survive_the_file(entries: dict[tuple[str, str, tuple[str]], tuple[int, str]]) -> None:
    baseline = Baseline(tuple(KnownFinding(i, count, reason) for i, (count, reason) in entries.items()))
    text = written(baseline)
    assert json.loads(text)["schema"] == "flowmap-baseline/1"
    assert {f["subject"] for f in json.loads(text)["findings"]} == {subject for _, subject, _ in entries}
    assert all(c.isprintable() for c in text if c != "\n")
    assert text == written(Baseline(tuple(reversed(baseline.findings))))
