"""A summary for the page of a CI run or a comment: the outcome, the findings in a table, and the proof of each to unfold.

Everything that comes from scanned code is escaped: nothing in it is a link, a mention, a tag or the end of a cell.
"""

from __future__ import annotations

from collections.abc import Iterator

from flowmap.model.flow import Finding, Severity
from flowmap.model.location import Location
from flowmap.reporter_api import Report, Reporter
from flowmap.reporters.markdown_text import code, escaped
from flowmap.reporters.verdict import counting, outcome, place
from flowmap.visible import counted, shortened

_SIGNS = {Severity.ERROR: "🛑", Severity.WARNING: "⚠️", Severity.ADVICE: "💡"}
_PAGE = 1_000_000
"""Bytes that the summary of a step may have: one that is longer is not shown at all."""
_ROWS = (100, 30, 10, 3)
"""Findings that are shown, where that many fit."""
_HOPS = 12
_LONGEST = 500
"""Hops of each, and signs of a sentence."""


def render(report: Report) -> str:
    """The summary, of as many findings as fit into a page."""
    texts = ("\n".join(_lines(report, rows)) + "\n" for rows in _ROWS)
    return next((text for text in texts if len(text.encode()) <= _PAGE), "") or f"### flowmap: {escaped(outcome(report))}\n"


def _lines(report: Report, rows: int) -> Iterator[str]:
    found, flow = counting(report), report.flow
    size = (counted(len(flow.services), "service"), counted(len(flow.edges), "edge"), counted(len(flow.blind_spots), "blind spot"))
    yield f"### flowmap: {escaped(outcome(report))}"
    yield ""
    yield f"{escaped(shortened(report.root, _LONGEST))}: {', '.join(size)}"
    if found:
        yield from ("", "| | rule | what | where |", "| --- | --- | --- | --- |")
        yield from (_row(f) for f in found[:rows])
        if len(found) > rows:
            yield from ("", f"and {counted(len(found) - rows, 'more finding')}")
        yield from ("", "<details><summary>The proof of each</summary>", "")
        for finding in found[:rows]:
            yield from _proof(finding)
        yield "</details>"
    stale, faults = (report.gate.stale, report.gate.faults) if report.gate else ((), ())
    for title, sentences in (("In the baseline, and gone:", stale), ("Could not be judged:", faults)):
        if sentences:
            yield from ("", f"**{title}**", "")
            yield from (f"- {escaped(shortened(said, _LONGEST))}" for said in sentences[:rows])
            if len(sentences) > rows:
                yield from ("", f"and {len(sentences) - rows} more")


def _row(finding: Finding) -> str:
    rule = f"{finding.code} {finding.slug}"
    return f"| {_SIGNS[finding.severity]} | {rule} | {escaped(shortened(finding.message, _LONGEST))} | {_spot(place(finding))} |"


def _proof(finding: Finding) -> Iterator[str]:
    said, why, instead = (escaped(shortened(text, _LONGEST)) for text in (finding.message, finding.why, finding.instead))
    yield f"**{finding.code}** {said}"
    yield ""
    for number, hop in enumerate(finding.evidence[:_HOPS], 1):
        yield f"{number}. {_spot(hop.location)} {escaped(shortened(hop.what, _LONGEST))}"
    if len(finding.evidence) > _HOPS:
        yield f"{_HOPS + 1}. and {len(finding.evidence) - _HOPS} more"
    yield ""
    yield f"*Why:* {why} *Instead:* {instead}"
    yield ""


def _spot(where: Location) -> str:
    return code(shortened(str(where), _LONGEST))


REPORTER = Reporter("markdown", "a summary for CI pages and comments", render, opened=True)
