"""The difference between two reports in the shape of the contract `flowmap-diff/1`, of which the published JSON Schema is made."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from flowmap.json_schema import published
from flowmap.model.coupling import Change
from flowmap.model.difference import (
    Breaking,
    ChannelChange,
    Conduit,
    Detail,
    Difference,
    EdgeChange,
    EndpointChange,
    FieldChange,
    FindingChange,
    Proof,
    ServiceChange,
    Shift,
)
from flowmap.reporter_api import Format
from flowmap.reporters.json_base import HopModel, Model, hop

SCHEMA_FILE = "flowmap-diff-1.schema.json"
"""The published schema, beside this module."""


class DetailModel(Model):
    """A property that is another one now."""

    name: str
    before: str
    after: str


class ShiftModel(Model):
    """Names that came and names that went."""

    added: list[str]
    removed: list[str]


class ChangedModel(Model):
    """Something that has changed, with the places that show it in BASE and in HEAD."""

    how: Literal["added", "removed", "changed"]
    before: list[HopModel] = Field(description="places as they are in BASE")
    after: list[HopModel] = Field(description="places as they are in HEAD")


class ConduitModel(Model):
    """What messages go over."""

    transport: str
    name: str
    exchange: str = Field(description="empty if there is none")
    event: str = Field(description="the type of the messages; empty if the channel carries one only, or nobody knows")


class ServiceChangeModel(ChangedModel):
    """A service."""

    service: str
    details: list[DetailModel] = Field(description="`name`, `domain`, `system`, `owners`")


class ChannelChangeModel(ChangedModel):
    """A channel with those who came to its ends and left them; `external:<name>` for whoever is no service of the scan."""

    channel: ConduitModel
    publishers: ShiftModel
    subscribers: ShiftModel


class EndpointChangeModel(ChangedModel):
    """An operation that a service serves."""

    service: str
    transport: str
    operation: str


class EdgeChangeModel(ChangedModel):
    """Who reaches whom. A changed edge is one of calls, which are to other operations now."""

    kind: Literal["collaboration", "coordination"]
    source: str
    target: str
    channel: str | None = Field(description="the published name; null for coordination")
    transport: str
    operations: ShiftModel


class FieldChangeModel(ChangedModel):
    """A field of the messages of a channel that is in both."""

    channel: ConduitModel
    side: Literal["set", "read"] = Field(description="by those who publish, or by those who subscribe")
    name: str
    services: list[str] = Field(description="who sets or reads it")
    type: str | None = Field(description="null where it is not known")
    sure: bool = Field(description="false where the other side may have it, too, and nobody sees it")
    details: list[DetailModel] = Field(description="`type`, and how often it is `set`")


class FindingChangeModel(ChangedModel):
    """A finding by what it is about, wherever it stands; `before` and `after` are places, `was` and `now` how many there are."""

    code: str
    slug: str
    severity: Literal["error", "warning", "advice"]
    confidence: Literal["certain", "derived", "guess"]
    subject: str
    services: list[str]
    message: str
    was: int
    now: int
    parts: ShiftModel = Field(description="services that have a part in it now, or had one")


class NumberModel(Model):
    """A number that is another one now."""

    service: str | None = Field(description="null for the whole system")
    measure: str = Field(description="a name of `stats` or `coupling` of the report; of blind spots, transport and role")
    before: float | None
    after: float | None


class BreakingModel(Model):
    """Something that `services` rely on and that is no longer so."""

    kind: Literal["field-gone", "field-type", "field-sometimes", "channel-silent", "endpoint-gone"]
    sure: bool = Field(description="false where something that is not resolved or not understood may still make it good")
    subject: str
    services: list[str]
    kept_by: list[str] = Field(description="who published, set or served it")
    message: str
    channel: ConduitModel | None
    before: list[HopModel] = Field(description="what kept it, in BASE")
    after: list[HopModel] = Field(description="what relies on it, in HEAD")


class DifferenceModel(Model):
    """The difference between two scans."""

    schema_: Literal["flowmap-diff/1"] = Field("flowmap-diff/1", alias="schema")
    name: str = Field(description="of what was scanned")
    base: str
    head: str
    changed: bool
    breaking: list[BreakingModel] = Field(description="what is sure first")
    services: list[ServiceChangeModel]
    channels: list[ChannelChangeModel]
    endpoints: list[EndpointChangeModel]
    edges: list[EdgeChangeModel]
    fields: list[FieldChangeModel]
    findings: list[FindingChangeModel]
    numbers: list[NumberModel]
    blind_spots: list[NumberModel] = Field(description="by service, transport and role")
    remarks: list[str] = Field(description="what could not be compared, and what only one of the scans could not read")


def render(found: Difference) -> str:
    """The difference as JSON."""
    model = DifferenceModel(
        schema="flowmap-diff/1",
        name=found.root,
        base=found.before,
        head=found.after,
        changed=bool(found),
        breaking=[_breaking(b) for b in found.breaking],
        services=[_service(c) for c in found.services],
        channels=[_channel(c) for c in found.channels],
        endpoints=[_endpoint(c) for c in found.endpoints],
        edges=[_edge(c) for c in found.edges],
        fields=[_field(c) for c in found.fields],
        findings=[_finding(c) for c in found.findings],
        numbers=_numbers(found.numbers),
        blind_spots=_numbers(found.blind),
        remarks=list(found.remarks),
    )
    shown = json.dumps(model.model_dump(mode="json", by_alias=True), indent=2, ensure_ascii=False)
    return shown.encode("utf-8", "backslashreplace").decode() + "\n"


def json_schema_text() -> str:
    """The JSON Schema of the document, as it is published."""
    schema = DifferenceModel.model_json_schema(by_alias=True, mode="serialization")
    return published(schema, "flowmap-diff/1")


def _shift(s: Shift) -> ShiftModel:
    return ShiftModel(added=list(s.added), removed=list(s.removed))


def _places(p: Proof) -> dict[str, list[HopModel]]:
    return {"before": [hop(e) for e in p.before], "after": [hop(e) for e in p.after]}


def _details(details: Iterable[Detail]) -> list[DetailModel]:
    return [DetailModel(name=d.name, before=d.before, after=d.after) for d in details]


def _conduit(c: Conduit) -> ConduitModel:
    return ConduitModel(transport=c.transport, name=c.name, exchange=c.exchange, event=c.event)


def _service(c: ServiceChange) -> ServiceChangeModel:
    return ServiceChangeModel(how=c.how.value, service=c.name, details=_details(c.details), **_places(c.proof))


def _channel(c: ChannelChange) -> ChannelChangeModel:
    return ChannelChangeModel(
        how=c.how.value,
        channel=_conduit(c.conduit),
        publishers=_shift(c.publishers),
        subscribers=_shift(c.subscribers),
        **_places(c.proof),
    )


def _endpoint(c: EndpointChange) -> EndpointChangeModel:
    return EndpointChangeModel(how=c.how.value, service=c.service, transport=c.transport, operation=c.operation, **_places(c.proof))


def _edge(c: EdgeChange) -> EdgeChangeModel:
    kind, source, target, channel = c.identity
    return EdgeChangeModel(
        how=c.how.value,
        kind=kind.value,
        source=source,
        target=target,
        channel=channel or None,
        transport=c.transport,
        operations=_shift(c.operations),
        **_places(c.proof),
    )


def _field(c: FieldChange) -> FieldChangeModel:
    return FieldChangeModel(
        how=c.how.value,
        channel=_conduit(c.conduit),
        side=c.side.value,
        name=c.name,
        services=list(c.services),
        type=c.type or None,
        sure=c.sure,
        details=_details(c.details),
        **_places(c.proof),
    )


def _finding(c: FindingChange) -> FindingChangeModel:
    f, places = c.finding, [hop(e) for e in c.finding.evidence]
    return FindingChangeModel(
        how=c.how.value,
        code=f.code,
        slug=f.slug,
        severity=f.severity.value,
        confidence=f.confidence.value,
        subject=f.subject,
        services=list(f.services),
        message=f.message,
        was=c.before,
        now=c.after,
        parts=_shift(c.services),
        before=[] if c.after else places,
        after=places if c.after else [],
    )


def _numbers(changes: Iterable[Change]) -> list[NumberModel]:
    return [NumberModel(service=c.service or None, measure=c.measure, before=c.before, after=c.after) for c in changes]


def _breaking(b: Breaking) -> BreakingModel:
    return BreakingModel(
        kind=b.kind.value,
        sure=b.sure,
        subject=b.subject,
        services=list(b.services),
        kept_by=list(b.keepers),
        message=b.message,
        channel=_conduit(b.conduit) if b.conduit is not None else None,
        **_places(b.proof),
    )


FORMAT = Format("json", "the difference, to the published schema flowmap-diff/1", render)
