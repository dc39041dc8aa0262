"""The stable contract `flowmap/1`: pydantic models, from which the published JSON Schema is made.

Nothing here depends on the machine or the time, so the same input gives the same bytes."""

from __future__ import annotations

import json
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from flowmap.model.flow import Chain, Edge, Finding, Report
from flowmap.model.interaction import Interaction
from flowmap.model.location import Evidence, Location
from flowmap.model.project import Diagnostic, External, Service
from flowmap.reporter_api import Reporter


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LocationModel(_Model):
    """Lines and columns from 1; `path` is relative to the scan root."""

    path: str
    line: int
    end_line: int
    column: int = 1


class HopModel(_Model):
    """One step of a proof."""

    path: str
    line: int
    end_line: int
    column: int = 1
    function: str = Field("", description="the function around the place, empty at module level")
    what: str


class ServiceModel(_Model):
    """A deployable unit whose Python code is in the scan."""

    name: str
    root: str
    entry: str | None
    description: str
    aliases: list[str]
    evidence: list[HopModel]


class InteractionModel(_Model):
    """A place that publishes, subscribes, calls or serves. A varying part of a channel or path is `{}`."""

    id: str = Field(description="stable under unrelated edits")
    role: Literal["publish", "subscribe", "call", "serve"]
    service: str
    transport: str
    channel: str | None
    exchange: str | None
    event: str | None
    target: str | None = Field(description="a service, `external:<name>`, or null")
    operation: str | None
    kind: Literal["event", "command", "task", "query"]
    handler: str | None
    group: str | None
    payload: dict[str, list[str]]
    location: LocationModel
    function: str
    via: list[HopModel] = Field(description="from where the destination is decided down to the library call")
    triggers: list[str] = Field(description="ids of the endpoints and subscriptions whose handlers reach this site")
    confidence: Literal["certain", "derived", "guess"]
    unresolved: str | None = Field(description="why the destination is not known; null if it is")
    plugin: str


class EdgeModel(_Model):
    """Who reaches whom. `channel` is the published name; null for coordination."""

    kind: Literal["collaboration", "coordination"]
    source: str
    target: str
    channel: str | None
    transport: str
    interactions: list[str]
    confidence: Literal["certain", "derived", "guess"]


class ExternalModel(_Model):
    """What lies outside the scanned code."""

    name: str
    kind: Literal["api", "declared-service", "product"]
    evidence: list[HopModel]


class ChainModel(_Model):
    """Services that wait for one another, endpoint by endpoint."""

    hops: int
    services: list[str]
    interactions: list[str]


class FindingModel(_Model):
    """A rule's verdict with its proof, most telling place first."""

    code: str
    slug: str
    severity: Literal["error", "warning", "advice"]
    confidence: Literal["certain", "derived", "guess"]
    subject: str
    services: list[str]
    message: str
    evidence: list[HopModel]
    why: str
    instead: str
    fingerprint: str = Field(description="stable under moves and renames of code")


class BlindSpotModel(_Model):
    """A site whose destination could not be resolved."""

    interaction: str
    role: Literal["publish", "subscribe", "call", "serve"]
    service: str
    transport: str
    reason: str
    location: LocationModel


class DiagnosticModel(_Model):
    """Something about the scan itself."""

    message: str
    location: LocationModel | None


class LeftOutModel(_Model):
    """Files that were not looked at, and why."""

    reason: str
    count: int
    example: str


class StatsModel(_Model):
    """Counts over the whole scan."""

    files: int
    lines: int
    services: int
    interactions: int
    resolved: int
    blind_spots: int
    edges: int
    findings: int
    longest_chain: int


class ToolModel(_Model):
    """Who wrote the document."""

    name: str = "flowmap"
    version: str


class ReportModel(_Model):
    """A scan."""

    schema_: Literal["flowmap/1"] = Field("flowmap/1", alias="schema")
    tool: ToolModel
    root: str
    services: list[ServiceModel]
    interactions: list[InteractionModel]
    edges: list[EdgeModel]
    externals: list[ExternalModel]
    chains: list[ChainModel] = Field(description="longest first; paths that a longer one contains are left out")
    findings: list[FindingModel]
    blind_spots: list[BlindSpotModel]
    diagnostics: list[DiagnosticModel]
    left_out: list[LeftOutModel]
    stats: StatsModel


def json_schema() -> dict[str, object]:
    """The JSON Schema of the document."""
    return ReportModel.model_json_schema(by_alias=True, mode="serialization")


def render(report: Report) -> str:
    """The document, indented by one, with a final newline; what is not printable is written as a `\\u` escape."""
    whole = json.dumps(document(report).model_dump(by_alias=True), ensure_ascii=False, indent=1)
    return "".join(f"{line if line.isprintable() else _escaped(line)}\n" for line in whole.split("\n"))


def _escaped(line: str) -> str:
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in line)


def document(report: Report) -> ReportModel:
    """The report in the contract's shape."""
    flow = report.flow
    blind = [i for i in flow.interactions if i.unresolved is not None and i.target is None]
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
        blind_spots=[_blind_spot(i) for i in blind],
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
            longest_chain=max((c.hops for c in flow.chains), default=0),
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
        interactions=list(e.interactions),
        confidence=e.confidence.value,
    )


def _external(e: External) -> ExternalModel:
    return ExternalModel(name=e.name, kind=e.kind.value, evidence=[_hop(x) for x in e.evidence])


def _chain(c: Chain) -> ChainModel:
    return ChainModel(hops=c.hops, services=list(c.services), interactions=list(c.interactions))


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


def _blind_spot(i: Interaction) -> BlindSpotModel:
    return BlindSpotModel(
        interaction=i.id,
        role=i.role.value,
        service=i.service,
        transport=i.transport,
        reason=i.unresolved or "",
        location=_location(i.location),
    )


def _diagnostic(d: Diagnostic) -> DiagnosticModel:
    return DiagnosticModel(message=d.message, location=_location(d.location) if d.location else None)


REPORTER = Reporter("json", "the whole report, to the published schema flowmap/1", render)
