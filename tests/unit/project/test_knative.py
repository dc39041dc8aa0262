"""Knative Eventing: what is brought to whom, and where bound services send."""

from __future__ import annotations

import pytest
from fixtures import Read, Scan
from flowmap.descriptor_api import Declarations
from flowmap.project.readers.kubernetes import READER

SERVICE = "{ref: {kind: Service, name: till}}"
BROKER = "{ref: {kind: Broker, name: main}}"


def manifest(kind: str, spec: str, api: str = "sources.knative.dev/v1") -> str:
    return f"apiVersion: {api}\nkind: {kind}\nmetadata: {{name: one, namespace: shop}}\nspec: {spec}\n"


def _said(found: Declarations) -> list[str]:
    wires = [
        f"{w.role} {w.transport} {w.channel} {w.event} {w.source} {','.join(w.services)} {w.route} {w.group}" for w in found.wires
    ]
    forwards = [f"{f.source.transport} {f.source.channel} -> {f.target.transport} {f.target.channel}" for f in found.forwards]
    return [" ".join(said.split()) for said in (*wires, *forwards)]


EVENTING, MESSAGING, FLOWS = "eventing.knative.dev/v1", "messaging.knative.dev/v1", "flows.knative.dev/v1"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            manifest("KafkaSource", f"{{topics: [a, b], consumerGroup: g, sink: {SERVICE}}}"),
            ["subscribe kafka a till / g", "subscribe kafka b till / g"],
        ),
        (
            manifest("KafkaSource", "{topics: a, sink: {kind: Service, name: till}}", "sources.eventing.knative.dev/v1alpha1"),
            ["subscribe kafka a till /"],
        ),
        (manifest("KafkaSource", f"{{topics: [a], sink: {BROKER}}}"), ["kafka a -> knative main"]),
        (manifest("KafkaSource", "{topics: [a], sink: {ref: {kind: Sequence, name: s}}}"), ["kafka a -> knative s-kn-sequence-0"]),
        (
            manifest("KafkaSource", "{topics: [a], sink: {ref: {kind: Service, name: till}, uri: in}}"),
            ["subscribe kafka a till /in"],
        ),
        (
            manifest("RabbitmqSource", f"{{rabbitmqResourcesConfig: {{queueName: q}}, sink: {SERVICE}}}"),
            ["subscribe amqp q till /"],
        ),
        (manifest("KafkaSink", "{topic: t}", EVENTING), ["knative one -> kafka t"]),
        (
            manifest(
                "Trigger", f"{{broker: main, filter: {{attributes: {{type: t, source: s}}}}, subscriber: {SERVICE}}}", EVENTING
            ),
            ["subscribe knative main t s till /"],
        ),
        (manifest("Trigger", f"{{subscriber: {SERVICE}}}", EVENTING), ["subscribe knative default till /"]),
        (
            manifest("Trigger", f"{{broker: main, filters: [{{exact: {{type: t}}}}], subscriber: {SERVICE}}}", EVENTING),
            ["subscribe knative main t till /"],
        ),
        (
            manifest("Trigger", f"{{broker: main, subscriber: {BROKER.replace('main', 'other')}}}", EVENTING),
            ["knative main -> knative other"],
        ),
        (
            manifest("Subscription", f"{{channel: {{kind: Channel, name: c}}, subscriber: {SERVICE}, reply: {BROKER}}}", MESSAGING),
            ["subscribe knative c till /", "publish knative main till"],
        ),
        (
            manifest("Sequence", f"{{steps: [{SERVICE}, {SERVICE.replace('till', 'desk')}], reply: {BROKER}}}", FLOWS),
            [
                "subscribe knative one-kn-sequence-0 till /",
                "publish knative one-kn-sequence-1 till",
                "subscribe knative one-kn-sequence-1 desk /",
                "publish knative main desk",
            ],
        ),
        # look-alikes
        (manifest("Trigger", f"{{broker: main, subscriber: {SERVICE}}}", "example.org/v1"), []),
        (manifest("KafkaSource", f"{{topics: [a], sink: {SERVICE}}}", "sources.triggermesh.io/v1alpha1"), []),
        (manifest("KafkaSource", "{topics: [a], sink: {uri: 'http://elsewhere'}}"), []),
        (manifest("KafkaSource", f"{{sink: {SERVICE}}}"), []),
        (manifest("PingSource", f"{{schedule: '* * * * *', sink: {SERVICE}}}"), []),
        (manifest("Trigger", "{broker: main}", EVENTING), []),
        (manifest("Subscription", f"{{subscriber: {SERVICE}}}", MESSAGING), []),
        (manifest("Subscription", "{topic: t, pubsubname: p}", "other.example/v1"), []),
        (manifest("Sequence", "{steps: text}", FLOWS), []),
        (manifest("Broker", "{}", EVENTING), []),
    ],
)
def test_what_is_wired(read: Read, text: str, expected: list[str]) -> None:
    assert _said(read(READER, {"k8s/e.yaml": text})) == expected


