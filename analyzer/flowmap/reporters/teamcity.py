"""TeamCity's service messages: each finding becomes an inspection of the build."""

from __future__ import annotations

from flowmap.model.flow import Finding, Severity
from flowmap.reporter_api import Report, Reporter
from flowmap.reporters.verdict import counting, place, remarks
from flowmap.visible import shortened

_ESCAPES = {"'": "|'", "\n": "|n", "\r": "|r", "|": "||", "[": "|[", "]": "|]"}
_LEVELS = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.ADVICE: "WEAK WARNING"}
_ASCII = 0x7F
_BASIC = 0xFFFF
_LONGEST = 4000
"""Signs of an attribute: of what is longer the server takes nothing."""


def render(report: Report) -> str:
    """The rules of the findings that count as types of inspections, then the findings; remarks as problems of the build."""
    found = counting(report)
    types = {f.code: f for f in found}
    lines = [
        _message("inspectionType", id=f.code, name=f.slug, description=f.why, category="flowmap") for _, f in sorted(types.items())
    ]
    lines += [_inspection(f) for f in found]
    lines += [_message("buildProblem", description=f"{r.title}: {r.said}") for r in remarks(report)]
    return "".join(f"{line}\n" for line in lines)


def _inspection(finding: Finding) -> str:
    where = place(finding)
    level = _LEVELS[finding.severity]
    return _message(
        "inspection", typeId=finding.code, message=finding.message, file=where.path, line=str(where.line), SEVERITY=level
    )


def _message(kind: str, /, **attributes: str) -> str:
    said = " ".join(f"{key}='{''.join(map(_escaped, shortened(value, _LONGEST)))}'" for key, value in attributes.items())
    return f"##teamcity[{kind} {said}]"


def _escaped(sign: str) -> str:
    """A sign as the server decodes it; beyond the basic plane, and for what is no character, there is no spelling."""
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    number = ord(sign)
    return sign if number < _ASCII else f"|0x{number:04X}" if number <= _BASIC else "?"


REPORTER = Reporter("teamcity", "inspections of TeamCity", render, opened=True)
