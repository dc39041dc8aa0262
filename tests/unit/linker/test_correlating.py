"""Which publications may carry what ties messages together beside their payload."""

from __future__ import annotations

from textwrap import dedent

import pytest
from flowmap.extensions import load_plugins
from flowmap.frontend.summarise import summarise
from flowmap.linker.program import link
from flowmap.linker.recognise import recognise
from flowmap.model.effect import Does
from flowmap.model.project import Project, Service, SourceFile

PLUGINS = load_plugins()
SETUP = """
import json
import pika

channel = pika.BlockingConnection().channel()

def plain(key, body):
    channel.basic_publish("e", key, body, properties=pika.BasicProperties(delivery_mode=2))

def traced(key, body, correlation_id=None):
    channel.basic_publish("e", key, body, properties=pika.BasicProperties(correlation_id=correlation_id))

def with_headers(key, body):
    channel.basic_publish("e", key, body, properties=pika.BasicProperties(headers=current()))

def on_order(ch, method, properties, body):
    {}

channel.basic_consume("orders", on_order)
"""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("traced('billed', body)", ["on_order"]),
        ("with_headers('billed', body)", ["on_order"]),
        ("plain('billed', wrap(body, properties.correlation_id))", ["on_order"]),
        ("plain('billed', {'trace': body})", ["on_order"]),
        ("plain('billed', body)", []),
        ("ch.basic_publish('e', 'billed', body)", []),
    ],
)
def test_what_may_be_passed_on(line: str, expected: list[str]) -> None:
    file = SourceFile("app.py", dedent(SETUP).format(line).encode())
    summary = summarise(file.path, file.content)
    assert summary.problem is None
    found = recognise(link([summary], Project((file,), (Service("shop", "."),))), PLUGINS)
    assert [e.function for e in found.effects if e.does is Does.CARRIES] == expected


def test_what_no_message_causes_is_left_out() -> None:
    code = dedent(SETUP).format("pass") + "\ntraced('billed', b'')\n"
    summary = summarise("app.py", code.encode())
    found = recognise(link([summary], Project((SourceFile("app.py", code.encode()),), (Service("shop", "."),))), PLUGINS)
    assert [e for e in found.effects if e.does is Does.CARRIES] == []
