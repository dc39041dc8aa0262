"""The stable contract `flowmap/1` as pydantic models, from which the published JSON Schema is made. What a field means stands
here and is part of the schema; how it is filled is the business of `json_report`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from flowmap.json_schema import published
from flowmap.reporters.json_advice import AdviceModel
from flowmap.reporters.json_base import HopModel, LocationModel, Model
from flowmap.reporters.json_effects import EffectModel
from flowmap.reporters.json_gate import GateModel
from flowmap.reporters.json_numbers import CouplingModel, TrendModel
from flowmap.reporters.json_patience import BreakerModel, RetryModel, TimeoutModel
from flowmap.reporters.json_steps import TakenModel
from flowmap.reporters.json_wiring import AddressModel, WiringModel
from flowmap.reporters.json_workflows import WorkflowModel

SCHEMA_FILE = "flowmap-1.schema.json"
"""The published schema, beside this module."""
Count = Annotated[int, Field(ge=0)]


class ServiceModel(Model):
    """A deployable unit whose Python code is in the scan."""

    name: str
    root: str
    entry: str | None
    description: str
    aliases: list[str]
    owners: list[str] = Field(description="as CODEOWNERS or the catalogue of the organisation names them; empty if neither does")
    system: str | None = Field(description="the system of the catalogue that it is part of")
    domain: str | None = Field(description="the bounded context that it belongs to, as the configuration or the catalogue says")
    addresses: list[AddressModel]
    evidence: list[HopModel]


class EndpointModel(Model):
    """Whom the code of a call names, as far as it does; `setting` is the variable that holds the address."""

    host: str | None
    port: int | None
    scheme: str | None
    setting: str | None
    package: str | None = Field(description="that of the service in the interface file that describes the operation")
    streams: Literal["request", "response", "both"] | None = Field(description="who sends many messages for one call")


class AskedModel(Model):
    """What the code of a call says by itself, with the first so many pieces of `evidence`."""

    evidence: int
    target: str | None
    operation: str | None
    confidence: Literal["certain", "derived", "guess"]
    unresolved: str | None


class HandlerModel(Model):
    """Where the function stands that runs when something arrives."""

    key: str = Field(description="names the function within the scan")
    location: LocationModel


Trait = Literal["awaited", "answers", "beside", "called", "planned", "private", "public", "speculative", "unreached", "unwaited"]
"""Whether the call is awaited in the code, or nobody waits for it; what sends or takes answers; what stands in a file beside the
program, which does not load it; a task whose function is called like any other as well; what an engine does by plan; whose other
end nobody else can name, or may be in no scan; what counts only if something else confirms it; what nothing in the scan reaches."""


class FieldModel(Model):
    """A field of a message, by its dotted name; what stands in a list is behind `[]`."""

    name: str
    type: str | None = Field(description="as it is declared, or the kind of value that is set; null where neither is seen")
    always: bool = Field(description="set in every message; of a subscription: read from every message")
    spare: bool = Field(description="read by somebody who provides for its absence")
    open: bool = Field(description="not everything in it is known")
    location: LocationModel = Field(description="where it is set or read first")


class PayloadModel(Model):
    """What a publication puts into its messages, or a subscription reads from them."""

    model: str | None = Field(description="the class that describes the message")
    open: bool = Field(description="fields that nobody sees may be set, or read, as well")
    fields: list[FieldModel]


class InteractionModel(Model):
    """A place that publishes, subscribes, calls or serves. A varying part of a channel or path is `{}`."""

    id: str = Field(description="stable under unrelated edits")
    role: Literal["publish", "subscribe", "call", "serve"]
    service: str = Field(description="a service; under `outside`, `external:<name>`")
    transport: str
    channel: str | None
    exchange: str | None
    event: str | None
    target: str | None = Field(description="a service, `external:<name>`, or null")
    operation: str | None
    kind: Literal["event", "command", "task", "query"]
    handler: str | None
    handled: HandlerModel | None = Field(description="where the handler is")
    group: str | None
    source: str | None = Field(description="the sender that the message names, or that the subscription asks for")
    match: Literal["exact", "amqp", "nats", "mqtt", "glob", "regex", "stomp", "prefixed"] = Field(
        description="how the channel is compared"
    )
    space: str = Field(description="channels of different spaces never meet")
    broker: str = Field(description="the transport that carries it, where that is another one")
    endpoint: EndpointModel | None
    asked: AskedModel | None = Field(description="of a call that the rest of the system tells more about; null for every other")
    traits: list[Trait]
    payload: PayloadModel | None = Field(description="null where nothing is known of it")
    location: LocationModel
    function: str
    via: list[HopModel] = Field(description="from where the destination is decided down to the library call")
    evidence: list[HopModel] = Field(description="what outside the code decides the destination: the line that sets a variable")
    local: bool = Field(description="stays inside a process; such sites are there only if they were asked for")
    timeout: TimeoutModel | None = Field(description="of a call; null where the plugin does not say")
    retries: list[RetryModel] = Field(description="what tries the call again, outermost first")
    breakers: list[BreakerModel] = Field(description="circuit breakers around the call, outermost first")
    triggers: list[str] = Field(description="ids of the endpoints and subscriptions whose handlers reach this site")
    steps: list[TakenModel] = Field(description="how they come to it, as far as that is followed")
    confidence: Literal["certain", "derived", "guess"]
    unresolved: str | None = Field(description="why the destination is not known; null if it is")
    plugin: str


class EdgeModel(Model):
    """Who reaches whom. `channel` is the published name; null for coordination."""

    kind: Literal["collaboration", "coordination"]
    source: str
    target: str
    channel: str | None
    transport: str
    local: bool = Field(description="inside one process")
    interactions: list[str]
    confidence: Literal["certain", "derived", "guess"]


class ExternalModel(Model):
    """What lies outside the scanned code."""

    name: str
    kind: Literal["api", "declared-service", "product"]
    addresses: list[AddressModel]
    image: str = Field(description="what it is deployed from; empty if nothing says so")
    publishes: list[str] = Field(description="the channels that the configuration declares")
    subscribes: list[str]
    evidence: list[HopModel]


class ChainModel(Model):
    """Services that wait for one another, endpoint by endpoint."""

    hops: int
    services: list[str]
    interactions: list[str]


class FindingModel(Model):
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


class SuppressionModel(Model):
    """A comment in the code that sets findings on its line apart, whether there are any or not."""

    location: LocationModel
    rules: list[str] = Field(description="codes, beginnings of codes and slugs, as they are written")
    reason: str = Field(description="empty if none is given")


class SuppressedModel(Model):
    """A finding that the team has decided to live with. It is none of `findings`, and fails no gate."""

    finding: FindingModel
    how: Literal["inline", "configuration"] = Field(description="by a comment in the code, or by the configuration")
    location: LocationModel = Field(description="where that is written; a configuration by the name of its file")
    reason: str = Field(description="empty if a comment gives none")


class BlindSpotModel(Model):
    """A site whose destination could not be resolved."""

    interaction: str
    role: Literal["publish", "subscribe", "call", "serve"]
    service: str
    transport: str
    reason: str
    remedy: str = Field(description="what can be done about it")
    location: LocationModel


class DiagnosticModel(Model):
    """Something about the scan itself."""

    message: str
    location: LocationModel | None


class LeftOutModel(Model):
    """Files that were not looked at, and why."""

    reason: str
    count: int
    example: str


class StatsModel(Model):
    """Counts over the whole scan."""

    files: Count
    lines: Count
    services: Count
    interactions: Count
    resolved: Count
    blind_spots: Count
    edges: Count
    findings: Count
    suppressed: Count
    workflows: Count
    longest_chain: Count
    sync_share: float | None = Field(description="the share of edges on which somebody waits; null without edges")
    autonomy: float | None = Field(description="the share of endpoints that answer without waiting for anybody; null without any")
    hidden: Count = Field(description="sites inside a process that were not asked for, and so are not there")


class ToolModel(Model):
    """Who wrote the document."""

    name: str = "flowmap"
    version: str


class ReportModel(Model):
    """A scan."""

    schema_: Literal["flowmap/1"] = Field("flowmap/1", alias="schema")
    tool: ToolModel
    name: str = Field(description="of what was scanned")
    root: str
    services: list[ServiceModel]
    interactions: list[InteractionModel]
    outside: list[InteractionModel] = Field(description="what documents and other people's programs state of `external:<name>`")
    unconnected: list[InteractionModel] = Field(description="sites that mean nothing unless the rest of a larger system does")
    wiring: WiringModel
    effects: list[EffectModel] = Field(description="what services do with what they keep")
    edges: list[EdgeModel]
    externals: list[ExternalModel]
    coupling: list[CouplingModel] = Field(description="one for each service, in their order")
    advice: list[AdviceModel] = Field(description="what could become an event: work that can wait first, then what saves most")
    chains: list[ChainModel] = Field(description="longest first; paths that a longer one contains are left out")
    findings: list[FindingModel]
    suppressed: list[SuppressedModel]
    suppressions: list[SuppressionModel]
    workflows: list[WorkflowModel] = Field(description="those of the most services first")
    blind_spots: list[BlindSpotModel]
    diagnostics: list[DiagnosticModel]
    left_out: list[LeftOutModel]
    stats: StatsModel
    gate: GateModel | None = Field(description="the verdict of `flowmap check`; null for a scan")
    trend: TrendModel | None = Field(description="what has changed since the earlier report that was given; null without one")


def json_schema_text() -> str:
    """The JSON Schema of the document, as it is published."""
    schema = ReportModel.model_json_schema(by_alias=True, mode="serialization")
    return published(schema, "flowmap/1")
