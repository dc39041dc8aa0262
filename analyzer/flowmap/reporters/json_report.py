"""The JSON report: the scan in the shape of the contract `flowmap/1`.

Nothing here depends on the machine or the time, so the same input gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.workflows import workflows
from flowmap.model.flow import Chain, Edge, Finding, Suppressed
from flowmap.model.interaction import Interaction
from flowmap.model.project import Diagnostic, External, Service
from flowmap.model.remedies import remedy
from flowmap.model.report import Report
from flowmap.model.suppression import Suppression
from flowmap.reporter_api import Reporter
from flowmap.reporters.json_advice import advised
from flowmap.reporters.json_base import hop, location
from flowmap.reporters.json_effects import written
from flowmap.reporters.json_gate import judged
from flowmap.reporters.json_models import (
    BlindSpotModel,
    ChainModel,
    DiagnosticModel,
    EdgeModel,
    ExternalModel,
    FindingModel,
    LeftOutModel,
    ReportModel,
    ServiceModel,
    StatsModel,
    SuppressedModel,
    SuppressionModel,
    ToolModel,
)
from flowmap.reporters.json_numbers import coupled, trending
from flowmap.reporters.json_sites import sites, unconnected
from flowmap.reporters.json_wiring import address, wiring
from flowmap.reporters.json_workflows import workflow
from flowmap.views.trend import numbers


def render(report: Report) -> str:
    """The document, indented by one, with a final newline; what is not printable is written as a `\\u` escape."""
    whole = json.dumps(document(report).model_dump(by_alias=True), ensure_ascii=False, indent=1)
    return "".join(f"{line if line.isprintable() else _escaped(line)}\n" for line in whole.split("\n"))


def _escaped(line: str) -> str:
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in line)


def document(report: Report) -> ReportModel:
    """The report in the contract's shape."""
    flow = report.flow
    graph = FlowGraph(flow)
    blind, found = graph.blind_spots, workflows(graph)
    services = {s.name: s for s in flow.services}
    return ReportModel(
        schema="flowmap/1",
        tool=ToolModel(version=report.version),
        name=report.root,
        root=".",
        services=[_service(s) for s in flow.services],
        interactions=sites(flow),
        outside=sites(flow, outside=True),
        unconnected=unconnected(flow),
        wiring=wiring(flow.parts),
        effects=[written(e) for e in flow.parts.effects],
        edges=[_edge(e) for e in flow.edges],
        externals=[_external(e) for e in flow.externals],
        coupling=[coupled(c) for c in report.coupling],
        advice=[advised(a) for a in report.advice],
        chains=[_chain(c) for c in flow.chains],
        findings=[finding_model(f) for f in report.findings],
        suppressed=[_suppressed(s) for s in report.suppressed],
        suppressions=[_suppression(s) for s in report.suppressions],
        workflows=[workflow(graph, w) for w in found],
        blind_spots=[_blind_spot(i, services) for i in blind],
        diagnostics=[_diagnostic(d) for d in report.diagnostics],
        left_out=[LeftOutModel(reason=x.reason, count=x.count, example=x.example) for x in report.left_out],
        stats=_stats(report, blind, len(found)),
        gate=judged(report.gate) if report.gate is not None else None,
        trend=trending(report.trend) if report.trend is not None else None,
    )


def _stats(report: Report, blind: Collection[Interaction], number: int) -> StatsModel:
    """The counts of a report with these blind spots and so many workflows."""
    flow, system = report.flow, numbers(report).system
    own = [i for i in flow.interactions if not i.outside]
    return StatsModel(
        files=report.files,
        lines=report.lines,
        services=len(flow.services),
        interactions=len(own),
        resolved=len(own) - sum(not i.outside for i in blind),
        blind_spots=len(blind),
        edges=len(flow.edges),
        findings=len(report.findings),
        suppressed=len(report.suppressed),
        workflows=number,
        longest_chain=max((c.hops for c in flow.chains), default=0),
        sync_share=system["sync_share"],
        autonomy=system["autonomy"],
        hidden=flow.hidden,
    )


def _service(service: Service) -> ServiceModel:
    return ServiceModel(
        name=service.name,
        root=service.root,
        entry=service.entry,
        description=service.description,
        aliases=list(service.aliases),
        owners=list(service.owners),
        system=service.system or None,
        domain=service.domain or None,
        addresses=[address(a) for a in service.addresses],
        evidence=[hop(e) for e in service.evidence],
    )


def _edge(e: Edge) -> EdgeModel:
    return EdgeModel(
        kind=e.kind.value,
        source=e.source,
        target=e.target,
        channel=e.channel,
        transport=e.transport,
        local=e.local,
        interactions=list(e.interactions),
        confidence=e.confidence.value,
    )


def _external(e: External) -> ExternalModel:
    return ExternalModel(
        name=e.name,
        kind=e.kind.value,
        addresses=[address(a) for a in e.addresses],
        image=e.image,
        publishes=list(e.publishes),
        subscribes=list(e.subscribes),
        evidence=[hop(x) for x in e.evidence],
    )


def _chain(c: Chain) -> ChainModel:
    return ChainModel(hops=c.hops, services=list(c.services), interactions=list(c.interactions))


def finding_model(f: Finding) -> FindingModel:
    """A finding as it is written."""
    return FindingModel(
        code=f.code,
        slug=f.slug,
        severity=f.severity.value,
        confidence=f.confidence.value,
        subject=f.subject,
        services=list(f.services),
        message=f.message,
        evidence=[hop(e) for e in f.evidence],
        why=f.why,
        instead=f.instead,
        fingerprint=f.fingerprint,
    )


def _suppressed(s: Suppressed) -> SuppressedModel:
    by = s.by
    return SuppressedModel(finding=finding_model(s.finding), how=by.how.value, location=location(by.location), reason=by.reason)


def _suppression(s: Suppression) -> SuppressionModel:
    return SuppressionModel(location=location(s.location), rules=list(s.rules), reason=s.reason)


def _blind_spot(i: Interaction, services: Mapping[str, Service]) -> BlindSpotModel:
    return BlindSpotModel(
        interaction=i.id,
        role=i.role.value,
        service=i.service,
        transport=i.transport,
        reason=i.unresolved or "",
        remedy=remedy(i.unresolved or "", services.get(i.service)),
        location=location(i.location),
    )


def _diagnostic(d: Diagnostic) -> DiagnosticModel:
    return DiagnosticModel(message=d.message, location=location(d.location) if d.location else None)


REPORTER = Reporter("json", "the whole report, to the published schema flowmap/1", render)
