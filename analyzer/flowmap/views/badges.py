"""Which part of a picture a finding is about: the channel or service that is its subject, and the calls of its evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.flow import Finding
from flowmap.model.interaction import Confidence, Interaction, Role
from flowmap.model.picture import Badge, strongest


@dataclass(frozen=True, slots=True)
class Badges:
    """Findings by service and by interaction."""

    services: dict[str, set[Badge]]
    sites: dict[str, set[Badge]]

    def of_service(self, name: str) -> tuple[Badge, ...]:
        """The findings whose subject is a service."""
        return strongest(self.services.get(name, ()))

    def of_sites(self, sites: Iterable[Interaction]) -> tuple[Badge, ...]:
        """The findings at any of some interactions."""
        return strongest(b for s in sites for b in self.sites.get(s.id, ()))


def badges(graph: FlowGraph, findings: Iterable[Finding]) -> Badges:
    """The findings, each at its places; one that meets no interaction goes to the first of its services."""
    at: dict[object, list[Interaction]] = defaultdict(list)
    for site in graph.flow.interactions:
        at[site.location].append(site)
    names = {s.name for s in graph.flow.services}
    services: dict[str, set[Badge]] = defaultdict(set)
    sites: dict[str, set[Badge]] = defaultdict(set)
    for finding in findings:
        badge = Badge(finding.code, finding.slug, finding.severity, finding.confidence is Confidence.GUESS)
        proof = [s for e in finding.evidence for s in at[e.location]]
        about = [s for s in proof if finding.subject in (s.channel, s.event)] or [s for s in proof if _is_hop(s, finding)]
        for site in about:
            sites[site.id].add(badge)
        if finding.subject in names:
            services[finding.subject].add(badge)
        elif not about:
            services[next((n for n in finding.services if n in names), finding.subject)].add(badge)
    return Badges(services, sites)


def _is_hop(site: Interaction, finding: Finding) -> bool:
    return site.role is Role.CALL and site.service in finding.services and site.target in finding.services
