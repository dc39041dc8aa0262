"""A report whose places start from the folder where flowmap runs: what opens them, an editor or a CI server with its checkout,
knows nothing of the folder that was scanned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flowmap.model.flow import Finding, Suppressed
from flowmap.model.gate import Gate
from flowmap.model.location import Location
from flowmap.model.report import Report


def relocated(report: Report, folders: Mapping[str, str]) -> Report:
    """The report with the places of findings, of what is set apart and of diagnostics below `folders`: of repositories by their
    names, of a single one by the empty name. Places in none of them stay."""
    if not folders:
        return report

    def at(where: Location) -> Location:
        first, slash, rest = where.path.partition("/")
        if "" in folders:
            return replace(where, path=f"{folders['']}/{where.path}")
        return replace(where, path=f"{folders[first]}/{rest}") if slash and first in folders else where

    def of(found: Finding) -> Finding:
        return replace(found, evidence=tuple(replace(hop, location=at(hop.location)) for hop in found.evidence))

    def all_of(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
        return tuple(map(of, found))

    def gate_of(gate: Gate) -> Gate:
        return replace(gate, failing=all_of(gate.failing), known=all_of(gate.known), below=all_of(gate.below))

    def apart(one: Suppressed) -> Suppressed:
        return replace(one, finding=of(one.finding), by=replace(one.by, location=at(one.by.location)))

    return replace(
        report,
        findings=all_of(report.findings),
        suppressed=tuple(map(apart, report.suppressed)),
        diagnostics=tuple(replace(d, location=d.location and at(d.location)) for d in report.diagnostics),
        gate=report.gate and gate_of(report.gate),
    )
