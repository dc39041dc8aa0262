"""How a report stands to the bar and to what is known: the verdict of `flowmap check`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from flowmap.baselines import OF_THE_BASELINE, stale
from flowmap.config import Config
from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.flow import Finding, Severity
from flowmap.model.gate import Bar, Baseline, Gate, identity_of
from flowmap.model.interaction import Confidence
from flowmap.model.report import Report


def bar_of(config: Config, fail_on: str | None = None, min_confidence: str | None = None) -> Bar:
    """The bar: what is asked for, else the configuration. Raises ValueError for a severity or confidence that there is not."""
    return Bar(Severity(fail_on or config.check.fail_on), Confidence(min_confidence or config.check.min_confidence))


def gated(report: Report, bar: Bar, baseline: Baseline, left_out: Collection[str] = ()) -> Gate:
    """The findings of a report in three: what fails, what the baseline knows, what is below the bar. Of several findings of one
    identity the first ones are those that are known. What is known of rules that this run has `left_out` (codes) cannot be told to
    be gone, and nothing can where a rule failed."""
    left = Counter({f.identity: f.count for f in baseline.findings if f.identity[0] not in OF_THE_BASELINE})
    failing: list[Finding] = []
    known: list[Finding] = []
    below: list[Finding] = []
    for finding in report.findings:
        identity = identity_of(finding)
        if left[identity] > 0:
            left[identity] -= 1
            known.append(finding)
        else:
            (failing if bar.is_reached(finding) else below).append(finding)
    faults = tuple(d.message for d in report.diagnostics if d.fatal)
    gone = () if faults else stale(FlowGraph(report.flow), report.findings, baseline, left_out)
    return Gate(bar, tuple(failing), tuple(known), tuple(below), gone, faults, baseline.origin)
