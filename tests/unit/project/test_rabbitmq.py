"""Definitions of RabbitMQ: queues listen to what they are bound to, as if the code had bound them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from flowmap.analysis import Settings, analyse
from flowmap.config import Config
from flowmap.descriptor_api import Declarations
from flowmap.model.project import Forward
from flowmap.project.readers.rabbitmq import READER


def definitions(*bindings: str, **types: str) -> str:
    """Definitions with bindings like `exchange key queue`, or `exchange key > exchange`, one to a line."""
    bound = []
    for line in bindings:
        source, key, *target = line.split(" ")
        kind = "exchange" if len(target) > 1 else "queue"
        bound.append(
            json.dumps({"source": source, "vhost": "/", "destination": target[-1], "destination_type": kind, "routing_key": key})
        )
    exchanges = [{"name": name, "vhost": "/", "type": kind} for name, kind in types.items()]
    lines = ",\n".join(bound)
    return f'{{"exchanges": {json.dumps(exchanges)},\n"bindings": [\n{lines}]}}'


def _said(forward: Forward) -> str:
    source = forward.source
    return f"{source.exchange} {source.channel} {source.match} {forward.target.channel} :{forward.location.line}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (definitions("e k q"), ["e k amqp q :3"]),
        (definitions("e order.* q", e="topic"), ["e order.* amqp q :3"]),
        (definitions("e k q", e="direct"), ["e k exact q :3"]),
        (definitions("e k q", e="fanout"), ["e # amqp q :3"]),
        (definitions("amq.direct k q"), ["amq.direct k exact q :3"]),
        (definitions("amq.fanout k q"), ["amq.fanout # amqp q :3"]),
        (definitions("e  q", e="headers"), ["e # amqp q :3"]),
        (definitions("e  q", e="topic"), ["e e amqp q :3"]),
        (definitions("e a q", "e b q"), ["e a amqp q :3", "e b amqp q :4"]),
        (definitions(" q q"), []),
        (definitions(), []),
        (definitions("a k > b"), []),
        (definitions("a k > b", "b # q"), ["b # amqp q :4", "a k amqp q :4"]),
        (definitions("a # > b", "b k q"), ["b k amqp q :4", "a k amqp q :4"]),
        (definitions("a x > b", "b k q", b="fanout"), ["b # amqp q :4", "a x amqp q :4"]),
        (definitions("a order.* > b", "b order.paid q"), ["b order.paid amqp q :4", "a order.paid amqp q :4"]),
        (definitions("a # > b", "b # > c", "c k q"), ["c k amqp q :5", "b k amqp q :5", "a k amqp q :5"]),
        (definitions("a # > a", "a k q"), ["a k amqp q :4"]),
        ('{"exchanges": [], "bindings": [{"destination": "q"}, 7, null]}', []),
        ('{"queues": {}, "bindings": {}}', []),
        ('{"bindings": [{"source": "e", "destination": "q"}]}', []),
        ('[{"queues": [], "bindings": []}]', []),
    ],
)
def test_what_bindings_bring_where(read: Callable[..., Declarations], text: str, expected: list[str]) -> None:
    found = read(READER, {"rabbitmq/definitions.json": text})
    assert [_said(f) for f in found.forwards] == expected
    assert found.diagnostics == ()


def test_queues_are_there(read: Callable[..., Declarations]) -> None:
    text = '{"bindings": [], "queues": [\n{"vhost": "/", "name": "billing"},\n{"durable": true}, 7]}'
    found = read(READER, {"rabbitmq/definitions.json": text})
    assert [(e.transport, e.channel, e.location.line) for e in found.existing] == [("amqp", "billing", 2)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"queues": [],\n"bindings": [}', [2]),
        ('{"queues": [], "bindings": [{{ bindings }}]}', []),
        ('{"queues": [], "bindings": [${BINDINGS}]}', []),
    ],
)
def test_what_cannot_be_read_is_said(read: Callable[..., Declarations], text: str, expected: list[int]) -> None:
    found = read(READER, {"rabbitmq/definitions.json": text})
    assert [d.location and d.location.line for d in found.diagnostics] == expected


def test_circles_and_crowds_of_bindings_have_an_end(read: Callable[..., Declarations]) -> None:
    names = [f"e{n}" for n in range(40)]
    bindings = [f"{a} # > {b}" for a in names for b in names] + [f"{a} k q{n}" for a in names for n in range(100)]
    assert len(read(READER, {"rabbitmq/definitions.json": definitions(*bindings)}).forwards) == 4_000


PUBLISHES = """import pika
channel = pika.BlockingConnection().channel()
channel.basic_publish(exchange={exchange!r}, routing_key={key!r}, body=b'')
"""
CONSUMES = """import pika
channel = pika.BlockingConnection().channel()
{binding}
def on_message(*args): ...
channel.basic_consume({queue!r}, on_message)
"""
BIND = "channel.queue_bind({!r}, {!r}, routing_key={!r})"


@pytest.mark.parametrize(
    ("publish", "consume", "bindings", "edges", "findings"),
    [
        (("events", "order.placed"), ("billing", ""), (), [], ["T301 order.placed", "T302 billing"]),
        (("events", "order.placed"), ("billing", ""), ("events order.* billing",), ["a -[order.placed]-> b"], []),
        (("events", "order.placed"), ("billing", ""), ("events stock.* billing",), [], ["T301 order.placed", "T302 stock.*"]),
        (("events", "order.placed"), ("billing", ""), ("others order.* billing",), [], ["T301 order.placed", "T302 order.*"]),
        (("events", "order.placed"), ("billing", ""), ("events order.* audit",), [], ["T302 billing"]),
        (("events", "order.placed"), ("billing", ""), ("others order.* audit",), [], ["T301 order.placed", "T302 billing"]),
        (("", "billing"), ("billing", ""), ("events order.* billing",), ["a -[billing]-> b"], ["T302 order.*"]),
        (("events", "billing"), ("billing", ""), ("events billing billing",), ["a -[billing]-> b"], []),
        (("others", "billing"), ("billing", ""), ("events billing billing",), [], ["T301 billing", "T302 billing"]),
        # what the code binds itself is what counts
        (
            ("events", "order.placed"),
            ("billing", BIND.format("billing", "events", "order.placed")),
            ("events order.* billing",),
            ["a -[order.placed]-> b"],
            [],
        ),
    ],
)
def test_queues_listen_to_what_fills_them(
    tmp_path: Path,
    publish: tuple[str, str],
    consume: tuple[str, str],
    bindings: tuple[str, ...],
    edges: list[str],
    findings: list[str],
) -> None:
    files = {
        "a/app.py": PUBLISHES.format(exchange=publish[0], key=publish[1]),
        "b/app.py": CONSUMES.format(queue=consume[0], binding=consume[1]),
        "a/requirements.txt": "",
        "b/requirements.txt": "",
        "rabbitmq/definitions.json": definitions(*bindings, events="topic"),
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    report = analyse(tmp_path, Config(), Settings(workers=1))
    assert [f"{e.source} -[{e.channel}]-> {e.target}" for e in report.flow.edges] == edges
    assert [f"{f.code} {f.subject}" for f in report.findings] == findings
    subscribed = [i for i in report.flow.interactions if i.role == "subscribe" and i.group == "billing"]
    assert all(i.evidence or consume[1] for i in subscribed)
