"""The lower half of the terminal report: findings with their proof, blind spots, and what the scan could not or did not read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.flow import Finding, Severity
from flowmap.model.interaction import Confidence
from flowmap.model.location import Evidence, Location
from flowmap.model.remedies import remedy
from flowmap.model.report import Report
from flowmap.reporters.columns import broken
from flowmap.reporters.console import BOLD, DIM, SEVERITIES, line
from flowmap.reporters.frames import frame
from flowmap.reporters.text_flows import grid, heading, indented
from flowmap.visible import counted, shortened, visible

_FULL, _FULL_GUESSES, _BRIEF = 3, 1, 20
"""Findings of one rule that are shown with their source, and that have a line each after these."""
_SUBJECT = 80
_HOPS = 6
_GROUPS = 15
_PLACES = 3
_DIAGNOSTICS = 10


def findings(report: Report) -> Iterator[RenderableType]:
    """The findings by rule, the worst first, what nobody can tell at the end; what a rule's findings share is said once."""
    if not report.findings:
        return
    yield from heading("findings")
    groups: dict[tuple[int, str, str], list[Finding]] = defaultdict(list)
    for found in sorted(report.findings, key=lambda f: list(Severity).index(f.severity)):
        groups[_is_guess(found), found.severity, found.code].append(found)
    for number, (_, group) in enumerate(sorted(groups.items(), key=lambda item: item[0][0])):
        if number:
            yield Text("")
        yield from _rule(group, report.sources)


def _is_guess(found: Finding) -> bool:
    return found.confidence is Confidence.GUESS


def _rule(group: list[Finding], sources: Mapping[str, bytes]) -> Iterator[RenderableType]:
    first = group[0]
    unsure = _is_guess(first)
    style = DIM if unsure else SEVERITIES[first.severity]
    number = f"  ({len(group)})" if len(group) > 1 else ""
    doubt = ("  cannot tell: see the blind spots", DIM) if unsure else ""
    yield indented(line((f"{'?' if unsure else first.severity.value} {first.code} {first.slug}", style), (number, DIM), doubt))
    reasons = grid(0, 1)
    shared = len({f.why for f in group}) == 1
    if shared:
        reasons.add_row(line(("why", DIM)), line(first.why))
    reasons.add_row(line(("instead", DIM)), line(first.instead))
    yield Padding(reasons, (0, 0, 0, 4))
    told, rest = _told(group, _FULL_GUESSES if unsure else _FULL)
    before: tuple[Evidence, ...] = ()
    for found in told:
        yield from _finding(found, sources, style, shared=shared, before=before)
        before = found.evidence[1:]
    if rest:
        yield from _briefly(rest)


def _told(group: list[Finding], most: int) -> tuple[list[Finding], list[Finding]]:
    """The findings of a rule that are told at length: some, and the first of each that matters for a reason of its own."""
    first: dict[str, Finding] = {}
    for found in group:
        first.setdefault(found.why, found)
    told = [f for n, f in enumerate(group) if n < most or (f is first[f.why] and not _is_guess(f))]
    return told, [f for f in group if not any(f is one for one in told)]


