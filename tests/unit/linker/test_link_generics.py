"""Type variables: what annotations promise by them, for objects of classes that say what they are."""

from __future__ import annotations

import pytest
from linking import lines, roles

SETUP = """
    import bus
    from typing import Generic, Protocol, Type, TypeVar
    B = TypeVar('B')
    K = TypeVar('K')
"""
HOLDS = """
    class Base(Generic[B]):
        def connect(self, session: B):
            self.session = session
"""


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            """
            class Base(Generic[B]):
                broker: B
                def send(self):
                    self.broker.publish('x')
            class Rabbit(Base[bus.Client]): ...
            """,
            ["publish x"],
        ),
        (
            """
            class Base(Generic[B]):
                def __init__(self, broker: B):
                    self.broker = broker
                def send(self):
                    self.broker.publish('x')
            class Rabbit(Base['bus.Client']): ...
            """,
            ["publish x"],
        ),
        (
            """
            class Base(Generic[B]):
                @property
                def broker(self) -> B:
                    return make()
            class Rabbit(Base[bus.Client]):
                def send(self):
                    self.broker.publish('x')
            """,
            ["publish x"],
        ),
        (
            """
            class Base(Generic[B]):
                kind: Type[B]
                def send(self):
                    self.kind().publish('x')
            class Rabbit(Base[bus.Client]): ...
            """,
            ["publish x"],
        ),
        (
            """
            class Base[T]:
                def __init__(self, broker: T | None):
                    self.broker = broker
                def send(self):
                    self.broker.publish('x')
            class Rabbit(Base[bus.Client]): ...
            """,
            ["publish x"],
        ),
        (
            """
            class Base(Protocol[K, B]):
                brokers: dict[K, B]
            class Both(Base[str, bus.Client]):
                def send(self, key):
                    self.brokers[key].publish('x')
            """,
            ["publish x"],
        ),
    ],
)
def test_a_class_says_what_the_variables_of_its_base_are(source: str, expected: list[str]) -> None:
    assert roles(lines(SETUP, source)) == expected


@pytest.mark.parametrize(
    ("classes", "expected"),
    [
        ("class Mid(Base[B]): ...\nclass Sender(Mid[bus.Client]):", ["publish x"]),
        ("class Mid(Base[K]): ...\nclass Lower(Mid[bus.Client]): ...\nclass Sender(Lower):", ["publish x"]),
        ("class Mid(Base[B], Generic[K, B]): ...\nclass Sender(Mid[bus.Pool, bus.Client]):", ["publish x"]),
        ("class Mid(Base[B], Generic[K, B]): ...\nclass Sender(Mid[bus.Client, bus.Pool]):", []),
        ("class Sender(Base[bus.Pool]):", []),
        ("class Sender(Base):", []),
        ("class Other(Base[bus.Client]): ...\nclass Sender(Base[bus.Pool]):", []),
    ],
)
def test_what_is_said_goes_through_the_classes_between(classes: str, expected: list[str]) -> None:
    method = "    def send(self):\n        self.session.publish('x')\n"
    assert roles(lines(SETUP, HOLDS) + classes + "\n" + method) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("C = TypeVar('C', bound=bus.Client)\ndef f(c: C) -> C:\n    c.publish('x')\n    return c", ["publish x"]),
        ("C = TypeVar('C', bound='bus.Client')\ndef f(c: C):\n    c.publish('x')", ["publish x"]),
        ("C = TypeVar('C', bus.Client, bus.Pool)\ndef f(c: C):\n    c.publish('x')", ["publish x"]),
        ("C = TypeVar('C', bound=bus.Client)\ndef f(c: type[C]):\n    c().publish('x')", ["publish x"]),
        ("def f[C: bus.Client](c: C):\n    c.publish('x')", ["publish x"]),
        ("class Base[C: bus.Client]:\n    c: C\n    def send(self):\n        self.c.publish('x')", ["publish x"]),
        ("def f(c: B):\n    c.publish('x')", []),
        ("C = TypeVar('C', bound=bus.Pool)\ndef f(c: C):\n    c.publish('x')", []),
        ("def f[C](c: C):\n    c.publish('x')", []),
    ],
)
def test_a_variable_of_which_nothing_is_said_is_its_bound(source: str, expected: list[str]) -> None:
    assert roles(lines(SETUP) + source) == expected


MAKES = """
    class Base(Generic[B]):
        def __init__(self, topic, broker: B):
            self.topic, self.broker = topic, broker
        def send(self):
            bus.publish(self.topic)
        def hand(self):
            self.broker.publish('by broker')
"""


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Base[int]('a', 1).send()", ["publish a"]),
        ("Base[bus.Pool]('a', outside.make()).send()", ["publish a"]),
        ("Base[bus.Client]('a', outside.make()).send()", ["publish a", "publish by broker"]),
        ("Base('a', outside.make()).send()", ["publish a"]),
    ],
)
def test_a_generic_class_is_called_as_itself(source: str, expected: list[str]) -> None:
    assert sorted(roles(lines(SETUP, MAKES) + source)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("bus.Client[int]().publish('c')", ["publish c"]),
        ("bus.Client[B]().publish('c')", ["publish c"]),
        ("bus.registry[int]().publish('c')", []),
        ("bus.CLIENTS[int]().publish('c')", []),
        ("bus.Clients['int']().publish('c')", []),
    ],
)
def test_a_generic_class_of_a_library_too(source: str, expected: list[str]) -> None:
    assert roles(lines(SETUP) + source) == expected


def test_what_a_method_takes_is_what_the_classes_below_say() -> None:
    source = """
    class Paid: topic = 'paid'
    class Lost: topic = 'lost'
    class Repo(Generic[B]):
        def save(self, message: B):
            bus.publish(message.topic)
    class Payments(Repo[Paid]): ...
    class Losses(Repo[Lost]): ...
    """
    assert roles(lines(SETUP, source)) == ["publish lost", "publish paid"]
