"""The formats that other programs read: valid by their schemas, escaped as their readers decode, and the same for any names."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import xmlschema
from flowmap.extensions import load_reporters
from flowmap.model.flow import Finding, RuleFacts, Severity, Suppressed
from flowmap.model.gate import Bar, Gate
from flowmap.model.location import Location
from flowmap.model.project import Diagnostic
from flowmap.model.report import Report
from flowmap.model.suppression import How, Suppression
from flowmap.reporters.verdict import counting
from flows import finding, full_report, report, shop
from hypothesis import HealthCheck, given, settings
from test_any_names import reports

SCHEMAS = Path(__file__).parent / "schemas"
SARIF = jsonschema.Draft4Validator(json.loads((SCHEMAS / "sarif-2.1.0.json").read_text()))
JUNIT = xmlschema.XMLSchema(str(SCHEMAS / "junit.xsd"))
REPORTERS = {r.name: r for r in load_reporters()}
FULL = full_report()
ERROR, WARNING, ADVICE = FULL.findings
RULES = (
    RuleFacts("C102", "sync-cycle", Severity.ERROR, "A circle.", "A circle.\n\nWhat: It comes back.\n\nWhy: It hangs."),
    RuleFacts("E201", "hidden-command", Severity.WARNING, "A command.", "A command."),
)
COMMENT = Suppression(How.INLINE, Location("mail/app.py", 3, 3), ("T302",), "the other team's")
STATED = Suppression(How.CONFIGURATION, Location("flowmap.toml", 9, 9), ("T302",), "known")
GATED = replace(
    FULL,
    rules=RULES,
    gate=Gate(Bar(), failing=(ERROR,), known=(WARNING,), below=(ADVICE,), stale=("T301 x (a) is gone",)),
    suppressed=(Suppressed(finding("T302", "x"), COMMENT), Suppressed(finding("T302", "y"), STATED)),
    diagnostics=(*FULL.diagnostics, Diagnostic("a rule failed", fatal=True)),
)
NASTY = 'a%b:c,d;e]f\'g|h[i]j\r\nk<l>&"m"`n@o ü 🙂 \x1b[2J \ud800 ' + "::error::x ##vso[x] ##teamcity[x]"


def _render(name: str, whole: Report) -> str:
    content = REPORTERS[name].render(whole)
    assert isinstance(content, str)
    content.encode("utf-8")
    return content


def _nasty() -> Report:
    hop = replace(ERROR.evidence[0], what=NASTY, function=NASTY, location=Location(NASTY, 7, 9, 3))
    bad = replace(ERROR, message=NASTY, subject=NASTY, why=NASTY, instead=NASTY, evidence=(hop,))
    return replace(GATED, root=NASTY, gate=Gate(Bar(), failing=(bad,), stale=(NASTY,)))


ANY = [FULL, GATED, _nasty(), report(shop())]
relaxed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=40)


@pytest.mark.parametrize("whole", ANY)
def test_sarif_keeps_to_the_official_schema(whole: Report) -> None:
    SARIF.validate(json.loads(_render("sarif", whole)))


@pytest.mark.parametrize("whole", ANY)
def test_junit_keeps_to_the_common_schema(whole: Report) -> None:
    JUNIT.validate(_render("junit", whole))


@relaxed
@given(reports())
def test_any_names_are_valid_everywhere(whole: Report) -> None:
    SARIF.validate(json.loads(_render("sarif", whole)))
    JUNIT.validate(_render("junit", whole))
    ET.fromstring(_render("checkstyle", whole))  # noqa: S314  our own
    json.loads(_render("gitlab", whole))
    assert all(json.loads(line) for line in _render("jsonl", whole).split("\n")[:-1])
    number = len(counting(whole))
    for name, command in (("github", "::"), ("azure", "##vso["), ("teamcity", "##teamcity[")):
        lines = _render(name, whole).split("\n")[:-1]
        assert len(lines) == number * (2 if name == "teamcity" else 1)
        assert all(line.startswith(command) and "\r" not in line for line in lines)
    rows = list(csv.reader(io.StringIO(_render("csv", whole))))
    assert {len(row) for row in rows} == {7}
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    for name in ("markdown", "concise", "full"):
        assert [c for c in _render(name, whole) if not c.isprintable() and c != "\n"] == []


def test_sarif_says_what_is_new_known_and_set_apart() -> None:
    (run,) = json.loads(_render("sarif", GATED))["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [r["id"] for r in rules] == ["C102", "E201", "T301", "T302"]
    assert rules[0]["name"] == "SyncCycle"
    assert rules[0]["fullDescription"]["text"] == "It comes back."
    assert "**Why:** It hangs." in rules[0]["help"]["markdown"]
    assert [(r["ruleId"], r.get("baselineState"), r["level"]) for r in run["results"]] == [
        ("C102", "new", "error"),
        ("T301", "unchanged", "warning"),
        ("T302", None, "warning"),
        ("T302", None, "warning"),
    ]
    assert all(rules[r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"])
    kinds = [(s["kind"], s["justification"]) for r in run["results"] for s in r.get("suppressions", ())]
    assert kinds == [("inSource", "the other team's"), ("external", "known")]
    flow = run["results"][1]["codeFlows"][0]["threadFlows"][0]["locations"]
    assert [step["executionOrder"] for step in flow] == [1, 2]
    assert flow[0]["location"]["physicalLocation"]["region"] == {"startLine": 45, "startColumn": 1, "endLine": 45}
    assert run["invocations"][0]["executionSuccessful"] is False


def test_sarif_fingerprints_do_not_hang_on_lines() -> None:
    moved = replace(ERROR, fingerprint="f00", evidence=(replace(ERROR.evidence[0], location=Location("b.py", 99, 99)),))
    for one in (replace(ERROR, fingerprint="f00"), moved):
        (result,) = json.loads(_render("sarif", report(shop(), one)))["runs"][0]["results"]
        assert result["partialFingerprints"] == {"flowmap/v1": "f00", "primaryLocationLineHash": "f00"}


def test_sarif_has_a_place_for_every_result_and_no_link_of_the_code() -> None:
    odd = replace(ERROR, evidence=(), message="[here](https://x.example) is wrong")
    (result,) = json.loads(_render("sarif", report(shop(), odd)))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "."
    assert result["message"]["text"].startswith("[here] (https://x.example) is wrong. ")


def test_sarif_paths_are_uris() -> None:
    odd = replace(ERROR, evidence=(replace(ERROR.evidence[0], location=Location("a b/ü#%.py", 1, 1)),))
    (result,) = json.loads(_render("sarif", report(shop(), odd)))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%20b/%C3%BC%23%25.py"


def test_junit_has_a_case_per_rule_and_per_failure() -> None:
    suite = ET.fromstring(_render("junit", GATED))[0]  # noqa: S314  our own
    cases = [(c.get("classname"), c.get("name"), [child.tag for child in c]) for c in suite.iter("testcase")]
    assert cases == [
        ("flowmap.C102", "C102 sync-cycle: orders", ["failure"]),
        ("flowmap.E201", "E201 hidden-command", []),
        ("flowmap.baseline", "stale entry 1", ["failure"]),
        ("flowmap.scan", "fault 1", ["error"]),
    ]
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("4", "2", "1")
    known = replace(GATED, rules=(*RULES, RuleFacts("T301", "orphaned-event", Severity.WARNING, "x", "x")))
    assert ET.fromstring(_render("junit", known))[0].get("skipped") == "1"  # noqa: S314  our own


def test_junit_cases_have_names_of_their_own() -> None:
    suite = ET.fromstring(_render("junit", _only(ERROR, ERROR, WARNING)))[0]  # noqa: S314  our own
    names = [c.get("name") for c in suite.iter("testcase")]
    assert names[:3] == ["C102 sync-cycle: orders", "C102 sync-cycle: orders (2)", "E201 hidden-command"]
    assert len(names) == len(set(names))


REMARKS = replace(FULL, gate=Gate(Bar(), stale=("T301 x is gone",), faults=("rule X failed",), origin="known.json"))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("github", ["::error title=flowmap::rule X failed", "::error title=flowmap baseline::T301 x is gone"]),
        (
            "azure",
            [
                "##vso[task.logissue type=error;]flowmap: rule X failed",
                "task.logissue type=error;]flowmap baseline: T301 x is gone",
            ],
        ),
        ("teamcity", ["buildProblem description='flowmap: rule X failed'", "'flowmap baseline: T301 x is gone'"]),
        ("gitlab", ['"description": "flowmap: rule X failed"', '"path": "known.json"']),
        ("checkstyle", ['<file name=".">', '<file name="known.json">', 'message="T301 x is gone" source="flowmap.baseline"']),
        ("sarif", ['"text": "In the baseline, and gone: T301 x is gone"']),
        ("concise", ["flowmap rule X failed\nbaseline T301 x is gone\nfailed: 1 thing could not be judged, 1 stale entry"]),
        ("full", ["rule X failed", "T301 x is gone", "failed: 1 thing could not be judged"]),
        ("markdown", ["**In the baseline, and gone:**\n\n- T301 x is gone", "**Could not be judged:**\n\n- rule X failed"]),
        ("json", ['"passed": false']),
    ],
)
def test_what_fails_and_is_no_finding_is_said_everywhere(name: str, said: list[str]) -> None:
    text = _render(name, REMARKS)
    for sentence in said:
        assert sentence in text


def test_a_summary_and_its_parts_keep_to_the_limits_of_their_readers() -> None:
    long = "ü" * 900 + "|" * 9000
    bad = replace(
        ERROR, message=long, why=long, evidence=(replace(ERROR.evidence[0], what=long, location=Location(long, 1, 1)),) * 99
    )
    whole = replace(FULL, root=long, gate=Gate(Bar(), failing=(bad,) * 500, stale=(long,) * 5000, faults=(long,) * 500))
    text = _render("markdown", whole)
    assert len(text.encode()) < 1024 * 1024
    assert "and 490 more findings" in text
    assert max(len(value) for value in re.findall(r"'([^']*)'", _render("teamcity", whole))) <= 4000 * len("|0x00FC")


GITHUB = re.compile(r"::(?:error|warning|notice) ((?:\w+=[^:,\n]*,?)+)::([^\n]*)\n")


@pytest.mark.parametrize(
    ("message", "path", "said", "file"),
    [
        ("50% off", "a.py", "50%25 off", "a.py"),
        ("one\ntwo\r\n", "a.py", "one%0Atwo%0D%0A", "a.py"),
        ("a: b, c", "a:b,c.py", "a: b, c", "a%3Ab%2Cc.py"),
        ("::error::x", "100%.py", "::error::x", "100%25.py"),
        ("%0A", "a\nb", "%250A", "a%0Ab"),
    ],
)
def test_github_annotations_are_escaped(message: str, path: str, said: str, file: str) -> None:
    odd = replace(ERROR, message=message, instead="-", evidence=(replace(ERROR.evidence[0], location=Location(path, 3, 4, 5)),))
    found = GITHUB.fullmatch(_render("github", report(shop(), odd)))
    assert found is not None
    assert found[1].split(",") == [f"file={file}", "line=3", "endLine=4", "col=5", "title=C102 sync-cycle"]
    assert found[2] == f"{said}%0A-"


@pytest.mark.parametrize(
    ("severity", "github", "gitlab", "azure", "teamcity", "checkstyle"),
    [
        (Severity.ERROR, "::error ", "critical", "type=error;", "SEVERITY='ERROR'", 'severity="error"'),
        (Severity.WARNING, "::warning ", "major", "type=warning;", "SEVERITY='WARNING'", 'severity="warning"'),
        (Severity.ADVICE, "::notice ", "info", "type=warning;", "SEVERITY='WEAK WARNING'", 'severity="info"'),
    ],
)
def test_severities(severity: Severity, github: str, gitlab: str, azure: str, teamcity: str, checkstyle: str) -> None:
    one = report(shop(), replace(ERROR, severity=severity, fingerprint="f00"))
    assert _render("github", one).startswith(github)
    (issue,) = json.loads(_render("gitlab", one))
    assert (issue["severity"], issue["fingerprint"]) == (gitlab, "f00")
    assert issue["location"] == {"path": "orders/app.py", "lines": {"begin": 43, "end": 43}}
    assert azure in _render("azure", one)
    assert teamcity in _render("teamcity", one)
    assert checkstyle in _render("checkstyle", one)


@pytest.mark.parametrize(
    ("name", "message", "said"),
    [
        ("azure", "a;b]c%d\ne", "a%3Bb]c%AZP25d%0Ae".replace("]", "%5D")),
        ("teamcity", "a'b|c[d]\nü", "a|'b||c|[d|]|n|0x00FC"),
        ("teamcity", "\U0001f642", "'?'"),
    ],
)
def test_service_messages_are_escaped(name: str, message: str, said: str) -> None:
    assert said in _render(name, report(shop(), replace(ERROR, message=message)))


def test_a_spreadsheet_sees_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(_render("csv", FULL))))
    assert rows[0] == {
        "kind": "collaboration",
        "source": "orders",
        "target": "billing",
        "channel": "order-placed",
        "transport": "kafka",
        "confidence": "certain",
        "places": "billing/app.py:20 orders/app.py:43",
    }


def test_markdown_holds_nothing_of_the_code() -> None:
    text = _render("markdown", _nasty())
    for sign in ("<l>", "`n", "@o", "|h", "[i]"):
        assert sign not in text
    assert text.startswith("### flowmap: failed: 1 error, 1 stale entry of the baseline")
    assert "| 🛑 | C102 sync-cycle | " in text


def test_lines_say_where_a_finding_stands_in_the_gate() -> None:
    found = [json.loads(line) for line in _render("jsonl", GATED).splitlines()]
    assert [(f["state"], f["code"]) for f in found] == [("failing", "C102"), ("known", "T301"), ("below", "E202")]
    assert {json.loads(line)["state"] for line in _render("jsonl", FULL).splitlines()} == {"open"}


def _only(*findings: Finding) -> Report:
    return replace(GATED, gate=Gate(Bar(), failing=findings), suppressed=())


@pytest.mark.parametrize(
    ("whole", "expected"),
    [
        (_only(), ["passed: nothing new; 1 blind spot"]),
        (_only(WARNING), ["billing/app.py:45:1: T301 invoice-sent is wrong", "failed: 1 warning; 1 blind spot"]),
        (
            GATED,
            [
                "orders/app.py:43:1: C102 orders is wrong",
                "baseline T301 x (a) is gone",
                "failed: 1 error, 1 stale entry of the baseline; 1 known, 1 below the bar, 2 suppressed, 1 blind spot",
            ],
        ),
    ],
)
def test_concise(whole: Report, expected: list[str]) -> None:
    assert _render("concise", whole).splitlines() == expected


def test_full_shows_what_fails_and_what_is_stale() -> None:
    text = _render("full", GATED)
    assert "orders is wrong" in text
    assert "invoice-sent is wrong" not in text
    assert "T301 x (a) is gone" in text
    many = replace(FULL, gate=Gate(Bar(), stale=tuple(f"entry {n}" for n in range(30))))
    assert "entry 19\n  and 10 more: --format concise lists all" in _render("full", many)
    assert _render("full", _only()) == "passed: nothing new; 1 blind spot\n"
