"""What lies between sites, and where they are reached, in the shape of the contract: written, and read again."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from flowmap.model.disposal import Disposal
from flowmap.model.flow import Parts
from flowmap.model.interaction import Confidence, Match
from flowmap.model.project import Address, Conduit, Existing, Forward, Route
from flowmap.reporters.json_base import LocationModel, Model, location, place


class AddressModel(Model):
    """A way to reach something; without a port any."""

    host: str
    port: int | None
    location: LocationModel


class ConduitModel(Model):
    """What carries messages: a queue, a topic, an event type on a bus."""

    transport: str
    channel: str
    exchange: str
    event: str
    source: str
    match: Literal["exact", "amqp", "nats", "mqtt", "glob", "regex", "stomp", "prefixed"]


class ForwardModel(Model):
    """What arrives at `source` is carried on to `target`."""

    source: ConduitModel
    target: ConduitModel
    location: LocationModel
    confidence: Literal["certain", "derived", "guess"]


class RouteModel(Model):
    """What a gateway passes on, and to whom."""

    prefix: str
    host: str
    port: int | None
    instead: str | None
    exact: bool
    gateways: list[str]
    names: list[str]
    hosts: list[str]
    location: LocationModel


class ExistingModel(Model):
    """A channel that is there, whoever uses it."""

    transport: str
    channel: str
    location: LocationModel


class DisposalModel(Model):
    """A queue or subscription that a deployment file makes."""

    transport: str
    channel: str
    ends: bool = Field(description="it has an end for messages that nobody can handle")
    location: LocationModel


class WiringModel(Model):
    """What lies between the sites: it is needed to connect several reports as one system."""

    forwards: list[ForwardModel] = Field(description="of deployment files")
    bindings: list[ForwardModel] = Field(description="of queues, in the code")
    routes: list[RouteModel]
    existing: list[ExistingModel] = Field(description="channels that deployment files make or a broker lists")
    elsewhere: list[ExistingModel] = Field(description="channels of services that programs in other languages name")
    disposals: list[DisposalModel] = Field(description="what becomes of messages that nobody can handle")


def address(a: Address) -> AddressModel:
    """A way to reach something, as it is written."""
    return AddressModel(host=a.host, port=a.port, location=location(a.location))


def wiring(parts: Parts) -> WiringModel:
    """What lies between the sites, as it is written."""
    return WiringModel(
        forwards=[_forward(f) for f in parts.forwards],
        bindings=[_forward(f) for f in parts.bindings],
        routes=[_route(r) for r in parts.routes],
        existing=_there(parts.existing),
        elsewhere=_there(parts.elsewhere),
        disposals=[
            DisposalModel(transport=d.transport, channel=d.channel, ends=d.ends, location=location(d.location))
            for d in parts.disposals
        ],
    )


def _there(channels: tuple[Existing, ...]) -> list[ExistingModel]:
    return [ExistingModel(transport=e.transport, channel=e.channel, location=location(e.location)) for e in channels]


def _forward(f: Forward) -> ForwardModel:
    return ForwardModel(
        source=_conduit(f.source), target=_conduit(f.target), location=location(f.location), confidence=f.confidence.value
    )


def _conduit(c: Conduit) -> ConduitModel:
    return ConduitModel(
        transport=c.transport, channel=c.channel, exchange=c.exchange, event=c.event, source=c.source, match=c.match.value
    )


def _route(r: Route) -> RouteModel:
    return RouteModel(
        prefix=r.prefix,
        host=r.host,
        port=r.port,
        instead=r.instead,
        exact=r.exact,
        gateways=list(r.gateways),
        names=list(r.names),
        hosts=list(r.hosts),
        location=location(r.location),
    )


def addresses(models: list[AddressModel]) -> tuple[Address, ...]:
    """Ways to reach something, as they were written."""
    return tuple(Address(m.host, m.port, place(m.location)) for m in models)


def carried(models: list[ForwardModel]) -> tuple[Forward, ...]:
    """What carries messages on, as it was written."""
    return tuple(Forward(_carrier(m.source), _carrier(m.target), place(m.location), Confidence(m.confidence)) for m in models)


def _carrier(m: ConduitModel) -> Conduit:
    return Conduit(m.transport, m.channel, m.exchange, m.event, m.source, Match(m.match))


def passed(models: list[RouteModel]) -> tuple[Route, ...]:
    """What gateways pass on, as it was written."""
    return tuple(
        Route(m.prefix, m.host, m.port, place(m.location), m.instead, m.exact, tuple(m.gateways), tuple(m.names), tuple(m.hosts))
        for m in models
    )


def there(models: list[ExistingModel]) -> tuple[Existing, ...]:
    """The channels that are there, as they were written."""
    return tuple(Existing(m.transport, m.channel, place(m.location)) for m in models)


def ended(models: list[DisposalModel]) -> tuple[Disposal, ...]:
    """What becomes of messages that nobody can handle, as it was written."""
    return tuple(Disposal(m.transport, m.channel, place(m.location), m.ends) for m in models)
