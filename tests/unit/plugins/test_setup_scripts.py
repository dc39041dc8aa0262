"""Set-up scripts that no service has: what they bind counts for those who read the queues, what else they do for nobody."""

from __future__ import annotations

import pytest
from flowmap.frontend.summarise import summarise
from flowmap.linker.program import link
from flowmap.linker.recognise import Recognition, recognise
from flowmap.model.project import Project, Service, SourceFile
from sightings import PLUGINS, line

READER = """
import pika
def on_mail(channel, method, properties, body): ...
channel = pika.BlockingConnection().channel()
channel.basic_consume(queue="mails", on_message_callback=on_mail)
"""
BINDING = """
import pika
channel = pika.BlockingConnection().channel()
channel.queue_bind(exchange="shop", queue="mails", routing_key="order.placed")
channel.basic_publish(exchange="shop", routing_key="order.tried", body="")
"""
TABLE = """
import pika
QUEUES = [
    {"name": "mails", "exchange": "shop", "key": "order.placed"},
    {"name": "log", "exchange": "shop", "key": "#"},
]
def create(channel):
    for queue in QUEUES:
        channel.queue_declare(queue=queue["name"])
        channel.queue_bind(exchange=queue["exchange"], queue=queue["name"], routing_key=queue["key"])
create(pika.BlockingConnection().channel())
"""
HELPED = """
import pika
from helpers import create
create(pika.BlockingConnection().channel(), "mails", ["order.placed"])
"""
HELPER = """
def create(channel, name, keys):
    for key in keys:
        channel.queue_bind(exchange="shop", queue=name, routing_key=key)
"""


def recognised(**files: str) -> Recognition:
    found = tuple(SourceFile(f"{path.replace('__', '/')}.py", text.encode()) for path, text in files.items())
    summaries = [summarise(f.path, f.content) for f in found]
    return recognise(link(summaries, Project(found, (Service("mail", "mail"),))), PLUGINS)


@pytest.mark.parametrize(
    "files",
    [
        {"setup__amqp": BINDING},
        {"amqp": TABLE},
        {"tools__amqp": HELPED.replace("helpers", "tools.helpers"), "tools__helpers": "import pika" + HELPER},
    ],
)
def test_a_reader_listens_to_what_a_script_binds_its_queue_to(files: dict[str, str]) -> None:
    found = recognised(mail__main=READER, **files)
    assert [line(i) for i in found.interactions] == ["subscribe amqp shop:order.placed in mails by on_mail"]
    assert "order.placed" in {b.source.channel for b in found.bindings}


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"setup__amqp": BINDING.replace("mails", "orders")},
        {"setup__amqp": BINDING.replace("import pika", "import pico as pika")},
        {"setup__amqp": "import pika" + HELPER},
    ],
)
def test_a_queue_that_no_script_binds_goes_by_its_name(files: dict[str, str]) -> None:
    assert [line(i) for i in recognised(mail__main=READER, **files).interactions] == ["subscribe amqp mails by on_mail"]