@pytest.mark.parametrize(
    ("kind", "sink", "api", "event"),
    [
        ("PingSource", BROKER, "sources.knative.dev/v1", "dev.knative.sources.ping"),
        ("CloudStorageSource", BROKER, "events.cloud.google.com/v1", "google.cloud.storage.object.v1.finalized"),
        ("PingSource", SERVICE, "sources.knative.dev/v1", None),
        ("PingSource", "{}", "sources.knative.dev/v1", None),
        ("PingSource", BROKER, "example.org/v1", None),
        ("ApiServerSource", BROKER, "sources.knative.dev/v1", None),
    ],
)
def test_who_sends_events_of_its_own(read: Read, kind: str, sink: str, api: str, event: str | None) -> None:
    found = read(READER, {"k8s/e.yaml": manifest(kind, f"{{sink: {sink}}}", api)}).externals
    assert [(e.name, w.channel, w.event) for e in found for w in e.does] == ([("one", "main", event)] if event else [])


@pytest.mark.parametrize(
    ("sink", "expected"),
    [
        (BROKER, ["http://broker-ingress.knative-eventing.svc.cluster.local/shop/main/"]),
        (SERVICE, ["http://till.shop.svc.cluster.local/"]),
        ("{ref: {kind: Service, name: till}, uri: /in}", ["http://till.shop.svc.cluster.local/in"]),
        ("{ref: {kind: Channel, name: c}}", ["http://c-kn-channel.shop.svc.cluster.local/"]),
        ("{uri: 'http://elsewhere'}", []),
        ("{}", []),
    ],
)
def test_where_a_bound_process_sends(read: Read, sink: str, expected: list[str]) -> None:
    text = manifest("SinkBinding", f"{{subject: {{kind: Deployment, name: desk}}, sink: {sink}}}")
    found = read(READER, {"k8s/e.yaml": text}).processes
    assert [(p.name, s.name, s.value) for p in found for s in p.environment] == [("desk", "K_SINK", e) for e in expected]


def test_a_binding_adds_to_a_process_of_another_file(scan: Scan) -> None:
    serving = "apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: desk}\n"
    pod = f"{serving}spec: {{template: {{spec: {{containers: [{{image: acme/desk}}]}}}}}}\n"
    binding = manifest("SinkBinding", f"{{subject: {{kind: Service, name: desk}}, sink: {BROKER}}}")
    files = {"desk/app.py": "import flask\napp = flask.Flask('x')\n", "desk/Dockerfile": "FROM python\nCOPY . .\nCMD flask run\n"}
    (found,) = scan({**files, "k8s/desk.yaml": pod, "more/bound.yaml": binding}).services
    assert [(s.name, s.location.path) for s in found.environment] == [("K_SINK", "more/bound.yaml")]
