"""Branches that known values decide: which assignments hold, what a function returns, and which calls a caller comes to."""

from __future__ import annotations

import pytest
from linking import channels, lines

SEND = """
import bus
import os
from enum import Enum

class Kind(Enum):
    MAIL = "mail"
    CHAT = "chat"

class Base: ...
class Mail(Base): ...
class Chat(Base): ...

"""


CHOSEN = "def send(k):\n    x = 'other'\n    if k == 'a':\n        x = k\n    bus.publish(x)\n"
MADE = "def make(k):\n    if {}:\n        return 'one'\n    return 'other'\n"
MADE_BY_KIND = """
def make(k):
    if k is Kind.MAIL:
        return "mail.sent"
    elif k is Kind.CHAT:
        return "chat.sent"
    raise E
"""
MATCHED = """
def make(k):
    match k:
        case "a" | "b":
            return "first"
        case str() if os.name:
            return "second"
        case _:
            return "third"
"""
BY_CLASS = """
def make(m):
    match m:
        case Mail(urgent=True):
            return "urgent"
        case Mail():
            return "mail"
        case {"kind": "chat"}:
            return "chat"
        case _:
            return "else"
"""
BY_TEXT = """
def send(k, t):
    if k == "a":
        bus.publish("x." + t)
    else:
        bus.publish("y." + t)
"""
BY_TYPE = """
def send(m, t):
    if isinstance(m, Mail):
        bus.publish("mail." + t)
    elif isinstance(m, Base):
        bus.publish("base." + t)
"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "def send(t):\n    if isinstance(t, str):\n        t = [t]\n    bus.publish(t[0])\nsend('a')\nsend(['b', 'c'])",
            ["a", "b"],
        ),
        ("def send(t):\n    if isinstance(t, (list, tuple)):\n        t = t[0]\n    bus.publish(t)\nsend('a')", ["a"]),
        (CHOSEN + "send('a')", ["a"]),
        (CHOSEN + "send('b')", ["other"]),
        (CHOSEN + "send(os.name)", ["other"]),
        ("def send(k):\n    x = 'd'\n    for i in range(k):\n        x = 'e'\n    bus.publish(x)\nsend(0)", ["d", "e"]),
        ("def send(k):\n    try:\n        x = 'd'\n    except E:\n        x = 'e'\n    bus.publish(x)\nsend(0)", ["d", "e"]),
        (MADE.format("k == 'a'") + "bus.publish(make('a'))\nbus.publish(make('b'))", ["one", "other"]),
        (MADE.format("k == 'a'") + "bus.publish(make('b'))", ["other"]),
        (MADE.format("k == 'a'") + "bus.publish(make(os.name))", ["one", "other"]),
        (MADE.format("k") + "bus.publish(make(None))", ["other"]),
        (MADE.format("not k") + "bus.publish(make(None))", ["one"]),
        ("def make(k):\n    with k:\n        return 'one'\n    return 'other'\nbus.publish(make(1))", ["one"]),
        ("def make(k):\n    while k:\n        return 'one'\n    return 'other'\nbus.publish(make(1))", ["one", "other"]),
        (MADE_BY_KIND + "bus.publish(make(Kind.CHAT))", ["chat.sent"]),
        (MADE_BY_KIND + "bus.publish(make(os.name))", ["chat.sent", "mail.sent"]),
        (MATCHED + "bus.publish(make('b'))", ["first"]),
        (MATCHED + "bus.publish(make('c'))", ["second", "third"]),
        (BY_CLASS + "bus.publish(make(Mail()))", ["mail", "urgent"]),
        (BY_CLASS + "bus.publish(make({'kind': 'chat'}))", ["chat", "else"]),
        (BY_CLASS + "bus.publish(make({'kind': 'other'}))", ["else"]),
        (BY_TEXT + "send('a', 'p')\nsend('b', 'q')", ["x.p", "y.q"]),
        (BY_TEXT + "send(os.name, 'p')", ["x.p", "y.p"]),
        (BY_TYPE + "send(Mail(), 'p')\nsend(Chat(), 'q')\nsend('text', 'r')", ["mail.p", "base.q"]),
        # a switch that is off may be on tomorrow
        ("ON = False\nif ON:\n    bus.publish('a')", ["a"]),
        ("def send(t, on=False):\n    if on:\n        bus.publish('quiet.' + t)\nsend('a', on=True)\nsend('b')", ["quiet.a"]),
    ],
)
def test_known_values_decide_branches(body: str, expected: list[str]) -> None:
    assert channels(lines(SEND, body)) == expected


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("isinstance('a', str)", True),
        ("isinstance('a', (int, str))", True),
        ("isinstance('a', bytes)", False),
        ("isinstance(3, int)", True),
        ("isinstance(True, int)", True),
        ("isinstance(3, str)", False),
        ("isinstance(None, str)", False),
        ("isinstance(['a'], str)", False),
        ("isinstance(['a'], dict)", False),
        ("isinstance({'a': 1}, dict)", True),
        ("isinstance({'a': 1}, list)", False),
        ("isinstance(Mail(), Mail)", True),
        ("isinstance(Mail(), Base)", True),
        ("isinstance(Mail(), Chat)", False),
        ("isinstance(Mail(), str)", False),
        ("isinstance(Kind.MAIL, Kind)", True),
        ("isinstance('a', Kind)", False),
        ("isinstance(['a'], tuple)", None),
        ("isinstance(os.name, str)", None),
        ("isinstance('a', os.PathLike)", None),
        ("isinstance(Kind.MAIL, str)", None),
        ("isinstance(Mail(), unknown)", None),
        ("hasattr(Kind.MAIL, 'value')", True),
        ("hasattr('a', 'value')", False),
        ("hasattr('a', 'upper')", True),
        ("hasattr({'a': 1}, 'items')", True),
        ("hasattr(None, 'topic')", False),
        ("hasattr(Mail(), 'absent')", None),
        ("hasattr(Kind.MAIL, 'absent')", None),
        ("hasattr('a', 'decode')", None),
        ("hasattr(['a'], 'append')", None),
        ("hasattr(os.name, 'value')", None),
        ("hasattr('a', os.name)", None),
    ],
)
def test_types_of_known_values(test: str, expected: bool | None) -> None:
    sent = {True: {"yes"}, False: {"no"}, None: {"yes", "no"}}[expected]
    assert set(channels(lines(SEND, f"if {test}:\n    x = 'yes'\nelse:\n    x = 'no'\nbus.publish(x)"))) == sent
    assert set(channels(lines(SEND, f"bus.publish('yes' if {test} else 'no')"))) == sent


PLATFORM = "from platform_config import TOPICS, loaded, topic\nPORT = 8000\n"


def known(here: str, there: str) -> list[str]:
    """What a name is worth that is given the one value in the branch that is taken, and the other one elsewhere."""
    config = f"if True:\n    T = {here}\nelse:\n    T = {there}\n"
    return [c.partition(" ")[0] for c in channels(lines(SEND, PLATFORM, config, "bus.publish(T)"))]


@pytest.mark.parametrize(
    ("here", "expected"),
    [
        ("TOPICS['placed'].name", ["local"]),
        ("loaded.topics[0]", ["local"]),
        ("os.environ['TOPIC']", ["local"]),
        ("loaded['queue']", ["local"]),
        ("f\"{TOPICS['placed'].name}\"", ["local"]),
        ('f"https://{loaded.hosts[0].name}:{loaded.hosts[0].port}"', ["local"]),
        # known, or known in part, or an object that a library makes
        ("'placed'", ["placed"]),
        ("os.environ.get('TOPIC', 'placed')", ["placed"]),
        ("f\"orders.{TOPICS['placed'].name}\"", ["orders.{}"]),
        ("topic('placed')", ["?"]),
        ("topic.placed", ["?"]),
    ],
)
def test_the_other_branch_tells_what_a_platform_alone_knows(here: str, expected: list[str]) -> None:
    assert known(here, "'local'") == expected


@pytest.mark.parametrize("there", ["os.name", "TOPICS['other'].name", "topic('local')", "None", "['local']"])
def test_the_other_branch_tells_nothing_that_is_no_text(there: str) -> None:
    assert known("TOPICS['placed'].name", there) == ["?"]


PREFIXES = """
    class Client:
        def send(self, path):
            if not path.startswith("bus:"):
                if not path.startswith("/rest"):
                    path = "/rest" + path
                path = "bus:" + path
            if path.endswith("/"):
                path = path + "index"
            bus.publish(path)
"""


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("'/orders'", ["bus:/rest/orders"]),
        ("'/rest/orders'", ["bus:/rest/orders"]),
        ("'bus:/orders'", ["bus:/orders"]),
        ("f'/orders/{unknown()}/items'", ["bus:/rest/orders/{}/items"]),
        ("f'/orders/{unknown()}/'", ["bus:/rest/orders/{}/index"]),
        ("f'bus:{unknown()}/x'", ["bus:{}/x"]),
        ("f'/re{unknown()}/x'", ["bus:/rest/re{}/x", "bus:/re{}/x"]),
    ],
)
def test_how_a_text_with_holes_starts_and_ends_may_be_decided(given: str, expected: list[str]) -> None:
    source = lines("import bus\nfrom lib import unknown", PREFIXES, f"Client().send({given})")
    assert sorted(channels(source)) == sorted(expected)
