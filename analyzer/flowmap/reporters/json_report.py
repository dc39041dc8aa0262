"""The JSON report: the scan in the shape of the contract `flowmap/1`.

Nothing here depends on the machine or the time, so the same input gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping

from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.flow import Chain, Edge, Finding, Report
from flowmap.model.interaction import Interaction
from flowmap.model.location import Evidence, Location
from flowmap.model.project import Diagnostic, External, Service
from flowmap.model.remedies import remedy
from flowmap.reporter_api import Reporter
from flowmap.reporters.json_models import (
    BlindSpotModel,
    ChainModel,
    DiagnosticModel,
    EdgeModel,
    ExternalModel,
    FindingModel,
    HopModel,
    InteractionModel,
    LeftOutModel,
    LocationModel,
    ReportModel,
    ServiceModel,
    StatsModel,
    StepModel,
    ToolModel,
    WorkflowModel,
)
from flowmap.views.workflows import Step, Workflow, workflows


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
        root=".",
        services=[_service(s) for s in flow.services],
        interactions=[_interaction(i) for i in flow.interactions],
        edges=[_edge(e) for e in flow.edges],
        externals=[_external(e) for e in flow.externals],
        chains=[_chain(c) for c in flow.chains],
        findings=[_finding(f) for f in report.findings],
        workflows=[_workflow(w) for w in found],
        blind_spots=[_blind_spot(i, services) for i in blind],
        diagnostics=[_diagnostic(d) for d in report.diagnostics],
        left_out=[LeftOutModel(reason=x.reason, count=x.count, example=x.example) for x in report.left_out],
        stats=StatsModel(
            files=report.files,
            lines=report.lines,
            services=len(flow.services),
            interactions=len(flow.interactions),
            resolved=len(flow.interactions) - len(blind),
            blind_spots=len(blind),
            edges=len(flow.edges),
            findings=len(report.findings),
            workflows=len(found),
            longest_chain=max((c.hops for c in flow.chains), default=0),
            hidden=flow.hidden,
        ),
    )


def _location(location: Location) -> LocationModel:
    return LocationModel(path=location.path, line=location.line, end_line=location.end_line, column=location.column)


def _hop(hop: Evidence) -> HopModel:
    at = hop.location
    return HopModel(path=at.path, line=at.line, end_line=at.end_line, column=at.column, function=hop.function, what=hop.what)


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
        evidence=[_hop(e) for e in service.evidence],
    )


def _interaction(i: Interaction) -> InteractionModel:
    return InteractionModel(
        id=i.id,
        role=i.role.value,
        service=i.service,
        transport=i.transport,
        channel=i.channel,
        exchange=i.exchange,
        event=i.event,
        target=i.target,
        operation=i.operation,
        kind=i.kind.value,
        handler=i.handler.name if i.handler else None,
        group=i.group,
        payload={"fields": list(i.payload)} if i.payload else {},
        location=_location(i.location),
        function=i.function,
        via=[_hop(v) for v in i.via],
        evidence=[_hop(e) for e in i.evidence],
        local=i.local,
        triggers=list(i.triggers),
        confidence=i.confidence.value,
        unresolved=i.unresolved,
        plugin=i.plugin,
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
    return ExternalModel(name=e.name, kind=e.kind.value, evidence=[_hop(x) for x in e.evidence])


def _chain(c: Chain) -> ChainModel:
    return ChainModel(hops=c.hops, services=list(c.services), interactions=list(c.interactions))


def _workflow(w: Workflow) -> WorkflowModel:
    return WorkflowModel(name=w.name, trigger=w.trigger.id, services=list(w.services), steps=[_step(s) for s in w.steps], cut=w.cut)


def _step(s: Step) -> StepModel:
    first = s.sites[0]
    return StepModel(
        interactions=[i.id for i in s.sites],
        kind=s.kind.value,
        source=first.service,
        targets=list(dict.fromkeys(i.service for i in s.reached)) or ([first.target] if first.target else []),
        reaches=[i.id for i in s.reached],
        depth=s.depth,
        ending=s.ending,
    )


def _finding(f: Finding) -> FindingModel:
    return FindingModel(
        code=f.code,
        slug=f.slug,
        severity=f.severity.value,
        confidence=f.confidence.value,
        subject=f.subject,
        services=list(f.services),
        message=f.message,
        evidence=[_hop(e) for e in f.evidence],
        why=f.why,
        instead=f.instead,
        fingerprint=f.fingerprint,
    )


def _blind_spot(i: Interaction, services: Mapping[str, Service]) -> BlindSpotModel:
    return BlindSpotModel(
        interaction=i.id,
        role=i.role.value,
        service=i.service,
        transport=i.transport,
        reason=i.unresolved or "",
        remedy=remedy(i.unresolved or "", services.get(i.service)),
        location=_location(i.location),
    )


def _diagnostic(d: Diagnostic) -> DiagnosticModel:
    return DiagnosticModel(message=d.message, location=_location(d.location) if d.location else None)


REPORTER = Reporter("json", "the whole report, to the published schema flowmap/1", render)
