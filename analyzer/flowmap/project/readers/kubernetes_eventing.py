"""Knative Eventing: what sources, triggers, subscriptions and sequences bring to which services, and where bound ones send.

A broker, a channel and a sink of events are conduits of one name space, whatever carries them. Namespaces do not count, nor do
filters by anything but type and source, nor what a subscriber answers to a broker.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.descriptor_api import Conduit, Declarations, DeclaredProcess, External, ExternalKind, Forward, Role, Setting, Wire
from flowmap.model.location import Evidence
from flowmap.project.paths import parent
from flowmap.project.yaml_nodes import Table, table, tables, text, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flowmap.descriptor_api import DescriptorFile
    from flowmap.model.location import Location

_OURS, _GOOGLES = "knative.dev/", "events.cloud.google.com/"
_TRANSPORT = "knative"
# The kind, the transport, and where the names of its channels stand.
_SOURCES = (
    ("KafkaSource", "kafka", ("spec", "topics")),
    ("RabbitmqSource", "amqp", ("spec", "rabbitmqResourcesConfig", "queueName")),
    ("AwsSqsSource", "sqs", ("spec", "queueUrl")),
    ("RedisStreamSource", "redis", ("spec", "stream")),
)
# Sources that carry nobody's messages, and the type of the events that they make.
_OWN_EVENTS = {
    "PingSource": "dev.knative.sources.ping",
    "CloudSchedulerSource": "google.cloud.scheduler.job.v1.executed",
    "CloudStorageSource": "google.cloud.storage.object.v1.finalized",
    "CloudAuditLogsSource": "google.cloud.audit.log.v1.written",
}
_SINKS = (("KafkaSink", "kafka", ("spec", "topic")),)
_BROKERS = "broker-ingress.knative-eventing.svc.cluster.local"


def eventing_of(file: DescriptorFile, manifest: Table) -> Declarations:
    """What one resource wires; nothing if it is of another API."""
    api, kind = text(manifest.get("apiVersion")).partition("/")[0] + "/", text(manifest.get("kind"))
    if not api.endswith((_OURS, _GOOGLES)):
        return Declarations()
    wired = list(_wired(file, manifest, kind))
    return Declarations(
        wires=tuple(w for w in wired if isinstance(w, Wire)),
        forwards=tuple(w for w in wired if isinstance(w, Forward)),
        processes=tuple(_bound(file, manifest)) if kind == "SinkBinding" else (),
        externals=tuple(_making(file, manifest, _OWN_EVENTS[kind])) if kind in _OWN_EVENTS else (),
    )


def _making(file: DescriptorFile, manifest: Table, event: str) -> Iterator[External]:
    """A source of events of its own, as somebody who sends them."""
    name, sink = text(manifest.get("metadata", "name")), table(manifest.get("spec", "sink", "ref"))
    conduit = _conduit(sink) if text(sink.get("kind")) not in ("Service", "Deployment") else ""
    if name and conduit:
        where = file.at(table(manifest.get("spec")).at("sink"))
        sent = Wire(_TRANSPORT, conduit, where, role=Role.PUBLISH, event=event)
        yield External(name, ExternalKind.DECLARED, evidence=(Evidence(where, "sends events of its own"),), does=(sent,))


def _wired(file: DescriptorFile, manifest: Table, kind: str) -> Iterator[Wire | Forward]:
    for named, transport, place in _SOURCES:
        if kind == named:
            where = file.at(table(manifest.get(*place[:-1])).at(place[-1]))
            for topic in texts(manifest.get(*place)):
                group = text(manifest.get("spec", "consumerGroup"))
                yield from _brought(Conduit(transport, topic.rpartition("/")[2]), table(manifest.get("spec", "sink")), where, group)
    for named, transport, place in _SINKS:
        name, topic = text(manifest.get("metadata", "name")), text(manifest.get(*place))
        if kind == named and name and topic:
            where = file.at(table(manifest.get(*place[:-1])).at(place[-1]))
            yield Forward(Conduit(_TRANSPORT, name), Conduit(transport, topic), where)
    if kind in _READ:
        yield from _READ[kind](file, manifest)


def _brought(source: Conduit, sink: Table, where: Location, group: str = "") -> Iterator[Wire | Forward]:
    """The events of a conduit, brought to a service, or carried on to another conduit."""
    ref = table(sink.get("ref")) if "ref" in sink.entries else sink  # the oldest version names the sink without a `ref`
    name = text(ref.get("name"))
    if name and text(ref.get("kind")) in ("Service", "Deployment"):
        yield Wire(
            source.transport,
            source.channel,
            where,
            (name,),
            "/" + text(sink.get("uri")).lstrip("/"),
            event=source.event,
            source=source.source,
            group=group,
        )
    elif name and (conduit := _conduit(ref)):
        yield Forward(source, Conduit(_TRANSPORT, conduit), where)


def _conduit(ref: Table) -> str:
    """What a reference to a broker, a channel or a sink is called as a conduit; a sequence takes events in its first channel."""
    name = text(ref.get("name"))
    return f"{name}-kn-sequence-0" if text(ref.get("kind")) == "Sequence" else name


def _trigger(file: DescriptorFile, manifest: Table) -> Iterator[Wire | Forward]:
    spec = table(manifest.get("spec"))
    attributes = table(spec.get("filter", "attributes"))
    exact = next((table(f.get("exact")) for f in tables(spec.get("filters")) if "exact" in f.entries), attributes)
    source = Conduit(
        _TRANSPORT, text(spec.get("broker")) or "default", event=text(exact.get("type")), source=text(exact.get("source"))
    )
    yield from _brought(source, table(spec.get("subscriber")), file.at(spec.at("broker")))


def _subscription(file: DescriptorFile, manifest: Table) -> Iterator[Wire | Forward]:
    spec = table(manifest.get("spec"))
    name, subscriber, reply = text(spec.get("channel", "name")), table(spec.get("subscriber")), table(spec.get("reply"))
    if name:
        where = file.at(spec.at("channel"))
        yield from _brought(Conduit(_TRANSPORT, name), subscriber, where)
        yield from _answered(subscriber, _conduit(table(reply.get("ref"))), where)


def _sequence(file: DescriptorFile, manifest: Table) -> Iterator[Wire | Forward]:
    """Each step gets what the one before it answers."""
    name, reply = text(manifest.get("metadata", "name")), table(manifest.get("spec", "reply"))
    steps = list(tables(manifest.get("spec", "steps")))
    for number, step in enumerate(steps):
        where = file.at(step.line)
        yield from _brought(Conduit(_TRANSPORT, f"{name}-kn-sequence-{number}"), step, where)
        last = number == len(steps) - 1
        yield from _answered(step, _conduit(table(reply.get("ref"))) if last else f"{name}-kn-sequence-{number + 1}", where)


def _answered(subscriber: Table, conduit: str, where: Location) -> Iterator[Wire]:
    """What a subscriber answers is an event too."""
    name = text(subscriber.get("ref", "name"))
    if name and conduit:
        yield Wire(_TRANSPORT, conduit, where, (name,), role=Role.PUBLISH)


def _bound(file: DescriptorFile, manifest: Table) -> Iterator[DeclaredProcess]:
    """The process that is told where to send its events."""
    name, ref = text(manifest.get("spec", "subject", "name")), table(manifest.get("spec", "sink", "ref"))
    namespace = text(manifest.get("metadata", "namespace")) or "default"
    address = _address(ref, namespace)
    if name and address:
        where = file.at(table(manifest.get("spec")).at("sink"))
        yield DeclaredProcess(
            name=name,
            system="kubernetes",
            scope=parent(file.path),
            location=where,
            rank=10,
            environment=(Setting("K_SINK", address + "/" + text(manifest.get("spec", "sink", "uri")).lstrip("/"), where),),
        )


def _address(ref: Table, namespace: str) -> str:
    """The URL of what a reference names, without a slash at its end; empty if it names nothing."""
    name, kind = text(ref.get("name")), text(ref.get("kind"))
    if kind == "Service":
        return f"http://{name}.{namespace}.svc.cluster.local"
    if kind == "Broker":
        return f"http://{_BROKERS}/{namespace}/{name}"
    return f"http://{_conduit(ref)}-kn-channel.{namespace}.svc.cluster.local" if name else ""


_READ: dict[str, Callable[[DescriptorFile, Table], Iterator[Wire | Forward]]] = {
    "Trigger": _trigger,
    "Subscription": _subscription,
    "Sequence": _sequence,
}
