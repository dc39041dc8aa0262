"""Types of messages that a handler tells apart: one subscription per type, and what is no type of a message."""

from __future__ import annotations

from textwrap import indent

import pytest
from flowmap.model.interaction import Role
from linking import as_files, interactions, lines

START = """
import bus
import json
from helpers import *

client = bus.Client()
"""
HELPERS = """
import functools
from dataclasses import dataclass
from enum import Enum

class Kind(str, Enum):
    PLACED = "placed"
    PAID = "paid"

@dataclass
class Placed:
    id: str

@dataclass
class Paid:
    id: str

def place(event): ...
def pay(event): ...
def other(event): ...
def find_user(key): ...

@functools.singledispatch
def general(event): ...

@general.register
def _(event: Placed): ...

@general.register
def _(event: Paid): ...

log = __import__("logging").getLogger()
"""
HANDLER = """
@client.on("orders")
def handle(message):
    event = json.loads(message.value())
"""


def told(body: str, before: str = HANDLER, depth: int = 1) -> list[str]:
    """`type handler` of every subscription, `-` for one without a type; the body goes on where the text before it ends."""
    source = lines(START, before) + indent(lines(body), "    " * depth)
    found = interactions({**as_files(source), "helpers.py": HELPERS})
    assert {i.channel for i in found if i.role is Role.SUBSCRIBE} == {"orders"}
    return sorted(f"{i.event or '-'} {i.handler.name if i.handler else '?'}" for i in found if i.role is Role.SUBSCRIBE)


ONE_EACH = ["paid pay", "placed place"]
SAME = ["paid handle", "placed handle"]
IF = """
if {0} == "placed":
    place(event)
elif {0} == "paid":
    pay(event)
"""


@pytest.mark.parametrize(
    "said",
    [
        'event["type"]',
        'event.get("event_type")',
        'event.get("type", "")',
        'event["action"]',
        'event["payload"]["eventType"]',
        "message.type",
        'message.headers["type"]',
        'dict(message.headers)["event_name"].decode()',
        'json.loads(message.body)["type"].lower()',
        '(event.get("type") or event.get("event"))',
    ],
)
def test_chains_on_a_type(said: str) -> None:
    assert told(IF.format(said)) == ONE_EACH


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('kind = event["type"]' + IF.format("kind"), ONE_EACH),
        ('if (kind := event["type"]) == "placed":\n    place(event)', ["placed place"]),
        ('if event["type"] in ("placed", "paid"):\n    place(event)', ["paid place", "placed place"]),
        ('if event["type"] == "placed" or event["type"] == "paid":\n    place(event)', ["paid place", "placed place"]),
        ('if "placed" == event["type"] and event["id"]:\n    place(event)', ["placed place"]),
        ('if event["type"] == Kind.PLACED:\n    place(event)', ["placed place"]),
        ('if event["type"] == Kind.PLACED.value:\n    place(event)', ["placed place"]),
        ('match event["type"]:\n    case "placed":\n        place(event)\n    case "paid":\n        pay(event)', ONE_EACH),
        (
            'match event:\n    case {"type": "placed"}:\n        place(event)\n    case {"type": "paid"}:\n        pay(event)',
            ONE_EACH,
        ),
        ('if event["type"] == "placed":\n    place(event)\n    return\nif event["type"] == "paid":\n    pay(event)', ONE_EACH),
        ('if event["type"] == "placed":\n    place(event)\nelse:\n    log.warning("what is this? %s", event)', ["placed place"]),
        ('if event["type"] == "ping":\n    return\nelif event["type"] == "paid":\n    pay(event)', ["paid pay"]),
        ('if event["type"] == "placed":\n    place(event)\n    pay(event)', ["placed handle"]),
        ('find_user("all")\nif event["type"] == "placed":\n    place(event)', ["placed handle"]),
    ],
)
def test_tests_of_a_type(body: str, expected: list[str]) -> None:
    assert told(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        'if event["type"] == "placed":\n    place(event)\nelse:\n    other(event)',
        'if event["type"] == "placed":\n    place(event)\nother(event)',
        'if event["type"] == "placed":\n    place(event)\nclient.publish("all", event)',
        'if event["type"] == "placed":\n    place(event)\nif event["type"] == unknown():\n    other(event)',
        'match event["type"]:\n    case "placed":\n        place(event)\n    case _:\n        other(event)',
        'HANDLERS = {"placed": place}\nHANDLERS.get(event["type"], other)(event)',
    ],
)
def test_what_is_done_with_other_types_keeps_a_subscription_to_all(body: str) -> None:
    assert told(body) == ["- handle", "placed handle"]


