"""Attributes that classes get by the keywords of their statements."""

from __future__ import annotations

import pytest
from linking import lines, roles, value_of

TAKES = """
    class Event:
        topic = None
        def __init_subclass__(cls, topic=None, **more):
            super().__init_subclass__(**more)
            cls.topic = topic
    class Paid(Event, topic='paid'): ...
    class Lost(Event, topic='lost'): ...
    class Plain(Event): ...
    class Own(Event, topic='own'):
        def read(self):
            return self.topic
"""
PUTS = """
    class Event:
        def __init_subclass__(cls, /, *, prefix: str = 'shop', **more):
            if prefix is not None:
                setattr(cls, 'topic', f'{prefix}.{cls.__name__}')
    PREFIX = 'desk'
    class Paid(Event): ...
    class Lost(Event, prefix=PREFIX): ...
    class Later(Lost, prefix=None): ...
    class Bound(Event, prefix='x'):
        topic = 'bound'
"""


@pytest.mark.parametrize(
    ("setup", "expression", "expected"),
    [
        (TAKES, "Paid.topic", {"paid"}),
        (TAKES, "Paid().topic", {"paid"}),
        (TAKES, "type(Lost()).topic", {"lost"}),
        (TAKES, "Own().read()", {"own"}),
        (TAKES, "(lambda event: event.topic)(Lost())", {"lost"}),
        (PUTS, "Paid.topic", {"shop.Paid"}),
        (PUTS, "Lost().topic", {"desk.Lost"}),
        (PUTS, "Later.topic", {"desk.Lost"}),
        (PUTS, "Bound.topic", {"x.Bound"}),
    ],
)
def test_a_hook_puts_keywords_into_the_class(setup: str, expression: str, expected: set[str]) -> None:
    assert value_of(expression, setup) == expected


def test_an_object_of_the_base_has_what_any_class_below_has() -> None:
    read = "def send(event: Event):\n    bus.publish(event.topic)"
    assert roles(lines("import bus", TAKES, read)) == ["publish lost", "publish own", "publish paid"]


@pytest.mark.parametrize(
    ("setup", "expression"),
    [
        (TAKES, "Plain.topic"),
        (TAKES, "Event.topic"),
        ("class Event:\n    def init(cls, topic):\n        cls.topic = topic\nclass Paid(Event, topic='paid'): ...", "Paid.topic"),
        ("class Paid(outside.Event, topic='paid'): ...", "Paid.topic"),
        ("class Event(metaclass=outside.Meta): ...\nclass Paid(Event, topic='paid'): ...", "Paid.topic"),
    ],
)
def test_nothing_else_does(setup: str, expression: str) -> None:
    (found,) = value_of(expression, lines("import outside", setup))
    assert found.startswith("? ")


def test_an_attribute_that_is_set_by_its_name_is_set() -> None:
    assert value_of("Kept().topic", "class Kept:\n    def __init__(self):\n        setattr(self, 'topic', 'x')") == {"x"}
    assert value_of("kept.topic", "import outside\nkept = outside.make()\nsetattr(kept, 'topic', 'x')") == {"x"}
