"""JUnit's XML, which every CI server shows: a test case per rule, and one per finding that fails.

A rule without findings has passed. What is known already is skipped, with the reason that nothing new is there. The document has a
timestamp only because the common schema asks for one: a report depends on no clock.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from xml.etree import ElementTree as ET

from flowmap.model.flow import Finding
from flowmap.reporter_api import Report, Reporter
from flowmap.reporters.verdict import counting, place
from flowmap.reporters.xml_text import document
from flowmap.visible import visible

_NO_TIME = "1970-01-01T00:00:00"


def render(report: Report) -> str:
    """One suite of all rules."""
    cases = _cases(report)
    number = Counter(child.tag for case in cases for child in case)
    root = ET.Element("testsuites")
    suite = ET.SubElement(
        root,
        "testsuite",
        package="flowmap",
        id="0",
        name="flowmap",
        timestamp=_NO_TIME,
        hostname="localhost",
        tests=str(len(cases)),
        failures=str(number["failure"]),
        errors=str(number["error"]),
        skipped=str(number["skipped"]),
        time="0",
    )
    ET.SubElement(suite, "properties")
    suite.extend(cases)
    ET.SubElement(suite, "system-out")
    ET.SubElement(suite, "system-err")
    return document(root)


def _cases(report: Report) -> list[ET.Element]:
    failing: dict[str, list[Finding]] = defaultdict(list)
    for finding in counting(report):
        failing[finding.code].append(finding)
    known = Counter(f.code for f in report.gate.known) if report.gate else Counter[str]()
    cases = []
    for rule in report.rules:
        cases += [_failure(f) for f in failing.pop(rule.code, [])] or [_passed(rule.code, rule.slug, known[rule.code])]
    cases += [_failure(f) for findings in failing.values() for f in findings]
    _tell_apart(cases)
    for number, sentence in enumerate(report.gate.stale if report.gate else (), 1):
        case = _case("flowmap.baseline", f"stale entry {number}")
        ET.SubElement(case, "failure", message=visible(sentence), type="baseline").text = visible(sentence)
        cases.append(case)
    for number, fault in enumerate((d for d in report.diagnostics if d.fatal), 1):
        case = _case("flowmap.scan", f"fault {number}")
        ET.SubElement(case, "error", message=visible(fault.message), type="scan").text = visible(fault.message)
        cases.append(case)
    return cases


def _tell_apart(cases: list[ET.Element]) -> None:
    """Numbers the cases of one name: of those, readers show the first alone."""
    seen: Counter[str] = Counter()
    for case in cases:
        name = case.get("name", "")
        seen[name] += 1
        if seen[name] > 1:
            case.set("name", f"{name} ({seen[name]})")


def _passed(code: str, slug: str, known: int) -> ET.Element:
    case = _case(f"flowmap.{code}", f"{code} {slug}")
    if known:
        ET.SubElement(case, "skipped")
    return case


def _failure(finding: Finding) -> ET.Element:
    case = _case(f"flowmap.{finding.code}", visible(f"{finding.code} {finding.slug}: {finding.subject}"))
    kind = f"{finding.severity.value} {finding.code}"
    hops = "\n".join(visible(f"{hop.location}  {hop.function}  {hop.what}") for hop in finding.evidence)
    said = f"{visible(finding.message)}\n{hops}\nwhy: {visible(finding.why)}\ninstead: {visible(finding.instead)}"
    message = visible(f"{place(finding)}: {finding.message}")
    ET.SubElement(case, "failure", message=message, type=kind).text = said
    return case


def _case(group: str, name: str) -> ET.Element:
    return ET.Element("testcase", name=name, classname=group, time="0")


REPORTER = Reporter("junit", "the rules as test cases, JUnit XML", render, opened=True)
