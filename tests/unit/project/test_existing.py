"""Channels that are there whoever uses them: what manifests, commands and settings make, and what listings of a broker name."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flowmap.descriptor_api import Declarations
from flowmap.model.project import Project
from flowmap.project.readers import kafka, kubernetes

STRIMZI = "apiVersion: kafka.strimzi.io/v1beta2\nkind: KafkaTopic\nmetadata:\n  name: order-placed\n"
RABBIT = "apiVersion: rabbitmq.com/v1beta1\nkind: {}\nspec: {}\n"
KEDA = "apiVersion: keda.sh/v1alpha1\nkind: {}\nspec:\n  triggers:\n  - type: {}\n    metadata: {{{}}}\n"
CLOWD = (
    "kind: Template\nparameters: [{name: T, value: filled}]\nobjects:\n- kind: ClowdApp\n  spec:\n    kafkaTopics:\n"
    "    - topicName: platform.orders\n      partitions: 3\n    - topicName: ${T}\n    - topicName: ${X}\n    - partitions: 1\n"
)


def _said(found: Declarations) -> list[str]:
    return [f"{e.transport} {e.channel} :{e.location.line}" for e in found.existing]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (STRIMZI, ["kafka order-placed :4"]),
        (f"{STRIMZI}spec:\n  topicName: Order.Placed\n  partitions: 3\n", ["kafka Order.Placed :6"]),
        ("apiVersion: platform.confluent.io/v1beta1\nkind: KafkaTopic\nmetadata: {name: a}\nspec: {name: b}\n", ["kafka b :4"]),
        ("apiVersion: cluster.redpanda.com/v1alpha2\nkind: Topic\nmetadata: {name: a}\n", ["kafka a :3"]),
        ("apiVersion: cluster.redpanda.com/v1alpha2\nkind: Topic\nspec: {overwriteTopicName: b}\n", ["kafka b :3"]),
        ("kind: List\nitems:\n- kind: KafkaTopic\n  metadata: {name: a}\n", ["kafka a :4"]),
        ("kind: KafkaTopicList\nitems:\n- metadata: {name: a}\n- metadata: {name: b}\n", ["kafka a :3", "kafka b :4"]),
        (CLOWD, ["kafka platform.orders :7", "kafka filled :9"]),
        ("apiVersion: sqs.services.k8s.aws/v1alpha1\nkind: Queue\nspec: {queueName: q}\n", ["sqs q :3"]),
        ("apiVersion: pubsub.cnrm.cloud.google.com/v1beta1\nkind: PubSubTopic\nmetadata: {name: t}\n", ["pubsub t :3"]),
        (RABBIT.format("Queue", "{name: q}"), ["amqp q :3"]),
        (KEDA.format("ScaledObject", "kafka", "topic: a, consumerGroup: g"), ["kafka a :6"]),
        (KEDA.format("ScaledJob", "rabbitmq", "queueName: q"), ["amqp q :6"]),
        (KEDA.format("ScaledObject", "aws-sqs-queue", "queueURL: 'https://sqs.eu-west-1.amazonaws.com/1/q'"), ["sqs q :6"]),
        # look-alikes
        (KEDA.format("ScaledObject", "cpu", "topic: a"), []),
        (KEDA.format("ScaledObject", "kafka", "topic: '{{ .Values.topic }}'"), []),
        (KEDA.format("TriggerAuthentication", "kafka", "topic: a"), []),
        (KEDA.format("ScaledObject", "kafka", "topic: a").replace("keda.sh", "example.org"), []),
        ("apiVersion: example.org/v1\nkind: Topic\nmetadata: {name: a}\n", []),
        ("apiVersion: example.org/v1\nkind: Queue\nspec: {name: a, queueName: a}\n", []),
        (RABBIT.format("Exchange", "{name: e, type: fanout}"), []),
        ("kind: KafkaTopic\nmetadata: {name: '{{ .Values.topic }}'}\n", []),
        ("kind: KafkaTopic\nmetadata: {}\n", []),
        ("kind: KafkaUser\nmetadata: {name: a}\n", []),
        ("kind: ConfigMap\nmetadata: {name: KafkaTopic}\n", []),
    ],
)
def test_what_manifests_make(read: Callable[..., Declarations], text: str, expected: list[str]) -> None:
    assert _said(read(kubernetes.READER, {"k8s/topics.yaml": text})) == expected


def test_a_chart_makes_its_topics(scan: Callable[..., Project]) -> None:
    topic = "{{- range .Values.topics }}\n---\nkind: KafkaTopic\nmetadata:\n  name: {{ . }}\n{{- end }}\n"
    files = {"app.py": "", "Chart.yaml": "name: shop\n", "values.yaml": "topics: [a, b]\n", "templates/t.yaml": topic}
    assert [(e.channel, str(e.location)) for e in scan(files).existing] == [
        ("a", "templates/t.yaml:5"),
        ("b", "templates/t.yaml:5"),
    ]


BOUND = "{source: %s, destination: %s, destinationType: %s, routingKey: '%s'}"


@pytest.mark.parametrize(
    ("resources", "expected"),
    [
        ([("Binding", BOUND % ("e", "q", "queue", "order.*"))], ["e order.* amqp q :3"]),
        ([("Binding", BOUND % ("e", "q", "queue", ""))], ["e e amqp q :3"]),
        ([("Exchange", "{name: e}"), ("Binding", BOUND % ("e", "q", "queue", "k"))], ["e k exact q :7"]),
        ([("Exchange", "{name: e, type: fanout}"), ("Binding", BOUND % ("e", "q", "queue", "k"))], ["e # amqp q :7"]),
        (
            [("Binding", BOUND % ("a", "b", "exchange", "#")), ("Binding", BOUND % ("b", "q", "queue", "k"))],
            ["b k amqp q :7", "a k amqp q :7"],
        ),
        ([("Binding", "{destination: q, destinationType: queue}")], []),
        ([("Policy", BOUND % ("e", "q", "queue", "k"))], []),
    ],
)
def test_what_the_operator_of_rabbitmq_binds(
    read: Callable[..., Declarations], resources: list[tuple[str, str]], expected: list[str]
) -> None:
    found = read(kubernetes.READER, {"k8s/b.yaml": "---\n".join(RABBIT.format(*r) for r in resources)})
    said = [
        f"{f.source.exchange} {f.source.channel} {f.source.match} {f.target.channel} :{f.location.line}" for f in found.forwards
    ]
    assert said == expected


CONFIG = "kind: ConfigMap\nmetadata: {name: definitions}\ndata:\n  rabbitmq.conf: x\n  definitions.json: |\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            CONFIG + '    {"queues": [\n    \t{"name": "q"}],\n    "bindings": [\n    {"source": "e", "destination": "q"}]}\n',
            ["amqp q :7", "e -> q :9"],
        ),
        (CONFIG + '    {"queues": [],\n    "bindings": [}\n', ["k8s/c.yaml:7"]),
        (CONFIG + '    {"queues": {{ queues }}, "bindings": [}\n', []),
        (CONFIG + '    {"bindings": []}\n', []),
        (CONFIG + "    queues: []\n", []),
        (CONFIG.replace("ConfigMap", "Secret") + '    {"queues": [{"name": "q"}], "bindings": []}\n', []),
    ],
)
def test_definitions_of_rabbitmq_in_a_configmap(read: Callable[..., Declarations], text: str, expected: list[str]) -> None:
    found = read(kubernetes.READER, {"k8s/c.yaml": text})
    bound = [f"{f.source.exchange} -> {f.target.channel} :{f.location.line}" for f in found.forwards]
    assert [*_said(found), *bound, *(str(d.location) for d in found.diagnostics)] == expected


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.sh", "kafka-topics --bootstrap-server k:9092 --create --topic a --partitions 1\n", ["a :1"]),
        ("a.sh", "set -e\n/opt/kafka/bin/kafka-topics.sh --create \\\n  --if-not-exists \\\n  --topic 'a.b'\n", ["a.b :4"]),
        ("a.sh", "kafka-topics.sh --topic=a --create && kafka-topics.sh --create --topic b", ["a :1", "b :1"]),
        ("a.sh", "for t in a b.c \\\n d; do\n  kafka-topics --create --topic \"$t\"\ndone\n", ["a :3", "b.c :3", "d :3"]),
        ("a.sh", "for t in a; do x; done\nfor t in b; do kafka-topics --create --topic ${t}; done\n", ["b :2"]),
        ("a.sh", "kafka-topics --create --topic ${TOPIC:-a}\n", ["a :1"]),
        ("a.sh", "rpk topic create a b -p 3\n", ["a :1", "b :1"]),
        ("compose.yml", "command: ['kafka-topics', '--create', '--topic', 'a']\n", ["a :1"]),
        ("compose.yml", "command:\n  - kafka-topics\n  - --create\n  - --topic\n  - a\n  - --partitions\n  - '1'\n", ["a :5"]),
        ("compose.yml", "command: >\n  kafka-topics --create\n    --topic a\n    --partitions 1\n", ["a :3"]),
        ("compose.yml", "environment:\n  KAFKA_CREATE_TOPICS: \"a:1:1,b:2:1:compact\"\n", ["a :2", "b :2"]),
        ("compose.yml", "environment:\n- KAFKA_CREATE_TOPICS=a:1:1, b:1:1\n", ["a :2", "b :2"]),
        ("Makefile", "topics:\n\tdocker exec kafka kafka-topics --create --topic a\n", ["a :2"]),
        # look-alikes
        ("a.sh", "kafka-topics --list\nkafka-topics --delete --topic a\nkafka-topics --describe --topic a --create-x\n", []),
        ("a.sh", "# kafka-topics --create --topic a\n  # KAFKA_CREATE_TOPICS=a\n#rpk topic create a\n", []),
        ("a.sh", "kafka-topics --create --topic $t\nfor t in a; do x; done\n", []),
        ("a.sh", "kafka-topics --list; other --create --topic a\n", []),
        ("a.sh", "for t in $(cat x); do kafka-topics --create --topic $t; done\n", []),
        ("a.sh", "kafka-topics --create --topic __consumer_offsets\n", []),
        ("compose.yml", "environment: {KAFKA_CREATE_TOPICS: '${TOPICS}'}\n", []),
        ("compose.yml", "environment: {KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'true'}\n", []),
    ],
)  # fmt: skip
def test_what_commands_make(read: Callable[..., Declarations], path: str, text: str, expected: list[str]) -> None:
    assert _said(read(kafka.READER, {path: text})) == [f"kafka {e}" for e in expected]


DESCRIBED = (
    "Topic: order-placed\tTopicId: x1_y-z\tPartitionCount: 1\tReplicationFactor: 1\tConfigs: \n"
    "\tTopic: order-placed\tPartition: 0\tLeader: 1\tReplicas: 1\tIsr: 1\n"
    "Topic:paid\tPartitionCount:3\tReplicationFactor:1\tConfigs:\n"
)


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("topics.txt", "__consumer_offsets\norder-placed\n\npaid\n", ["order-placed :2", "paid :4"]),
        ("kafka_topics-prod.txt", "order-placed\r\npaid\r\n", ["order-placed :1", "paid :2"]),
        ("topics.txt", DESCRIBED, ["order-placed :1", "paid :3"]),
        ("topics.txt", "NAME          PARTITIONS  REPLICAS\norder-placed  1           1\n", ["order-placed :2"]),
        (
            "topics.json",
            '{"topics": [{"topic": "order-placed", "partitions": []},\n{"name": "paid"}]}',
            ["order-placed :1", "paid :2"],
        ),
        ("topics.json", '["order-placed",\n"paid"]', ["order-placed :1", "paid :2"]),
        # look-alikes
        ("topics.txt", "Topics of this course\norders\n", []),
        ("topics.txt", "", []),
        ("topics.json", '{"topics": "order-placed"}', []),
        ("topics.json", '{"topics": [{"id": 7}, ["a"]]}', []),
        ("topics.json", "[", []),
    ],
)
def test_what_listings_name(read: Callable[..., Declarations], path: str, text: str, expected: list[str]) -> None:
    assert _said(read(kafka.READER, {path: text})) == [f"kafka {e}" for e in expected]


@pytest.mark.parametrize(
    ("path", "mine"),
    [
        ("ops/topics.txt", True),
        ("prod-topics.json", True),
        ("topics.prod.lst", True),
        ("a.sh", True),
        ("requirements.txt", False),
        ("isotopic.txt", False),
        ("topical.json", False),
        ("kafka.py", False),
    ],
)
def test_which_files_may_be_listings(path: str, mine: bool) -> None:
    assert kafka.READER.matches(path) is mine


@pytest.mark.parametrize(
    ("files", "count"),
    [
        ({"a.sh": "kafka-topics " * 200_000}, 0),
        ({"a.sh": "for t in a; do\n" * 50_000 + "kafka-topics --create --topic $t\n" * 5_000}, 5_000),
        ({"a.sh": f"for t in {'a ' * 100_000}\n" + "kafka-topics --create --topic $t\n" * 50_000}, 5_000),
        ({"a.sh": "kafka-topics --create --topic a\n" * 20_000}, 5_000),
        ({"a.yml": "kafka-topics --create\n" + "  - --topic\n" * 200_000}, 0),
        ({"topics.txt": "a\n" * 1_000_000}, 5_000),
    ],
)
def test_hostile_files(read: Callable[..., Declarations], files: dict[str, str], count: int) -> None:
    assert len(read(kafka.READER, files).existing) == count
