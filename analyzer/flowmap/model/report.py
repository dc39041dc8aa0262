"""What a scan has to say, in one value: the graph, what the rules found in it, and what the scan met."""

from __future__ import annotations

from dataclasses import dataclass, field

from flowmap.model.advice import Advice
from flowmap.model.coupling import Coupling, Trend
from flowmap.model.flow import Finding, Flow, RuleFacts, Suppressed
from flowmap.model.gate import Gate
from flowmap.model.project import Diagnostic, LeftOut
from flowmap.model.suppression import Suppression


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a reporter may show. Nothing in it depends on time or machine but `seconds`, which only people read. `suppressed`
    findings are none of the `findings`; `suppressions` are the comments in the code, whether they set one apart or not,
    `rules` those that were run. `trend` is
    there if an earlier scan was given, `gate` if the scan is one."""

    root: str
    flow: Flow
    findings: tuple[Finding, ...]
    diagnostics: tuple[Diagnostic, ...]
    left_out: tuple[LeftOut, ...]
    version: str
    files: int
    lines: int
    seconds: float = 0.0
    suppressed: tuple[Suppressed, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    rules: tuple[RuleFacts, ...] = ()
    coupling: tuple[Coupling, ...] = ()
    advice: tuple[Advice, ...] = ()
    trend: Trend | None = None
    gate: Gate | None = None
    sources: dict[str, bytes] = field(default_factory=dict, compare=False, repr=False)
