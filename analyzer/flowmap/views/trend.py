"""The numbers of a report, and how they differ from those of an earlier one: measures are named as in the JSON report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from flowmap.model.coupling import Change, Trend
from flowmap.model.flow import EdgeKind
from flowmap.model.report import Report

Numbers: TypeAlias = Mapping[str, float | None]

SYSTEM = ("services", "edges", "sync_share", "longest_chain", "autonomy", "blind_spots", "findings", "suppressed")
SERVICE = ("waits_on", "waited_on_by", "publishes", "consumes", "endpoints", "autonomy", "longest_chain", "availability")
"""The measures that are compared, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier scan, as far as it can be compared with: the name of its report, the numbers of the system, those of each service
    (none if that report has no such table), and the fingerprints of its findings."""

    name: str
    system: Numbers
    services: Mapping[str, Numbers] = field(default_factory=dict)
    findings: frozenset[str] = frozenset()


def numbers(report: Report) -> Past:
    """The numbers of a report."""
    flow = report.flow
    endpoints, waits = sum(c.endpoints for c in report.coupling), sum(e.kind is EdgeKind.COORDINATION for e in flow.edges)
    system: dict[str, float | None] = {
        "services": len(flow.services),
        "edges": len(flow.edges),
        "sync_share": round(waits / len(flow.edges), 6) if flow.edges else None,
        "longest_chain": max((c.hops for c in flow.chains), default=0),
        "autonomy": round(sum(c.alone for c in report.coupling) / endpoints, 6) if endpoints else None,
        "blind_spots": len(flow.blind_spots),
        "findings": len(report.findings),
        "suppressed": len(report.suppressed),
    }
    services: dict[str, Numbers] = {
        c.service: {
            "waits_on": len(c.waits_on),
            "waited_on_by": len(c.waited_on_by),
            "publishes": len(c.publishes),
            "consumes": len(c.consumes),
            "endpoints": c.endpoints,
            "autonomy": None if c.autonomy is None else round(c.autonomy, 6),
            "longest_chain": c.longest_chain,
            "availability": c.availability,
        }
        for c in report.coupling
    }
    return Past(report.root, system, services, frozenset(f.fingerprint for f in report.findings))


def trend(past: Past, report: Report) -> Trend:
    """What has changed since an earlier scan: the system first, then the services by name. A measure that the earlier report does
    not have is not compared; a service that is new or gone counts by its existence alone."""
    now = numbers(report)
    changes = list(_changes("", SYSTEM, past.system, now.system))
    for name in sorted({*past.services, *now.services} if past.services else ()):
        before, after = past.services.get(name), now.services.get(name)
        if before is None or after is None:
            changes.append(Change(name, "services", None if before is None else 1, None if after is None else 1))
        else:
            changes += _changes(name, SERVICE, before, after)
    return Trend(
        past.name, tuple(changes), tuple(sorted(now.findings - past.findings)), tuple(sorted(past.findings - now.findings))
    )


def _changes(service: str, measures: tuple[str, ...], before: Numbers, after: Numbers) -> list[Change]:
    found = (Change(service, m, before[m], after[m]) for m in measures if m in before)
    return [c for c in found if c.before != c.after]
