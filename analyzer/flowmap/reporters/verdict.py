"""What counts in a report, and how it ends, in one line: for a gate what fails and why it does not, else all findings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from flowmap.model.flow import Finding, Severity
from flowmap.model.interaction import Confidence
from flowmap.model.location import Location
from flowmap.model.report import Report
from flowmap.visible import counted


def counting(report: Report) -> tuple[Finding, ...]:
    """The findings that fail the gate; without one all that are no guesses."""
    if report.gate is not None:
        return report.gate.failing
    return tuple(f for f in report.findings if f.confidence is not Confidence.GUESS)


@dataclass(frozen=True, slots=True)
class Remark:
    """What fails a gate and is no finding: `title` says what it is about; `path` is the file that has to change, if one has to."""

    title: str
    said: str
    path: str = "."


def remarks(report: Report) -> tuple[Remark, ...]:
    """What kept the scan from judging, and what the baseline has and is gone."""
    gate = report.gate
    if gate is None:
        return ()
    gone = (Remark("flowmap baseline", said, gate.origin or ".") for said in gate.stale)
    return (*(Remark("flowmap", said) for said in gate.faults), *gone)


def outcome(report: Report) -> str:
    """`failed: 1 error, 2 warnings; 12 known`, `passed: 3 below the bar`, `3 warnings`."""
    found = by_severity(counting(report))
    gate = report.gate
    if gate is None:
        return found or "no findings"
    said = [found] if found else []
    if gate.faults:
        said.append(counted(len(gate.faults), "thing could not be judged", "things could not be judged"))
    if gate.stale:
        said.append(counted(len(gate.stale), "stale entry of the baseline", "stale entries of the baseline"))
    aside = [f"{len(gate.known)} known"] if gate.known else []
    aside += [f"{len(gate.below)} below the bar"] if gate.below else []
    aside += [f"{len(report.suppressed)} suppressed"] if report.suppressed else []
    blind = len(report.flow.blind_spots)
    aside += [counted(blind, "blind spot")] if blind else []
    verdict = "passed" if gate.passed else "failed"
    return f"{verdict}: {', '.join(said) or 'nothing new'}{'; ' if aside else ''}{', '.join(aside)}"


def by_severity(findings: tuple[Finding, ...]) -> str:
    """`1 error, 2 warnings`."""
    number = Counter(f.severity for f in findings)
    return ", ".join(counted(number[s], s.value, "advice" if s is Severity.ADVICE else "") for s in Severity if number[s])


def place(finding: Finding) -> Location:
    """Where a finding is shown: its first place, the first line of the scan for one without any."""
    return finding.evidence[0].location if finding.evidence else Location(".", 1, 1)
