"""Logstash, Telegraf and Vector: what their configuration reads from brokers and publishes."""

from __future__ import annotations

from textwrap import dedent

import pytest
from flowmap.descriptor_api import DescriptorFile
from flowmap.project.readers.shippers import READER


def read(path: str, content: str) -> list[str]:
    """`product: role transport exchange/channel` with the line."""
    assert READER.matches(path)
    found = READER.read(DescriptorFile(path, dedent(content).encode(), lambda _: None)).externals
    return [
        f"{e.name}: {w.role} {w.transport} {w.exchange + '/' if w.exchange else ''}{w.channel} {w.match} {w.location.line}"
        for e in found
        for w in e.does
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            'input {\n  kafka { topics => ["a", "b"] group_id => "g" }\n}\n',
            ["logstash: subscribe kafka a exact 2", "logstash: subscribe kafka b exact 2"],
        ),
        ("input {\n  kafka {\n topics => 'a'\n codec => json { charset => 'x' }\n} }", ["logstash: subscribe kafka a exact 2"]),
        ('input { rabbitmq { queue => "jobs" durable => true } }', ["logstash: subscribe amqp jobs exact 1"]),
        (
            'input { rabbitmq { exchange => "events" key => "order.*" queue => "logs" } }',
            ["logstash: subscribe amqp events/order.* amqp 1"],
        ),
        ('input { rabbitmq { exchange => "events" } }', ["logstash: subscribe amqp events/# amqp 1"]),
        (
            'output {\n if "x" in [tags] {\n  kafka { topic_id => "%{[kind]}-out" }\n }\n}',
            ["logstash: publish kafka {}-out exact 3"],
        ),
        ('input { kafka { topics => ["${TOPIC:orders}"] } }', ["logstash: subscribe kafka orders exact 1"]),
        ('input { sqs { queue => "jobs" } }', ["logstash: subscribe sqs jobs exact 1"]),
        # nothing is read from brokers, or nobody can name what
        ('input { kafka { # topics => ["a"]\n } }', []),
        ('input { kafka { topics => ["%{kind}"] } }', []),
        ('input { kafka { topics_pattern => "a" bootstrap_servers => "k" } }', []),
        ('input { beats { port => 5044 } }\noutput { elasticsearch { index => "topics" } }', []),
        ('filter { kafka { topics => ["a"] } }\ninput { }', []),
        ("input {" * 500, []),
        ("server { listen 80; }", []),
    ],
)
def test_logstash(content: str, expected: list[str]) -> None:
    assert read("pipeline/one.conf", content) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            '[agent]\n[[inputs.mqtt_consumer]]\n  topics = ["plants/+/heat", "rain"]\n',
            ["telegraf: subscribe mqtt plants/+/heat mqtt 2", "telegraf: subscribe mqtt rain mqtt 2"],
        ),
        (
            '[[inputs.kafka_consumer]]\ntopics = ["a"]\n[[inputs.kafka_consumer]]\ntopics = ["b"]\n[[outputs.kafka]]\ntopic="c"',
            [
                "telegraf: subscribe kafka a exact 1",
                "telegraf: subscribe kafka b exact 3",
                "telegraf: publish kafka c exact 5",
            ],
        ),
        ('[[inputs.amqp_consumer]]\nqueue = "q"\n', ["telegraf: subscribe amqp q exact 1"]),
        ('[[inputs.amqp_consumer]]\nqueue = "q"\nexchange = "x"\nbinding_key = "k"\n', ["telegraf: subscribe amqp x/k amqp 1"]),
        ('[[inputs.nats_consumer]]\nsubjects = ["a.>"]\n', ["telegraf: subscribe nats a.> nats 1"]),
        ('[[inputs.cpu]]\ntopics = ["a"]\n', []),
        ('# [[inputs.kafka_consumer]]\n# topics = ["a"]\n', []),
        ("[[inputs.kafka_consumer]]\ntopics = [a]\n", []),
    ],
)
def test_telegraf(content: str, expected: list[str]) -> None:
    assert read("telegraf.conf", content) == expected


@pytest.mark.parametrize(
    ("path", "content", "expected"),
    [
        (
            "vector.toml",
            '[sources.in]\ntype = "kafka"\ntopics = ["a"]\n[sinks.out]\ntype = "nats"\nsubject = "b"\n',
            ["vector: subscribe kafka a exact 1", "vector: publish nats b exact 4"],
        ),
        (
            "vector.yaml",
            "sources:\n  in: {type: amqp, queue: q}\nsinks:\n  out:\n    type: kafka\n    topic: 'x-{{ kind }}'\n",
            ["vector: subscribe amqp q exact 2", "vector: publish kafka x-{} exact 4"],
        ),
        ("vector.yaml", "sources:\n  in: {type: file, topics: [a]}\n", []),
        ("vector.yaml", "sources: [a]\n", []),
        ("vector.yaml", "a: [", []),
        ("vector.toml", "[sources", []),
    ],
)
def test_vector(path: str, content: str, expected: list[str]) -> None:
    assert read(path, content) == expected
