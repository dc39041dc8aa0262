"""GitHub's workflow commands: each finding becomes an annotation at its line of the pull request."""

from __future__ import annotations

from flowmap.model.flow import Finding, Severity
from flowmap.reporter_api import Report, Reporter
from flowmap.reporters.verdict import counting, place, remarks

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def render(report: Report) -> str:
    """A command per finding that counts, and per remark."""
    lines = [_annotation(f) for f in counting(report)]
    lines += [f"::error title={_escaped(r.title, _PROPERTY)}::{_escaped(r.said, _DATA)}" for r in remarks(report)]
    return "".join(f"{line}\n" for line in lines)


def _annotation(finding: Finding) -> str:
    where = place(finding)
    properties = {
        "file": where.path,
        "line": str(where.line),
        "endLine": str(where.end_line),
        "col": str(where.column),
        "title": f"{finding.code} {finding.slug}",
    }
    said = ",".join(f"{key}={_escaped(value, _PROPERTY)}" for key, value in properties.items())
    message = _escaped(f"{finding.message}\n{finding.instead}", _DATA)
    return f"::{_LEVELS[finding.severity]} {said}::{message}"


def _escaped(text: str, signs: dict[str, str]) -> str:
    """The text as the runner decodes it again; a line feed of any kind would end the command."""
    plain = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(signs.get(c, c) for c in plain)


REPORTER = Reporter("github", "annotations of GitHub Actions", render, opened=True)