def _briefly(group: list[Finding]) -> Iterator[RenderableType]:
    """Further findings of a rule, a line each."""
    yield Text("")
    yield Padding(line(("and likewise", DIM)), (0, 0, 0, 4))
    table = grid(0, 1)
    for found in group[:_BRIEF]:
        services = f"  {', '.join(found.services[:_PLACES])}" if found.subject not in found.services else ""
        subject = Text("\n".join(broken(shortened(visible(found.subject), _SUBJECT), _SUBJECT // 2)))
        table.add_row(subject, line((_place(found), "cyan"), (services, DIM)))
    yield Padding(table, (0, 0, 0, 6))
    if len(group) > _BRIEF:
        yield Padding(line((f"and {len(group) - _BRIEF} more: --format json lists all", DIM)), (0, 0, 0, 6))


def _finding(
    found: Finding, sources: Mapping[str, bytes], style: str, *, shared: bool, before: tuple[Evidence, ...]
) -> Iterator[RenderableType]:
    """A finding: `shared` if why it matters is said already, `before` the further places of the finding above."""
    yield Text("")
    yield Padding(line((found.message, BOLD), ("" if _is_guess(found) else f"  [{found.confidence.value}]", DIM)), (0, 0, 0, 4))
    if not shared:
        yield Padding(line(("why  ", DIM), found.why), (0, 0, 0, 4))
    if found.evidence:
        yield Padding(_hop(found.evidence[0]), (0, 0, 0, 6))
        for row in frame(found.evidence[0].location, sources, style):
            yield Padding(row, (0, 0, 0, 6))
    if found.evidence[1:] and found.evidence[1:] == before:
        yield Padding(line((f"and the same {counted(len(before), 'place')} as above", DIM)), (0, 0, 0, 6))
        return
    further = found.evidence[1:]
    for hop in further if len(found.evidence) <= _HOPS else further[: _HOPS - 2]:
        yield Padding(_hop(hop), (0, 0, 0, 6))
    if len(found.evidence) > _HOPS:
        yield Padding(line((f"and {counted(len(found.evidence) - _HOPS, 'more place')}", DIM)), (0, 0, 0, 6))
        yield Padding(_hop(further[-1]), (0, 0, 0, 6))


def _hop(hop: Evidence) -> Text:
    return line((str(hop.location), "cyan"), (f"  {hop.function}" if hop.function else "", DIM), f"  {hop.what}")


def _place(found: Finding) -> str:
    return str(found.evidence[0].location) if found.evidence else ""


def blind_spots(graph: FlowGraph) -> Iterator[RenderableType]:
    """Sites whose destination is not known, by transport and reason, the most frequent first. Places that have several reasons (one
    per way through the code) have one row. What to do is said where it is another thing than in the row above."""
    blind = graph.blind_spots
    if not blind:
        return
    spots = len({(s.location, s.role) for s in blind})
    amount = counted(spots, "place") if spots == len(blind) else f"{len(blind)} at {counted(spots, 'place')}"
    yield from heading("blind spots", f"{amount} where the code does not say what is at the other end")
    services = {s.name: s for s in graph.flow.services}
    reasons: dict[tuple[str, str, str], set[Location]] = defaultdict(set)
    remedies: dict[str, dict[str, None]] = defaultdict(dict)
    for site in blind:
        reason = site.unresolved or ""
        reasons[site.transport, site.role.value, reason].add(site.location)
        remedies[reason][remedy(reason, services.get(site.service))] = None
    groups: dict[tuple[str, str, tuple[Location, ...]], list[str]] = defaultdict(list)
    for (transport, role, reason), found in sorted(reasons.items()):
        groups[transport, role, tuple(sorted(found))].append(reason)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[0][2]), item[0][:2], item[1]))
    table, before = grid(0, 0, 1), ""
    for (transport, role, where), said in ordered[:_GROUPS]:
        table.add_row(line(f"{len(where):>3}"), line(f"{transport} {role}"), line("; or ".join(said)))
        table.add_row("", "", line((_places(where), DIM)))
        todo = "; or ".join(dict.fromkeys(r for reason in said for r in remedies[reason]))
        if todo != before:
            table.add_row("", "", line((f"→ {todo}", DIM)))
        before = todo
    yield indented(table)
    if left := ordered[_GROUPS:]:
        number = sum(len(where) for (_, _, where), _ in left)
        yield indented(line((f"and {number} more for {counted(len(left), 'other reason')}: --format json lists all", DIM)))


def _places(where: tuple[Location, ...]) -> str:
    """The first places; of a file that was named already only the line."""
    shown: list[str] = []
    for number, place in enumerate(where[:_PLACES]):
        same = number and where[number - 1].path == place.path
        shown.append(f":{place.line}" if same else str(place))
    more = f" and {len(where) - _PLACES} more" if len(where) > _PLACES else ""
    return ", ".join(shown) + more


def unread(report: Report) -> Iterator[RenderableType]:
    """What the scan left out on purpose, and what it could not read or follow."""
    if report.left_out:
        yield from heading("left out")
        table = grid(0, 1)
        for one in report.left_out:
            table.add_row(line(f"{one.count} {one.reason}"), line((f"{one.example}{', …' if one.count > 1 else ''}", DIM)))
        yield indented(table)
    if report.diagnostics:
        yield from heading("diagnostics")
        for found in report.diagnostics[:_DIAGNOSTICS]:
            place = ((f"{found.location}  ", "cyan"),) if found.location else ()
            yield indented(line(*place, found.message))
        if len(report.diagnostics) > _DIAGNOSTICS:
            yield indented(line((f"and {len(report.diagnostics) - _DIAGNOSTICS} more: --format json lists all", DIM)))
