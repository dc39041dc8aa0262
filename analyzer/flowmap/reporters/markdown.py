"""A summary for the page of a CI run or a comment: the outcome, the findings in a table, and the proof of each to unfold.

Everything that comes from scanned code is escaped: nothing in it is a link, a mention, a tag or the end of a cell.
"""

from __future__ import annotations

from collections.abc import Iterator

from flowmap.model.flow import Finding, Severity
from flowmap.reporter_api import Report, Reporter
from flowmap.reporters.markdown_text import code, escaped
from flowmap.reporters.verdict import counting, outcome, place
from flowmap.visible import counted

_SIGNS = {Severity.ERROR: "🛑", Severity.WARNING: "⚠️", Severity.ADVICE: "💡"}
_ROWS = 100
"""Findings that are shown: a step's summary may have a megabyte."""


def render(report: Report) -> str:
    """The summary."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    found, flow = counting(report), report.flow
    size = (counted(len(flow.services), "service"), counted(len(flow.edges), "edge"), counted(len(flow.blind_spots), "blind spot"))
    yield f"### flowmap: {escaped(outcome(report))}"
    yield ""
    yield f"{escaped(report.root)}: {', '.join(size)}"
    if found:
        yield from ("", "| | rule | what | where |", "| --- | --- | --- | --- |")
        yield from (_row(f) for f in found[:_ROWS])
        if len(found) > _ROWS:
            yield from ("", f"and {counted(len(found) - _ROWS, 'more finding')}")
        yield from ("", "<details><summary>The proof of each</summary>", "")
        for finding in found[:_ROWS]:
            yield from _proof(finding)
        yield "</details>"
    stale = report.gate.stale if report.gate else ()
    if stale:
        yield from ("", "**In the baseline, and gone:**", "")
        yield from (f"- {escaped(said)}" for said in stale)


def _row(finding: Finding) -> str:
    rule = f"{finding.code} {finding.slug}"
    return f"| {_SIGNS[finding.severity]} | {rule} | {escaped(finding.message)} | {code(str(place(finding)))} |"


def _proof(finding: Finding) -> Iterator[str]:
    yield f"**{finding.code}** {escaped(finding.message)}"
    yield ""
    for number, hop in enumerate(finding.evidence, 1):
        yield f"{number}. {code(str(hop.location))} {escaped(hop.what)}"
    yield ""
    yield f"*Why:* {escaped(finding.why)} *Instead:* {escaped(finding.instead)}"
    yield ""


REPORTER = Reporter("markdown", "a summary for CI pages and comments", render)
