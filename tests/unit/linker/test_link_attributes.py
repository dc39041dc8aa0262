"""Types of attributes: what an object holds, whoever put it there, and what subclasses and other modules make of it."""

from __future__ import annotations

from textwrap import indent

import pytest
from linking import Files, channels, lines, roles, wrong

FOUND = ["publish x"]
HEAD = """
import bus, lib
from bus import Client
from functools import cached_property
class Inner:
    def __init__(self):
        self.c = Client()
"""


@pytest.mark.parametrize(
    "body",
    [
        "def __init__(self):\n    self.c = Client()\ndef f(self):\n    self.c.publish('x')",
        "def __init__(self, c: Client):\n    self.c = c\ndef f(self):\n    self.c.publish('x')",
        """
            def __init__(self, c):
                self.c: Client = c
            def f(self):
                self.c.publish('x')
            """,
        "def __init__(self, c=None):\n    self.c = c or Client()\ndef f(self):\n    self.c.publish('x')",
        "c: Client\ndef f(self):\n    self.c.publish('x')",
        "c = Client()\ndef f(self):\n    self.c.publish('x')",
        "c = Client()\n@classmethod\ndef f(cls):\n    cls.c.publish('x')",
        """
            c = None
            async def start(self):
                self.c = await bus.aconnect()
            def f(self):
                self.c.publish('x')
            """,
        """
            def __init__(self):
                self._c = Client()
            @property
            def c(self):
                return self._c
            def f(self):
                self.c.publish('x')
            """,
        "@cached_property\ndef c(self):\n    return Client()\ndef f(self):\n    self.c.publish('x')",
        """
            def __init__(self):
                self._c = Client()
            @property
            def c(self):
                return self._c
            @c.setter
            def c(self, value):
                self._c = value
            def f(self):
                self.c.publish('x')
            """,
        """
            @property
            def c(self) -> Client:
                return lib.get()
            def f(self):
                self.c.publish('x')
            """,
        """
            _c = None
            @property
            def c(self):
                if self._c is None:
                    self._c = Client()
                return self._c
            def f(self):
                self.c.publish('x')
            """,
        """
            def __init__(self):
                self.c = self.make()
            def make(self):
                return Client()
            def f(self):
                self.c.publish('x')
            """,
        """
            def __init__(self):
                self.setup()
            def setup(self):
                self.c = Client()
            def f(self):
                self.c.publish('x')
            """,
        """
            def __enter__(self):
                self.c = Client()
                return self
            def f(self):
                self.c.publish('x')
            """,
        "def __init__(self):\n    self.cs = {'a': Client()}\ndef f(self):\n    self.cs['a'].publish('x')",
        """
            def __init__(self):
                self.cs = []
                self.cs.append(Client())
            def f(self):
                for c in self.cs:
                    c.publish('x')
            """,
        """
            cs: list[Client]
            def f(self):
                for c in self.cs:
                    c.publish('x')
            """,
        """
            def __init__(self):
                self.cs = {}
            def add(self):
                self.cs['a'] = Client()
            def f(self):
                self.cs['a'].publish('x')
            """,
        """
            def __init__(self, make):
                self.cs: dict[str, Client] = make()
            def f(self):
                self.cs['a'].publish('x')
            """,
        "def f(self):\n    c = self.g()\n    c.publish('x')\ndef g(self) -> Client: ...",
        "def __init__(self):\n    self.inner = Inner()\ndef f(self):\n    self.inner.c.publish('x')",
        "inner: 'Inner'\ndef f(self):\n    self.inner.c.publish('x')",
        """
            def __getattr__(self, name):
                return getattr(self.c, name)
            def __init__(self):
                self.c = Client()
            def f(self):
                self.c.publish('x')
            """,
        """
            instance = None
            def __new__(cls):
                cls.instance = Client()
                return super().__new__(cls)
            def f(self):
                self.instance.publish('x')
            """,
    ],
)
def test_attributes_of_objects_are_followed(body: str) -> None:
    assert roles(lines(HEAD, "class A:") + indent(lines(body), "    ")) == FOUND


INHERITED = """
import bus
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar
class Sender(Protocol):
    def send(self, name): ...
class Abstract(ABC):
    topic = None
    @abstractmethod
    def send(self, name): ...
    def announce(self):
        self.send(self.topic)
class Real(Abstract):
    topic = "real"
    def __init__(self):
        self.c = bus.Client()
    def send(self, name):
        self.c.publish(name)
class Further(Real):
    topic = "further"
"""


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Real().announce()", ["publish further", "publish real"]),
        ("def f(s: Abstract):\n    s.send('x')", ["publish further", "publish real", "publish x"]),
        ("def f(s: Real):\n    s.send('x')", ["publish further", "publish real", "publish x"]),
        ("def f(s: Sender):\n    s.send('x')", ["publish further", "publish real", "publish x"]),
        ("def f(s):\n    s.send('x')\nf(Real())", ["publish further", "publish real", "publish x"]),
        ("def f(s: object):\n    s.send('x')", ["publish further", "publish real"]),
        wrong(
            """
            class Own(Abstract):
                topic = 'own'
                def send(self, name): ...
            """,
            ["publish further", "publish real"],
            reason="the object that is sent on and the attribute it sends are told of separately",
        ),
        (
            """
            class Loose:
                def send(self, name, more=1):
                    bus.publish('loose ' + name)
            class Other:
                def send(self, topic):
                    bus.publish('other ' + topic)
            class Partly:
                def deliver(self, name):
                    bus.publish('partly ' + name)
            def f(s: Sender):
                s.send('x')
            """,
            [
                "publish further",
                "publish loose x",
                "publish other {}",
                "publish partly {}",
                "publish real",
                "publish x",
            ],
        ),
        ("class Third(Real):\n    topic = 'third'", ["publish further", "publish real", "publish third"]),
    ],
)
def test_subclasses_decide_what_their_base_sends(source: str, expected: list[str]) -> None:
    assert sorted(roles(lines(INHERITED, source))) == expected


