"""Parameters whose annotation says more than what is given for them."""

from __future__ import annotations

import pytest
from linking import channels, lines

SENDERS = """
import bus
from lib import unknown

class Own: ...

class Sender:
    def __init__(self, client{annotation}):
        self.client = client
    def send(self, topic):
        self.client.publish(topic)

class First:
    def __init__(self, sender: Sender):
        self.sender = sender
    def go(self):
        self.sender.send("first")

class Second:
    def __init__(self, sender: Sender):
        self.sender = sender
    def go(self):
        self.sender.send("second")

First(Sender(bus.Client())).go()
"""


def sent(annotation: str, given: str) -> list[str]:
    """What is sent by one object that is made plainly, and by another one that is made out of what is given."""
    return channels(lines(SENDERS.replace("{annotation}", annotation), given))


@pytest.mark.parametrize(
    "given",
    [
        "Second(Sender(unknown())).go()",
        "Second(Sender(client=unknown.client)).go()",
        "Second(Sender(missing)).go()",
        "def made(request):\n    return Second(Sender(request.app.state.client))\nmade(unknown()).go()",
        "def made(request):\n    client = request.app.state.client\n    return Second(Sender(client))\ndef f(r):\n    made(r).go()",
    ],
)
def test_an_annotation_that_plugins_know_says_what_is_given(given: str) -> None:
    assert sent(": bus.Client", given) == ["first", "second"]
    assert sent(": bus.Client | None", given) == ["first", "second"]


@pytest.mark.parametrize(
    ("annotation", "given"),
    [
        ("", "Second(Sender(unknown())).go()"),
        ("", "def made(request):\n    return Second(Sender(request.app.state.client))\nmade(unknown()).go()"),
        (": bus.Client", "Second(Sender(Own())).go()"),
        (": bus.Client", "Second(Sender('text')).go()"),
        (": bus.Client", "Second(Sender([])).go()"),
    ],
)
def test_an_annotation_says_nothing_of_what_is_known(annotation: str, given: str) -> None:
    assert sent(annotation, given) == ["first"]
