"""Destinations that go through a queue of the program, or a list or stream of a broker, before they are used."""

from __future__ import annotations

import pytest
from flowmap.extensions import load_plugins
from flowmap.model.interaction import Role
from linking import BUS, lines, recognition

SETUP = """
import asyncio
import bus
import json
import queue
import redis

jobs = asyncio.Queue()
others = queue.Queue()
store = redis.Redis()
"""
ENQUEUE = """
def enqueue(topic, body):
    store.rpush("outbox", json.dumps({"topic": topic, "body": body}))
"""
RELAY = """
def relay():
    row = json.loads(store.lpop("outbox"))
    bus.publish(row["topic"])
"""


STREAMED = """
def relay():
    for _, rows in store.xread({"events": "$"}):
        for _, row in rows:
            bus.publish(row["topic"])
"""
NOTHING = "? `topic` out of the queue{}, into which the scan sees nothing put"


def sent(*pieces: str) -> list[tuple[str, int]]:
    """The channels of the bus, with the lines that decide them."""
    found = recognition(lines(SETUP, *pieces), plugins=(BUS, *(p for p in load_plugins() if p.name == "redis"))).interactions
    only = [i for i in found if i.transport == "bus" and i.role is Role.PUBLISH]
    return sorted((i.channel or f"? {i.unresolved}", i.location.line) for i in only)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (("async def work():\n    topic, body = await jobs.get()\n    bus.publish(topic)", "jobs.put_nowait(('a', 1))"), ["a"]),
        (
            ("async def work():\n    job = await jobs.get()\n    bus.publish(job['topic'])", "jobs.put_nowait({'topic': 'a'})"),
            ["a"],
        ),
        (("def work():\n    bus.publish(others.get()[0])", "others.put(['a'])", "others.put(['b'], timeout=3)"), ["a", "b"]),
        (
            (
                "class Job:\n    def __init__(self, topic):\n        self.topic = topic",
                "def work():\n    job = others.get()\n    bus.publish(job.topic)",
                "others.put(Job('a'))",
            ),
            ["a"],
        ),
        (
            (
                "def work():\n    bus.publish(others.get()['topic'])",
                "def put(t):\n    others.put({'topic': t})\nput('a')\nput('b')",
            ),
            ["a", "b"],
        ),
        ((ENQUEUE, RELAY, "enqueue('a', 1)\nenqueue('b', 2)"), ["a", "b"]),
        ((ENQUEUE, RELAY.replace('row["topic"]', 'row.get("topic")'), "enqueue('a', 1)"), ["a"]),
        ((ENQUEUE, RELAY.replace("lpop(", "blpop("), "enqueue('a', 1)"), ["a"]),
        (
            (ENQUEUE, RELAY, "def again():\n    row = store.lpop('outbox')\n    store.rpush('outbox', row)", "enqueue('a', 1)"),
            ["a"],
        ),
        (
            (
                STREAMED,
                "store.xadd('events', {'topic': 'a'})",
            ),
            ["a"],
        ),
        # other queues, other keys, nothing that is put in
        (
            (ENQUEUE.replace('"outbox"', '"inbox"'), RELAY, "enqueue('a', 1)"),
            [NOTHING.format(" `outbox`")],
        ),
        (
            ("def work():\n    bus.publish(others.get()['topic'])", "queue.Queue().put({'topic': 'a'})"),
            [NOTHING.format("")],
        ),
        (
            ("def work():\n    bus.publish(others.get()['topic'])", "others.put({'name': 'a'})"),
            ["? no entry 'topic' in the mapping"],
        ),
        (("def work():\n    bus.publish(jobs.qsize())", "jobs.put_nowait('a')"), ["? comes from `asyncio.Queue().qsize()`"]),
    ],
)
def test_what_is_taken_out_is_what_was_put_in(body: tuple[str, ...], expected: list[str]) -> None:
    assert [channel for channel, _ in sent(*body)] == expected


def test_the_place_that_puts_it_in_decides() -> None:
    code = (ENQUEUE, RELAY, "enqueue('a', 1)")
    ((_, line),) = sent(*code)
    assert lines(SETUP, *code).splitlines()[line - 1] == "enqueue('a', 1)"