@pytest.mark.parametrize(
    "files",
    [
        {"clients.py": "import bus\nclient = bus.Client()\n", "app.py": "from clients import client\nclient.publish('x')\n"},
        {"clients.py": "import bus\nclient = bus.Client()\n", "app.py": "import clients\nclients.client.publish('x')\n"},
        {
            "clients.py": """
            import bus, lib
            application = lib.make()
            application.extensions["bus"] = bus.Client()
            """,
            "app.py": """
            import clients
            from lib import running
            running.extensions["bus"].publish('x')
            """,
        },
        {
            "clients.py": """
            import bus
            def get():
                return bus.Client()
            """,
            "app.py": """
            from clients import get
            get().publish('x')
            """,
        },
        {
            "base.py": """
            import bus
            class Base:
                def __init__(self):
                    self.c = bus.Client()
            """,
            "app.py": """
            from base import Base
            class A(Base):
                def f(self):
                    self.c.publish('x')
            """,
        },
        {
            "base.py": """
            import bus
            class Base:
                c: bus.Client
            """,
            "app.py": """
            import base
            def f(b: 'base.Base'):
                b.c.publish('x')
            """,
        },
        {
            "state.py": "class State: ...\nstate = State()\n",
            "main.py": """
            import bus
            from state import state
            state.c = bus.Client()
            """,
            "app.py": """
            from state import state
            state.c.publish('x')
            """,
        },
    ],
)
def test_objects_are_followed_across_modules(files: Files) -> None:
    assert roles(files) == FOUND


SET = """
import bus
class Settings:
    def __init__(self, topic="by-default"):
        self._topic = topic
    @property
    def topic(self):
        return self._topic
    @topic.setter
    def topic(self, value):
        self._topic = value
"""


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("bus.publish(Settings('made').topic)", ["made"]),
        ("settings = Settings()\nsettings.topic = 'set'\nbus.publish(settings.topic)", ["set"]),
        ("other = Settings()\nother.topic = 'set'\nbus.publish(Settings('made').topic)", ["made"]),
    ],
)
def test_a_property_that_can_be_set_is_what_it_is_set_to(code: str, expected: list[str]) -> None:
    assert channels(SET + code) == expected


SHARED = """
    class Shared:
        _c = None
        def __init__(self):
            if Shared._c is None:
                Shared._c = Client()
            self.mine = Shared._c

    class Below(Shared):
        pass

    class Once:
        _c = None
        @classmethod
        def get(cls):
            if cls._c is None:
                cls._c = Client()
            return cls._c

    class Never:
        _c = None

    class Other:
        _c = None
        def put(self):
            self._c = Client()
"""


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("Shared().mine.publish('x')", FOUND),
        ("Shared._c.publish('x')", FOUND),
        ("Below._c.publish('x')", FOUND),
        ("Below()._c.publish('x')", FOUND),
        ("Once.get().publish('x')", FOUND),
        ("Once._c.publish('x')", FOUND),
        ("Never._c.publish('x')", []),
        ("Never()._c.publish('x')", []),
        ("Other._c.publish('x')", []),
        ("Shared().theirs.publish('x')", []),
    ],
)
def test_what_is_put_into_a_class_is_there_for_all(code: str, expected: list[str]) -> None:
    assert roles(lines(HEAD, SHARED, code)) == expected


GIVEN = """
import bus
class Default:
    _topic = None
    @classmethod
    def set(cls, topic):
        cls._topic = topic
    @classmethod
    def get(cls):
        if cls._topic is not None:
            return cls._topic
        return "usual"
"""


@pytest.mark.parametrize(("code", "expected"), [("", ["usual"]), ("Default.set('given')\n", ["given", "usual"])])
def test_a_class_method_that_nobody_calls_puts_nothing_into_its_class(code: str, expected: list[str]) -> None:
    assert sorted(channels(f"{GIVEN}{code}bus.publish(Default.get())")) == expected


KINDS = """
import bus
class Kind:
    topic: str
    @classmethod
    def tell(cls):
        bus.publish(cls.topic)
class One(Kind):
    topic = "one"
class Other(Kind):
    topic = "other"
"""


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("One.tell()", ["publish one", "publish other"]),
        ("def go(kinds):\n    for kind in kinds:\n        kind.tell()", ["publish one", "publish other"]),
        ("class Third(Kind):\n    pass", ["publish one", "publish other"]),
    ],
)
def test_subclasses_decide_what_a_class_method_sends(source: str, expected: list[str]) -> None:
    assert sorted(roles(lines(KINDS, source))) == expected


def test_a_class_that_has_the_attribute_itself_is_not_asked_below() -> None:
    source = KINDS.replace("topic: str", "topic = 'own'")
    assert sorted(roles(lines(source, "Kind.tell()"))) == ["publish own"]
