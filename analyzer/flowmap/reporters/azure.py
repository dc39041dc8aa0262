"""Azure Pipelines' logging commands: each finding becomes an issue of the build."""

from __future__ import annotations

from flowmap.model.flow import Finding, Severity
from flowmap.reporter_api import Report, Reporter
from flowmap.reporters.verdict import counting, place, remarks

_ESCAPES = {"%": "%AZP25", "\r": "%0D", "\n": "%0A", ";": "%3B", "]": "%5D"}


def render(report: Report) -> str:
    """A command per finding that counts, and per remark."""
    lines = [_issue(f) for f in counting(report)]
    lines += [f"##vso[task.logissue type=error;]{_escaped(f'{r.title}: {r.said}')}" for r in remarks(report)]
    return "".join(f"{line}\n" for line in lines)


def _issue(finding: Finding) -> str:
    where = place(finding)
    kind = "error" if finding.severity is Severity.ERROR else "warning"
    properties = f"type={kind};sourcepath={_escaped(where.path)};linenumber={where.line};columnnumber={where.column};"
    return f"##vso[task.logissue {properties}code={finding.code};]{_escaped(f'{finding.code} {finding.slug}: {finding.message}')}"


def _escaped(text: str) -> str:
    plain = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(_ESCAPES.get(c, c) for c in plain)


REPORTER = Reporter("azure", "issues of Azure Pipelines", render, opened=True)
