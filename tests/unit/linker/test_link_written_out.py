"""Objects that are read as mappings of their fields."""

from __future__ import annotations

import pytest
from linking import lines, roles

OBJECTS = """
    class Settings(BaseSettings):
        topic: str = 'a'
    class Model(BaseModel):
        topic: str = 'm'
        inner: dict = {'topic': 'i'}
    @dataclass
    class Plain:
        topic: str = 'p'
    class Pair(NamedTuple):
        topic: str = 'n'
    class Own:
        def __init__(self):
            self.topic = 'o'
        def dict(self):
            return {'topic': 'said'}
    def settings() -> Settings:
        return Settings().dict()
"""
IMPORTS = lines(
    "import bus, dataclasses, attr, json",
    "from dataclasses import dataclass, asdict",
    "from typing import NamedTuple",
    "from pydantic import BaseModel, BaseSettings",
    OBJECTS,
)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("bus.publish(Settings().dict()['topic'])", "a"),
        ("bus.publish(settings()['topic'])", "a"),
        ("known = settings()\nbus.publish(f\"{known['topic']}.x\")", "a.x"),
        ("bus.publish(Model(topic='given').model_dump()['topic'])", "given"),
        ("bus.publish(Model().model_dump().get('topic'))", "m"),
        ("bus.publish(Model().model_dump().get('topic', 'other'))", "m"),
        ("bus.publish(Model().dict()['inner']['topic'])", "i"),
        ("bus.publish(asdict(Plain())['topic'])", "p"),
        ("bus.publish(dataclasses.asdict(Plain('q'))['topic'])", "q"),
        ("bus.publish(vars(Plain())['topic'])", "p"),
        ("bus.publish(Plain().__dict__['topic'])", "p"),
        ("bus.publish(Pair()._asdict()['topic'])", "n"),
        ("bus.publish(vars(Own())['topic'])", "o"),
        ("bus.publish(Own().dict()['topic'])", "said"),
        ("bus.publish('{topic}.x'.format(**asdict(Plain())))", "p.x"),
        ("def send(topic):\n    bus.publish(topic)\nsend(**asdict(Plain()))", "p"),
        ("class Sender:\n    def __init__(self, topic):\n        bus.publish(topic)\nSender(**Settings().dict())", "a"),
        ("for name, topic in asdict(Plain()).items():\n    bus.publish(topic)", "p"),
        ("known = asdict(Plain())\nknown['topic'] = 'put'\nbus.publish(known['topic'])", "put"),
    ],
)
def test_a_field_is_an_entry(code: str, expected: str) -> None:
    assert roles({"app.py": IMPORTS + code}) == [f"publish {expected}"]


@pytest.mark.parametrize(
    "code",
    [
        "bus.publish(asdict(Plain())['other'])",
        "bus.publish(json.loads(Plain())['topic'])",
        "bus.publish(Model().model_fields['topic'])",
        "bus.publish(Plain().dict()['topic'])",
        "bus.publish(asdict(row)['topic'])",
        "bus.publish(asdict(Plain())[name])",
        "bus.publish(asdict(Plain()).get('other', 'else'))",
    ],
)
def test_what_is_no_field_is_not_known(code: str) -> None:
    assert [r[:9] for r in roles({"app.py": IMPORTS + code})] == ["publish ?"]
