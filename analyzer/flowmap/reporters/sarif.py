"""SARIF 2.1.0 (OASIS), which GitHub, Azure DevOps and editors read: rules with their help, results with the way of evidence.

What the gate lets pass because it is known has the baseline state `unchanged`, what fails `new`; what the team has set apart is a
suppressed result. What is below the bar is not there.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import quote

from flowmap.model.flow import Finding, RuleFacts, Severity, Suppressed
from flowmap.model.location import Evidence, Location
from flowmap.model.project import Diagnostic
from flowmap.model.suppression import How
from flowmap.reporter_api import Report, Reporter
from flowmap.reporters.verdict import counting, place

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}
_ROOT = "SRCROOT"
_GITHUBS = "primaryLocationLineHash"
"""The one fingerprint by which GitHub knows an alert again; it takes no result without a place."""


def render(report: Report) -> str:
    """One run."""
    rules = _rules(report)
    numbers = {rule.code: n for n, rule in enumerate(rules)}
    gate = report.gate
    results = [_result(f, numbers, "new" if gate else "") for f in counting(report)]
    results += [_result(f, numbers, "unchanged") for f in (gate.known if gate else ())]
    results += [_set_apart(s, numbers) for s in report.suppressed]
    run = {
        "tool": {
            "driver": {
                "name": "flowmap",
                "version": report.version,
                "semanticVersion": report.version,
                "rules": [_rule(r) for r in rules],
            }
        },
        "invocations": [
            {
                "executionSuccessful": not any(d.fatal for d in report.diagnostics),
                "toolExecutionNotifications": [_notification(d) for d in report.diagnostics],
                "toolConfigurationNotifications": [_gone(said) for said in (gate.stale if gate else ())],
            }
        ],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder that was scanned."}}},
        "automationDetails": {"id": "flowmap/"},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rules(report: Report) -> list[RuleFacts]:
    """The rules that ran, and those of other findings, which a report of an earlier scan may have."""
    known = {r.code: r for r in report.rules}
    found = [*counting(report), *(report.gate.known if report.gate else ()), *(s.finding for s in report.suppressed)]
    for finding in found:
        known.setdefault(finding.code, RuleFacts(finding.code, finding.slug, finding.severity, finding.slug, finding.why))
    return [known[code] for code in sorted(known)]


def _rule(rule: RuleFacts) -> dict[str, object]:
    return {
        "id": rule.code,
        "name": "".join(part.capitalize() for part in rule.slug.split("-")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": _paragraph(rule.page)},
        "help": {"text": rule.page, "markdown": _markdown(rule.page)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [_GROUPS.get(rule.code[:1], "architecture")]},
    }


_GROUPS = {"C": "coordination", "E": "events", "T": "topology", "R": "reliability", "A": "architecture", "S": "suppression"}


def _paragraph(page: str) -> str:
    """What a rule is about: the paragraph below its first line."""
    parts = [" ".join(p.split()) for p in page.split("\n\n")]
    return parts[1].removeprefix("What: ") if len(parts) > 1 else parts[0]


def _markdown(page: str) -> str:
    """The page with its headings in bold."""
    lines = page.split("\n")
    heads = ("What:", "Why:", "How:", "Bad:", "Good:", "Fix:", "Configure:", "Ignore:")
    return "\n".join(f"**{line.partition(':')[0]}:**{line.partition(':')[2]}" if line.startswith(heads) else line for line in lines)


def _result(finding: Finding, rules: dict[str, int], state: str) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": finding.code,
        "ruleIndex": rules[finding.code],
        "level": _LEVELS[finding.severity],
        "message": _said(f"{finding.message}. {finding.instead}"),
        "locations": [_hop(finding.evidence[0]) if finding.evidence else {"physicalLocation": _physical(place(finding))}],
        "partialFingerprints": {"flowmap/v1": finding.fingerprint, _GITHUBS: finding.fingerprint},
        "properties": {
            "confidence": finding.confidence.value,
            "subject": finding.subject,
            "services": list(finding.services),
            "why": finding.why,
        },
    }
    if finding.evidence:
        result["codeFlows"] = [{"threadFlows": [{"locations": _flow(finding.evidence)}]}]
    return {**result, "baselineState": state} if state else result


def _set_apart(one: Suppressed, rules: dict[str, int]) -> dict[str, object]:
    kind = "inSource" if one.by.how is How.INLINE else "external"
    suppression: dict[str, object] = {"kind": kind, "location": {"physicalLocation": _physical(one.by.location)}}
    if one.by.reason:
        suppression["justification"] = one.by.reason
    return {**_result(one.finding, rules, ""), "suppressions": [suppression]}


def _said(text: str) -> dict[str, object]:
    """A message in which no name is a link."""
    return {"text": text.replace("](", "] (")}


def _flow(evidence: Sequence[Evidence]) -> list[dict[str, object]]:
    return [{"location": _hop(hop), "executionOrder": n} for n, hop in enumerate(evidence, 1)]


def _hop(hop: Evidence) -> dict[str, object]:
    found: dict[str, object] = {"physicalLocation": _physical(hop.location), "message": _said(hop.what)}
    if hop.function:
        found["logicalLocations"] = [{"fullyQualifiedName": hop.function, "kind": "function"}]
    return found


def _physical(where: Location) -> dict[str, object]:
    uri = quote(where.path.encode("utf-8", "backslashreplace"))
    region = {"startLine": where.line, "startColumn": where.column, "endLine": where.end_line}
    return {"artifactLocation": {"uri": uri, "uriBaseId": _ROOT}, "region": region}


def _gone(said: str) -> dict[str, object]:
    return {"level": "error", "message": {"text": f"In the baseline, and gone: {said}"}}


def _notification(diagnostic: Diagnostic) -> dict[str, object]:
    found: dict[str, object] = {
        "level": "error" if diagnostic.fatal else "warning",
        "message": {"text": diagnostic.message},
    }
    if diagnostic.location is not None:
        found["locations"] = [{"physicalLocation": _physical(diagnostic.location)}]
    return found


REPORTER = Reporter("sarif", "the findings as SARIF 2.1.0", render, opened=True)
