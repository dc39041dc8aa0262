"""One JSON object per finding and line, for `jq` and log pipelines: as in the report's own format, with its place in the gate."""

from __future__ import annotations

import json

from flowmap.model.flow import Finding
from flowmap.reporter_api import Report, Reporter
from flowmap.reporters.json_report import finding_model


def render(report: Report) -> str:
    """All findings in the order of the report. `state` is `failing`, `known` or `below` the bar; `open` without a gate."""
    gate = report.gate
    if gate is None:
        return "".join(_line(f, "open") for f in report.findings)
    states = {"failing": gate.failing, "known": gate.known, "below": gate.below}
    return "".join(_line(f, state) for state, found in states.items() for f in found)


def _line(finding: Finding, state: str) -> str:
    return json.dumps({"state": state, **finding_model(finding).model_dump(by_alias=True)}, ensure_ascii=True) + "\n"


REPORTER = Reporter("jsonl", "the findings, one JSON object per line", render)