@pytest.mark.parametrize(
    "body",
    [
        "if isinstance(event, Placed):\n    place(event)\nelif isinstance(event, Paid):\n    pay(event)",
        "match event:\n    case Placed():\n        place(event)\n    case Paid(id=number):\n        pay(event)",
        "{Placed: place, Paid: pay}[type(event)](event)",
    ],
)
def test_classes(body: str) -> None:
    assert told(body) == ["Paid pay", "Placed place"]


TABLE = 'HANDLERS = {"placed": place, "paid": pay}'
REGISTRY = """
HANDLERS = {}

def handles(kind):
    def note(function):
        HANDLERS[kind] = function
        return function
    return note

@handles("placed")
def place(event): ...

@handles("paid")
def pay(event): ...
"""


@pytest.mark.parametrize(
    ("before", "body"),
    [
        (TABLE, 'HANDLERS[event["type"]](event)'),
        (TABLE, 'handler = HANDLERS.get(event["type"])\nif handler:\n    handler(event)'),
        (TABLE, 'if event["type"] in HANDLERS:\n    HANDLERS[event["type"]](event)'),
        (TABLE, 'handler = HANDLERS.get(event["type"], None)\nif handler is None:\n    log.info("?")\n    return\nhandler(event)'),
        (REGISTRY, 'HANDLERS[event["type"]](event)'),
    ],
)
def test_tables_of_handlers(before: str, body: str) -> None:
    assert told(body, lines(before, HANDLER)) == ONE_EACH


LOOP = """
def main():
    consumer = client.subscribe("orders")
    for message in consumer:
        event = json.loads(message.value)
"""
POLLING = """
def main():
    consumer = client.subscribe("orders")
    while True:
        event = json.loads(consumer.poll(1).value())
"""
AROUND = """
class Worker:
    def run(self):
        client.subscribe("orders", self.on_message)

    def on_message(self, message):
        self._dispatch(message.headers["type"], json.loads(message.body))

    def _dispatch(self, kind, event):
"""


@pytest.mark.parametrize(
    ("before", "depth", "said", "expected"),
    [
        (LOOP, 2, 'event["type"]', ONE_EACH),
        (POLLING, 2, 'event["type"]', ONE_EACH),
        (AROUND, 2, "kind", ["paid Worker.on_message", "placed Worker.on_message"]),
        (HANDLER + "    work(event)\n\ndef work(event):\n", 1, 'event["type"]', ["paid handle", "placed handle"]),
    ],
)
def test_messages_are_followed(before: str, depth: int, said: str, expected: list[str]) -> None:
    assert told(IF.format(said), before, depth) == expected


@pytest.mark.parametrize(
    "body",
    [
        'if event["status"] == "ok":\n    place(event)',
        'if event["payment_type"] == "card":\n    place(event)',
        'if message.content_type == "application/json":\n    place(event)',
        'if event["user"]["type"] == "admin":\n    place(event)',
        'user = find_user(event["id"])\nif user.type == "admin":\n    place(event)',
        'if event["type"] != "placed":\n    return\nplace(event)',
        'if not event["type"] == "placed":\n    return\nplace(event)',
        'if event["type"] == "placed":\n    return\nplace(event)',
        'if event["type"] == other(1):\n    place(event)',
        'if event["type"] == 3:\n    place(event)',
        'if event["type"]:\n    place(event)',
        "if isinstance(event, dict):\n    place(event)",
        "if isinstance(find_user(1), Placed):\n    place(event)",
        'if message["type"] == "message":\n    place(event)',
        'if event["type"].startswith("order."):\n    place(event)',
        'if CONFIG["type"] == "fast":\n    place(event)',
        'LABELS = {"placed": "Placed", "paid": "Paid"}\nlog.info(LABELS[event["type"]])',
        'name = "placed" if event["type"] == "placed" else "paid"',
    ],
)
def test_what_is_no_type_or_no_choice(body: str) -> None:
    assert told(body) == ["- handle"]


