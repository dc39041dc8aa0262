"""Answers to the queue that a message names: whose questions they answer, and what is no answer."""

from __future__ import annotations

import pytest
from flowmap.extensions import load_plugins
from flowmap.model.interaction import Role
from linking import recognition, service

ASKER = """
import aio_pika

async def ask(channel: aio_pika.Channel):
    message = aio_pika.Message(b"", reply_to={reply_to})
    await channel.default_exchange.publish(message, routing_key="{queue}")
"""
ANSWERER = """
import json
import aio_pika

async def main(channel: aio_pika.Channel):
    queue = await channel.declare_queue("work")
    await queue.consume(on_message)

async def on_message(message: aio_pika.IncomingMessage):
    channel: aio_pika.Channel = message.channel
    {before}
    await channel.default_exchange.publish(aio_pika.Message(b"" {options}), routing_key={to})
"""


def answers(asker: str, before: str = "pass", to: str = "message.reply_to", options: str = "") -> list[str]:
    """What the answering service publishes and calls."""
    files = {"asker/main.py": asker, "answerer/main.py": ANSWERER.format(before=before, to=to, options=options)}
    services = (service("asker", "asker"), service("answerer", "answerer"))
    plugins = tuple(p for p in load_plugins() if p.name == "aio-pika")
    found = recognition(files, *services, plugins=plugins).interactions
    wanted = (i for i in found if i.service == "answerer" and i.role in {Role.PUBLISH, Role.CALL})
    return sorted(f"{i.role.value} {i.channel or '?'}" for i in wanted)


@pytest.mark.parametrize(
    ("asker", "expected"),
    [
        (ASKER.format(reply_to='"results"', queue="work"), ["publish results"]),
        (ASKER.format(reply_to='"results"', queue="other"), ["publish ?"]),
        (ASKER.format(reply_to="None", queue="work"), ["publish ?"]),
        (ASKER.format(reply_to="unknown()", queue="work"), ["publish ?"]),
        (
            ASKER.format(reply_to='"results"', queue="work")
            + ASKER.format(reply_to='"more"', queue="work").replace("ask", "again"),
            ["publish more", "publish results"],
        ),
        (ASKER.format(reply_to='"amq.rabbitmq.reply-to"', queue="work"), []),
        (ASKER.format(reply_to='"amq.rabbitmq.reply-to"', queue="other"), ["publish ?"]),
        (
            ASKER.format(reply_to='"amq.rabbitmq.reply-to"', queue="work")
            + ASKER.format(reply_to='"more"', queue="work").replace("ask", "again"),
            ["publish more"],
        ),
    ],
)
def test_answers_go_to_the_queues_that_askers_name(asker: str, expected: list[str]) -> None:
    assert answers(asker) == expected


@pytest.mark.parametrize(
    ("before", "to", "options", "expected"),
    [
        ("pass", '"results"', "", ["publish results"]),
        ("pass", '"results"', ", reply_to=None", ["publish results"]),
        ("pass", '"results"', ", reply_to=message.reply_to", ["publish results"]),
        ("data = json.loads(message.body)", '"results"', ", reply_to=data.get('reply_to')", ["publish results"]),
        ('own = await channel.declare_queue("", exclusive=True)', '"results"', ", reply_to=own.name", ["call results"]),
        ("pass", '"results"', ', reply_to="amq.rabbitmq.reply-to"', ["call results"]),
    ],
)
def test_only_an_own_address_makes_a_question(before: str, to: str, options: str, expected: list[str]) -> None:
    assert answers("", before, to, options) == expected
