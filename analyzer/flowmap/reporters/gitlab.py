"""GitLab's code quality report: a JSON array of findings, which the merge request compares with that of its target."""

from __future__ import annotations

import hashlib
import json

from flowmap.model.flow import Finding, Severity
from flowmap.reporter_api import Report, Reporter
from flowmap.reporters.verdict import Remark, counting, place, remarks

_LEVELS = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.ADVICE: "info"}


def render(report: Report) -> str:
    """The findings that count, and the remarks."""
    return json.dumps([*map(_issue, counting(report)), *map(_remark, remarks(report))], indent=2) + "\n"


def _issue(finding: Finding) -> dict[str, object]:
    where = place(finding)
    return {
        "description": f"{finding.message}. {finding.instead}",
        "check_name": f"flowmap {finding.code} {finding.slug}",
        "fingerprint": finding.fingerprint,
        "severity": _LEVELS[finding.severity],
        "location": {"path": where.path, "lines": {"begin": where.line, "end": where.end_line}},
    }


def _remark(remark: Remark) -> dict[str, object]:
    identity = f"{remark.title}|{remark.said}".encode("utf-8", "backslashreplace")
    return {
        "description": f"{remark.title}: {remark.said}",
        "check_name": remark.title,
        "fingerprint": hashlib.blake2b(identity, digest_size=8).hexdigest(),
        "severity": "blocker",
        "location": {"path": remark.path, "lines": {"begin": 1, "end": 1}},
    }


REPORTER = Reporter("gitlab", "a code quality report of GitLab", render, opened=True)
