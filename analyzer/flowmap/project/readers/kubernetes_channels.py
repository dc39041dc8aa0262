"""Topics and queues that resources of Kubernetes make, or that KEDA watches, and bindings of RabbitMQ's operator.

A name with a variable in it is left out. What one file binds to exchanges of another is known, not of which type these are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.descriptor_api import Diagnostic, Existing, Forward
from flowmap.project.rabbitmq import Bound, forwards_of
from flowmap.project.yaml_nodes import table, tables, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flowmap.descriptor_api import DescriptorFile
    from flowmap.project.yaml_nodes import Table

_RABBITMQ = "rabbitmq.com/"
_NAMED = ("metadata", "name")
# The kind, how its API begins, the transport, and where the name of the channel stands: the first that does.
_MADE = (
    ("KafkaTopic", "", "kafka", (("spec", "topicName"), ("spec", "name"), _NAMED)),
    ("Topic", "cluster.redpanda.com/", "kafka", (("spec", "overwriteTopicName"), _NAMED)),
    ("Topic", "kafka/", "kafka", (_NAMED,)),
    ("Topic", "sns.services.k8s.aws/", "sns", (("spec", "name"),)),
    ("Queue", "sqs.services.k8s.aws/", "sqs", (("spec", "queueName"),)),
    ("Queue", _RABBITMQ, "amqp", (("spec", "name"),)),
    ("PubSubTopic", "pubsub.cnrm.cloud.google.com/", "pubsub", (("spec", "resourceID"), _NAMED)),
)
# Who is scaled is no channel; the type of a trigger of KEDA, the transport, and the keys that name its channel.
_WATCHED = (
    ("kafka", "kafka", ("topic",)),
    ("apache-kafka", "kafka", ("topic",)),
    ("rabbitmq", "amqp", ("queueName",)),
    ("aws-sqs-queue", "sqs", ("queueURL",)),
    ("gcp-pubsub", "pubsub", ("subscriptionName", "topicName")),
    ("redis", "redis", ("listName",)),
    ("redis-streams", "redis", ("stream",)),
    ("azure-servicebus", "servicebus", ("queueName", "topicName")),
    ("azure-eventhub", "eventhub", ("eventHubName",)),
    ("aws-kinesis-stream", "kinesis", ("streamName",)),
    ("nats-jetstream", "nats", ("subject",)),
)


def existing_of(file: DescriptorFile, manifest: Table) -> Iterator[Existing]:
    """The channels that a manifest makes."""
    kind, api = text(manifest.get("kind")), text(manifest.get("apiVersion"))
    if kind == "KafkaTopicList":
        for item in tables(manifest.get("items")):
            yield from _named(file, item, "kafka", (_NAMED,))
    elif kind == "ClowdApp":
        for item in tables(manifest.get("spec", "kafkaTopics")):
            yield from _named(file, item, "kafka", (("topicName",),))
    elif kind in ("ScaledObject", "ScaledJob") and api.startswith("keda.sh/"):
        yield from _watched(file, manifest)
    for made, start, transport, places in _MADE:
        if kind == made and api.startswith(start):
            yield from _named(file, manifest, transport, places)


def _watched(file: DescriptorFile, manifest: Table) -> Iterator[Existing]:
    """The channels whose backlog decides how many of a workload run."""
    for trigger in tables(manifest.get("spec", "triggers")):
        for kind, transport, keys in _WATCHED:
            if text(trigger.get("type")) == kind:
                metadata = table(trigger.get("metadata"))
                named = ((key, text(metadata.get(key))) for key in keys)
                for key, name in named:
                    if name and not {"{", "$"} & set(name):
                        yield Existing(transport, name.rstrip("/").rpartition("/")[2], file.at(metadata.at(key)))


def _named(file: DescriptorFile, node: Table, transport: str, places: tuple[tuple[str, ...], ...]) -> Iterator[Existing]:
    place = next((p for p in places if text(node.get(*p))), None)
    name = text(node.get(*place)) if place is not None else ""
    if place is not None and not {"{", "$"} & set(name):
        holder = table(node.get(*place[:-1]))
        yield Existing(transport, name, file.at(holder.at(place[-1])))


def bindings_of(file: DescriptorFile, manifests: Iterable[Table]) -> tuple[tuple[Forward, ...], tuple[Diagnostic, ...]]:
    """What the bindings of a file bring from exchanges to queues, and what of them is not followed."""
    ours = [m for m in manifests if text(m.get("apiVersion")).startswith(_RABBITMQ)]
    exchanges = (table(m.get("spec")) for m in ours if text(m.get("kind")) == "Exchange")
    bindings = (table(m.get("spec")) for m in ours if text(m.get("kind")) == "Binding")
    bound = [
        Bound(
            text(b.get("source")),
            text(b.get("destination")),
            text(b.get("routingKey")),
            file.at(b.at("source")),
            text(b.get("destinationType")) == "exchange",
        )
        for b in bindings
    ]
    return forwards_of(bound, {text(e.get("name")): text(e.get("type")) or "direct" for e in exchanges})