def test_the_settings_of_the_function_around_a_subscription_are_no_message() -> None:
    before = 'def main(config):\n    client.subscribe("orders")\n'
    assert told('if config["type"] == "fast":\n    place(config)', before) == ["- main"]


CHOSEN = """
import bus
import json

client = bus.Client()

def handle(message):
    event = json.loads(message)
    if event["type"] == "order.placed":
        print(event)
    elif event["type"] == "OrderPaid":
        print(event)
"""


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        (["order.placed"], ["order.placed -"]),
        (["order.placed", "order.paid"], ["order.paid -", "order.placed -"]),
        (["order.placed", "other"], ["order.placed -", "other OrderPaid"]),
        (["order.*"], ["order.* OrderPaid", "order.* order.placed"]),
        (["stock.*"], ["stock.* OrderPaid", "stock.* order.placed"]),
        (["orders"], ["orders OrderPaid", "orders order.placed"]),
    ],
)
def test_types_that_are_names_of_channels_say_nothing_new(named: list[str], expected: list[str]) -> None:
    source = lines(CHOSEN, f"for name in {named!r}:\n    client.subscribe(name, handle)")
    assert sorted(f"{i.channel} {i.event or '-'}" for i in interactions(source)) == expected


FAMILY = """
class Worker:
    def run(self):
        client.subscribe("orders", self.handle)

    def on_placed(self, event): ...

    def on_paid(self, event): ...

    def handle(self, message):
        event = json.loads(message.body)
"""
GENERIC = """
from functools import singledispatch

@singledispatch
def react(event):
    raise NotImplementedError

@react.register
def _(event: Placed): ...

@react.register(Paid)
def _(event): ...

@client.on("orders")
def handle(message):
    event = parse(message.body)
"""


@pytest.mark.parametrize(
    ("before", "depth", "body", "expected"),
    [
        (FAMILY, 2, "getattr(self, f\"on_{event['type']}\")(event)", ["paid Worker.handle", "placed Worker.handle"]),
        (FAMILY, 2, 'getattr(self, "on_" + event["type"], None)', ["paid Worker.handle", "placed Worker.handle"]),
        (FAMILY, 2, "name = f\"on_{event['type']}\"\ngetattr(self, name)(event)", ["paid Worker.handle", "placed Worker.handle"]),
        (
            FAMILY,
            2,
            'getattr(self, "on_" + event["type"], other)',
            ["- Worker.handle", "paid Worker.handle", "placed Worker.handle"],
        ),
        (FAMILY, 2, 'getattr(self, "on_" + event["id"])(event)', ["- Worker.handle"]),
        (FAMILY, 2, 'getattr(self, "at_" + event["type"])(event)', ["- Worker.handle"]),
        (FAMILY, 2, 'getattr(event, "on_" + event["type"])(event)', ["- Worker.handle"]),
        (GENERIC, 1, "react(event)", ["Paid handle", "Placed handle"]),
        (
            GENERIC.replace("raise NotImplementedError", "other(event)"),
            1,
            "react(event)",
            ["- handle", "Paid handle", "Placed handle"],
        ),
        (HANDLER, 1, "general(event)", ["Paid handle", "Placed handle"]),
        (GENERIC, 1, "react(find_user(1))", ["- handle"]),
        (GENERIC.replace("@singledispatch", "@other"), 1, "react(event)", ["- handle"]),
    ],
)
def test_families_of_functions(before: str, depth: int, body: str, expected: list[str]) -> None:
    assert told(body, before, depth) == expected
