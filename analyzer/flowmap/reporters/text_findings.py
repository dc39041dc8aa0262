"""The lower half of the terminal report: findings with their proof, blind spots, and what the scan could not or did not read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.flow import Finding, Report
from flowmap.model.interaction import Interaction
from flowmap.model.location import Evidence
from flowmap.reporters.console import BOLD, DIM, SEVERITIES, line
from flowmap.reporters.frames import frame
from flowmap.reporters.text_flows import grid, heading, indented
from flowmap.visible import counted

_FULL = 10
"""Findings of one rule that are shown with their source; the others have a line each."""
_HOPS = 6
_GROUPS = 15
_PLACES = 3
_DIAGNOSTICS = 10


def findings(report: Report) -> Iterator[RenderableType]:
    """The findings by rule, the worst first; what all of a rule share is said once."""
    if not report.findings:
        return
    yield from heading("findings")
    groups: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for found in report.findings:
        groups[found.severity, found.code].append(found)
    for number, group in enumerate(groups.values()):
        if number:
            yield Text("")
        yield from _rule(group, report.sources)


def _rule(group: list[Finding], sources: Mapping[str, bytes]) -> Iterator[RenderableType]:
    first = group[0]
    style = SEVERITIES[first.severity]
    number = f"  ({len(group)})" if len(group) > 1 else ""
    yield indented(line((f"{first.severity.value} {first.code} {first.slug}", style), (number, DIM)))
    reasons = grid(0, 1)
    shared = len({f.why for f in group}) == 1
    if shared:
        reasons.add_row(line(("why", DIM)), line(first.why))
    reasons.add_row(line(("instead", DIM)), line(first.instead))
    yield Padding(reasons, (0, 0, 0, 4))
    before: tuple[Evidence, ...] = ()
    for found in group[:_FULL]:
        yield from _finding(found, sources, style, shared=shared, before=before)
        before = found.evidence[1:]
    for found in group[_FULL:]:
        yield Padding(line(found.message, (f"  {_place(found)}  {found.confidence.value}", DIM)), (0, 0, 0, 4))


def _finding(
    found: Finding, sources: Mapping[str, bytes], style: str, *, shared: bool, before: tuple[Evidence, ...]
) -> Iterator[RenderableType]:
    """A finding: `shared` if why it matters is said already, `before` the further places of the finding above."""
    yield Text("")
    yield Padding(line((found.message, BOLD), (f"  [{found.confidence.value}]", DIM)), (0, 0, 0, 4))
    if not shared:
        yield Padding(line(("why  ", DIM), found.why), (0, 0, 0, 4))
    if found.evidence:
        yield Padding(_hop(found.evidence[0]), (0, 0, 0, 6))
        for row in frame(found.evidence[0].location, sources, style):
            yield Padding(row, (0, 0, 0, 6))
    if found.evidence[1:] and found.evidence[1:] == before:
        yield Padding(line((f"and the same {counted(len(before), 'place')} as above", DIM)), (0, 0, 0, 6))
        return
    for hop in found.evidence[1:_HOPS]:
        yield Padding(_hop(hop), (0, 0, 0, 6))
    if len(found.evidence) > _HOPS:
        yield Padding(line((f"and {counted(len(found.evidence) - _HOPS, 'more place')}", DIM)), (0, 0, 0, 6))


def _hop(hop: Evidence) -> Text:
    return line((str(hop.location), "cyan"), (f"  {hop.function}" if hop.function else "", DIM), f"  {hop.what}")


def _place(found: Finding) -> str:
    return str(found.evidence[0].location) if found.evidence else ""


def blind_spots(graph: FlowGraph) -> Iterator[RenderableType]:
    """Sites whose destination is not known, the same reason and transport together, the most frequent first."""
    blind = graph.blind_spots
    if not blind:
        return
    yield from heading(
        "blind spots", f"{len(blind)} of {counted(len(graph.flow.interactions), 'site')} lead where the code does not say"
    )
    groups: dict[tuple[str, str, str], list[Interaction]] = defaultdict(list)
    for site in blind:
        groups[site.role.value, site.transport, site.unresolved or ""].append(site)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    table = grid(0, 0, 1)
    for (role, transport, reason), sites in ordered[:_GROUPS]:
        table.add_row(line(f"{len(sites):>3}"), line(f"{transport} {role}"), line(reason))
        table.add_row("", "", line((_places(sites), DIM)))
    yield indented(table)
    if left := ordered[_GROUPS:]:
        number = sum(len(sites) for _, sites in left)
        yield indented(line((f"and {number} more for {counted(len(left), 'other reason')}: --format json lists all", DIM)))


def _places(sites: list[Interaction]) -> str:
    places = list(dict.fromkeys(str(s.location) for s in sites))
    more = f" and {len(places) - _PLACES} more" if len(places) > _PLACES else ""
    return ", ".join(places[:_PLACES]) + more


def unread(report: Report) -> Iterator[RenderableType]:
    """What the scan left out on purpose, and what it could not read or follow."""
    if report.left_out:
        parts = [f"{x.count} {x.reason} ({x.example}{', …' if x.count > 1 else ''})" for x in report.left_out]
        yield from heading("left out")
        yield indented(line(", ".join(parts)))
    if report.diagnostics:
        yield from heading("diagnostics")
        for found in report.diagnostics[:_DIAGNOSTICS]:
            place = ((f"{found.location}  ", "cyan"),) if found.location else ()
            yield indented(line(*place, found.message))
        if len(report.diagnostics) > _DIAGNOSTICS:
            yield indented(line((f"and {len(report.diagnostics) - _DIAGNOSTICS} more: --format json lists all", DIM)))
