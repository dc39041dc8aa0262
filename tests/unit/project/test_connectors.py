"""Connectors of Kafka Connect and Debezium: what they read and publish, wherever they are written."""

from __future__ import annotations

import json

import pytest
from fixtures import Scan
from flowmap.descriptor_api import Declarations, DescriptorFile
from flowmap.project.readers import connect, kubernetes

POSTGRES = "io.debezium.connector.postgresql.PostgresConnector"
ROUTER = "io.debezium.transforms.outbox.EventRouter"
SINK = "io.confluent.connect.elasticsearch.ElasticsearchSinkConnector"


def said(found: Declarations) -> list[str]:
    """`name: role transport channel rows` of all that connectors do."""
    return [f"{e.name}: {w.role} {w.transport} {w.channel} {w.rows}".strip() for e in found.externals for w in e.does]


def read(path: str, content: str) -> list[str]:
    reader = kubernetes.READER if content.startswith("apiVersion") else connect.READER
    return said(reader.read(DescriptorFile(path, content.encode(), lambda _: None)))


def outbox(**more: str) -> dict[str, str]:
    """The options of a connector that takes the rows of an outbox."""
    options = {"connector.class": POSTGRES, "topic.prefix": "shop", "table.include.list": "public.outbox"}
    transform = {"transforms": "unwrap,outbox", "transforms.outbox.type": ROUTER}
    return options | transform | {f"transforms.outbox.{k.replace('_', '.')}": v for k, v in more.items()}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"connector.class": SINK, "topics": "a, b"}, ["one: subscribe kafka a", "one: subscribe kafka b"]),
        ({"connector.class": SINK, "topics.regex": "a[.].*"}, ["one: subscribe kafka a[.].*"]),
        (
            {"connector.class": POSTGRES, "topic.prefix": "shop", "table.include.list": "public.orders,public\\.bills"},
            ["one: publish kafka shop.public.orders", "one: publish kafka shop.public.bills"],
        ),
        (
            {"connector.class": POSTGRES, "database.server.name": "shop", "table.whitelist": "public.orders"},
            ["one: publish kafka shop.public.orders"],
        ),
        (outbox(), ["one: publish kafka outbox.event.{} outbox.aggregatetype"]),
        (
            outbox(route_by_field="topic", route_topic_replacement="${routedByValue}"),
            ["one: publish kafka {} outbox.topic"],
        ),
        (outbox(route_topic_replacement="orders"), ["one: publish kafka orders outbox."]),
        (
            outbox() | {"transforms": "unwrap", "transforms.unwrap.type": "x.ExtractNewRecordState"},
            ["one: publish kafka shop.public.outbox"],
        ),
        (
            {
                "connector.class": POSTGRES,
                "topic.prefix": "shop",
                "table.include.list": "public.orders",
                "transforms": "route",
                "transforms.route.type": "org.apache.kafka.connect.transforms.RegexRouter",
                "transforms.route.replacement": "changes-$1",
            },
            ["one: publish kafka changes-{}"],
        ),
        (
            {"connector.class": "x.JdbcSourceConnector", "topic.prefix": "db-", "table.whitelist": "orders"},
            ["one: publish kafka db-orders"],
        ),
        ({"connector.class": "x.JdbcSourceConnector", "topic.prefix": "db-"}, ["one: publish kafka db-{}"]),
        (
            {"connector.class": "x.MqttSourceConnector", "mqtt.topics": "plants/+/heat", "kafka.topic": "heat"},
            ["one: subscribe mqtt plants/+/heat", "one: publish kafka heat"],
        ),
        # what nobody can name by reading is not named
        ({"connector.class": POSTGRES, "topic.prefix": "shop", "table.include.list": "public.(orders|bills)"}, []),
        ({"connector.class": POSTGRES, "table.include.list": "public.orders"}, []),
        ({"connector.class": "x.DatagenConnector"}, []),
        ({"class": POSTGRES, "topics": "a"}, []),
    ],
)
def test_a_connector_reads_and_publishes(options: dict[str, str], expected: list[str]) -> None:
    assert read("one.json", json.dumps({"name": "one", "config": options}, indent=2)) == expected


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("one.json", f'{{"name": "one", "config": {{"connector.class": "{SINK}", "topics": "a"}}}}'),
        ("one.json", f'{{"name": "one", "connector.class": "{SINK}", "topics": "a"}}'),
        ("run.sh", f"""curl -d '{{"name": "one", "config": {{"connector.class": "{SINK}", "topics": "a"}}}}' http://c"""),
        (
            "run.sh",
            f'curl -d "{{\\"name\\": \\"one\\", \\"config\\": {{\\"connector.class\\": \\"{SINK}\\", \\"topics\\": \\"a\\"}}}}"',
        ),
        ("make.sql", f"CREATE SINK CONNECTOR IF NOT EXISTS one WITH ('connector.class' = '{SINK}', 'topics' = 'a');"),
        ("connect-one.properties", f"name=one\nconnector.class={SINK}\n# topics=b\ntopics = a\n"),
        (
            "one.yaml",
            f"apiVersion: x/v1\nkind: KafkaConnector\nmetadata: {{name: one}}\nspec: {{class: {SINK}, config: {{topics: a}}}}\n",
        ),
    ],
)
def test_it_stands_in_files_of_many_kinds(path: str, content: str) -> None:
    assert read(path, content) == ["one: subscribe kafka a"]


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("one.json", '{"connector.class": '),
        ("one.json", '"connector.class"' * 300),
        ("one.json", """{"connector.class":'""" + """"a":'""" * 30_000),
        ("one.json", "(" * 30_000 + '"connector.class": "x.SinkConnector", "topics": "a"'),
        ("one.json", '{"topics": "a"}'),
        ("one.yaml", "apiVersion: v1\nkind: KafkaConnector\nspec: {class: [1]}\n"),
        ("one.yaml", "apiVersion: v1\nkind: KafkaConnectors\nspec: {class: x.SinkConnector, config: {topics: a}}\n"),
    ],
)
def test_nothing_else_is_a_connector(path: str, content: str) -> None:
    assert [line for line in read(path, content) if not line.startswith("SinkConnector: ")] == []


def test_each_mapping_of_a_file_is_a_connector_of_its_own() -> None:
    one = json.dumps({"name": "one", "config": {"connector.class": SINK, "topics": "a"}})
    other = json.dumps({"name": "two", "config": {"connector.class": SINK, "topics": "b"}})
    assert read("run.sh", f"curl -d '{one}'\ncurl -d '{other}'\n") == ["one: subscribe kafka a", "two: subscribe kafka b"]


def test_the_line_is_that_of_the_option() -> None:
    text = json.dumps({"name": "one", "config": {"connector.class": SINK, "topics": "a"}}, indent=1)
    (external,) = connect.READER.read(DescriptorFile("one.json", b"\n" + text.encode(), lambda _: None)).externals
    assert [w.location.line for w in external.does] == [6]


def test_migrations_of_ksqldb_are_read_and_those_in_python_are_not(scan: Scan) -> None:
    making = f"CREATE SINK CONNECTOR one WITH ('connector.class' = '{SINK}', 'topics' = 'a');"
    found = scan(
        {
            "app.py": "import pika\nif __name__ == '__main__': ...\n",
            "ksql/migrations/V1.sql": making,
            "db/migrations/V1.py": "x = 1\n",
        }
    )
    assert [(e.name, [w.channel for w in e.does]) for e in found.externals] == [("one", ["a"])]
    assert [(x.reason, x.count) for x in found.left_out] == [("database migrations", 1)]
