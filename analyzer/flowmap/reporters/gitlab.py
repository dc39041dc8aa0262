"""GitLab's code quality report: a JSON array of findings, which the merge request compares with that of its target."""

from __future__ import annotations

import json

from flowmap.model.flow import Finding, Severity
from flowmap.reporter_api import Report, Reporter
from flowmap.reporters.verdict import counting, place

_LEVELS = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.ADVICE: "info"}


def render(report: Report) -> str:
    """The findings that count."""
    return json.dumps([_issue(f) for f in counting(report)], indent=2) + "\n"


def _issue(finding: Finding) -> dict[str, object]:
    where = place(finding)
    return {
        "description": f"{finding.message}. {finding.instead}",
        "check_name": f"flowmap {finding.code} {finding.slug}",
        "fingerprint": finding.fingerprint,
        "severity": _LEVELS[finding.severity],
        "location": {"path": where.path, "lines": {"begin": where.line, "end": where.end_line}},
    }


REPORTER = Reporter("gitlab", "a code quality report of GitLab", render)
