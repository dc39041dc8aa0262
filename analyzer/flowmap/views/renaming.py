"""Services that go by another name than before: the same folder, or the same things done. Else all that they do would count as gone
and come again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flowmap.graph.channels import message_name
from flowmap.model.flow import Edge, Finding, Flow
from flowmap.model.interaction import Interaction
from flowmap.model.report import Report

_LEAST, _SHARE = 3, 0.5
"""Sites that two services must have in common, and which share of all that either of them has."""
_ARROW = " → "


def renames(before: Flow, after: Flow) -> dict[str, str]:
    """The former names of services, each with the one that it has now; of several that could be meant the likeliest."""
    old, new = {s.name: s for s in before.services}, {s.name: s for s in after.services}
    gone, come = sorted(old.keys() - new.keys()), sorted(new.keys() - old.keys())
    did, does = _doing(before), _doing(after)
    roots = [old[g].root for g in gone], [new[c].root for c in come]
    likely: list[tuple[float, str, str]] = []
    for g in gone:
        for c in come:
            root = old[g].root
            alone = root == new[c].root != "." and all(names.count(root) == 1 for names in roots)
            shared, every = did.get(g, frozenset()) & does.get(c, frozenset()), did.get(g, frozenset()) | does.get(c, frozenset())
            share = len(shared) / len(every) if len(shared) >= _LEAST else 0.0
            if alone or share >= _SHARE:
                likely.append((-share - alone, g, c))
    found: dict[str, str] = {}
    for _, g, c in sorted(likely):
        if g not in found and c not in found.values():
            found[g] = c
    return found


def _doing(flow: Flow) -> dict[str, frozenset[tuple[str, str, str]]]:
    """What each service does: roles with the names of channels and operations."""
    found: dict[str, set[tuple[str, str, str]]] = {}
    for site in flow.interactions:
        if name := message_name(site) or site.operation:
            found.setdefault(site.service, set()).add((site.role.value, site.transport, name))
    return {service: frozenset(sites) for service, sites in found.items()}


def renamed(report: Report, names: Mapping[str, str]) -> Report:
    """A report with some services by other names."""
    if not names:
        return report
    flow = replace(
        report.flow,
        services=tuple(replace(s, name=names.get(s.name, s.name)) for s in report.flow.services),
        interactions=tuple(_site(i, names) for i in report.flow.interactions),
        edges=tuple(_edge(e, names) for e in report.flow.edges),
    )
    coupling = tuple(replace(c, service=names.get(c.service, c.service)) for c in report.coupling)
    return replace(report, flow=flow, findings=tuple(_finding(f, names) for f in report.findings), coupling=coupling)


def _site(site: Interaction, names: Mapping[str, str]) -> Interaction:
    target = names.get(site.target, site.target) if site.target else site.target
    return replace(site, service=names.get(site.service, site.service), target=target)


def _edge(edge: Edge, names: Mapping[str, str]) -> Edge:
    return replace(edge, source=names.get(edge.source, edge.source), target=names.get(edge.target, edge.target))


def _finding(finding: Finding, names: Mapping[str, str]) -> Finding:
    subject = _ARROW.join(names.get(part, part) for part in finding.subject.split(_ARROW))
    return replace(finding, subject=subject, services=tuple(names.get(s, s) for s in finding.services))
