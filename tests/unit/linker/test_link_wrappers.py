"""Wrappers: functions that pass their arguments on to the library. The site is where the destination is decided."""

from __future__ import annotations

import pytest
from flowmap.extensions import load_plugins
from linking import channels, lines, places, recognition


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("bus.publish('a')", ["a app.py:2"]),
        ("T = 'a'\nbus.publish(T)", ["a app.py:3"]),
        ("def f(t):\n    bus.publish(t)\nf('a')\nf('b')", ["a app.py:4 < app.py:3", "b app.py:5 < app.py:3"]),
        ("def f(t):\n    bus.publish(t)\ndef g(t):\n    f(t)\ng('a')", ["a app.py:6 < app.py:5 < app.py:3"]),
        ("def f(t):\n    bus.publish(f'{t}.x')\nf('a')", ["a.x app.py:4 < app.py:3"]),
        ("def f(t):\n    bus.publish(f'{t}.x')\ndef g(u):\n    f(u)\ng('a')", ["a.x app.py:6 < app.py:5 < app.py:3"]),
        ("def f(t='a'):\n    bus.publish(t)\nf()", ["a app.py:4 < app.py:3"]),
        ("def f(*a):\n    bus.publish(*a)\nf('a')", ["a app.py:4 < app.py:3"]),
        (
            """
            def f(**k):
                bus.publish(**k)
            f(channel='a')
            """,
            ["a app.py:4 < app.py:3"],
        ),
        (
            """
            def f(*a, **k):
                bus.publish(*a, **k)
            def g(*a):
                f(*a)
            g('a')
            """,
            ["a app.py:6 < app.py:5 < app.py:3"],
        ),
        (
            """
            def f(*a, **k):
                bus.publish(*a, **k)
            def g(*a, **k):
                f(*a, **k)
            g('a')
            g(channel='b', event='e')
            """,
            ["a app.py:6 < app.py:5 < app.py:3", "b app.py:7 < app.py:5 < app.py:3"],
        ),
        (
            """
            def f(m, **k):
                bus.publish(event=m, **k)
            def g(n, *a, **k):
                f(*a, retry=n, **k)
            g(1, 'm', channel='a')
            """,
            ["a app.py:6 < app.py:5 < app.py:3"],
        ),
        (
            """
            def f(t='a'):
                bus.publish(t)
            def g(*a, **k):
                f(*a, **k)
            g()
            """,
            ["a app.py:6 < app.py:5 < app.py:3"],
        ),
        ("def f(*, topic):\n    bus.publish(topic)\nf(topic='a')", ["a app.py:4 < app.py:3"]),
        ("class C:\n    def f(self, t):\n        bus.publish(t)\nC().f('a')", ["a app.py:5 < app.py:4"]),
        (
            """
            class C:
                def f(self, t):
                    bus.publish(t)
                def g(self):
                    self.f('a')
            """,
            ["a app.py:6 < app.py:4"],
        ),
        ("class C:\n    @staticmethod\n    def f(t):\n        bus.publish(t)\nC.f('a')", ["a app.py:6 < app.py:5"]),
        ("class C:\n    @classmethod\n    def f(cls, t):\n        bus.publish(t)\nC.f('a')", ["a app.py:6 < app.py:5"]),
        ("class C:\n    def f(self, t):\n        bus.publish(t)\nC.f(C(), 'a')", ["a app.py:5 < app.py:4"]),
        (
            """
            class C:
                def __init__(self, t):
                    self.t = t
                def f(self):
                    bus.publish(self.t)
            C.f(C('a'))
            """,
            ["a app.py:6"],
        ),
        ("class C:\n    def __call__(self, t):\n        bus.publish(t)\nC()('a')", ["a app.py:5 < app.py:4"]),
        (
            """
            class C:
                def __init__(self, t):
                    self.t = t
                def f(self):
                    bus.publish(self.t)
            C('a').f()
            """,
            ["a app.py:6"],
        ),
        ("class C:\n    t = 'a'\n    def f(self):\n        bus.publish(self.t)", ["a app.py:5"]),
        ("class B:\n    def f(self):\n        bus.publish(self.t)\nclass C(B):\n    t = 'a'", ["a app.py:4"]),
        (
            """
            class B:
                def f(self, t):
                    bus.publish(t)
            class C(B):
                def g(self):
                    super().f('a')
            """,
            ["a app.py:7 < app.py:4"],
        ),
        (
            """
            def f(t):
                bus.publish(t)
            from functools import partial
            g = partial(f, 'a')
            g()
            """,
            ["a app.py:6 < app.py:3"],
        ),
        ("def f(t, m):\n    bus.publish(t, m)\ng = lambda m: f('a', m)\ng(1)", ["a app.py:4 < app.py:3"]),
        ("def f(t):\n    bus.publish(t)\ng = f\ng('a')", ["a app.py:5 < app.py:3"]),
        ("def f(t):\n    def inner():\n        bus.publish(t)\n    inner()\nf('a')", ["a app.py:6 < app.py:4"]),
        ("f = lambda t: bus.publish(t)\nf('a')", ["a app.py:3 < app.py:2"]),
        ("def f(t):\n    return lambda: bus.publish(t)\nf('a')()", ["a app.py:4 < app.py:3"]),
        ("def f(send):\n    send('a')\nf(bus.publish)", ["a app.py:3"]),
        (
            """
            def f(t):
                bus.publish(t)
            for t in ['a', 'b']:
                f(t)
            """,
            ["a app.py:5 < app.py:3", "b app.py:5 < app.py:3"],
        ),
        (
            """
            def f(t):
                for x in [t, 'b']:
                    bus.publish(x)
            f('a')
            """,
            ["b app.py:4", "a app.py:5 < app.py:4"],
        ),
        ("def f(t):\n    bus.publish(T[t])\nT = {'k': 'a', 'l': 'b'}\nf('k')", ["a app.py:5 < app.py:3"]),
        ("def f(m, t):\n    bus.publish(m[t])\nf({'k': 'a', 'l': 'b'}, 'k')", ["a app.py:4 < app.py:3"]),
        ("def f(m, t):\n    bus.publish(m[t]['n'])\nf({'k': {'n': 'a'}, 'l': {'n': 'b'}}, 'k')", ["a app.py:4 < app.py:3"]),
        ("def f(m, t):\n    bus.publish(m[t])\nf(['a', 'b'], 1)", ["b app.py:4 < app.py:3"]),
        (
            """
            class Sender:
                def __init__(self, topics):
                    self.topics = topics
                def send(self, kind):
                    bus.publish(self.topics[kind])
            sender = Sender({'k': 'a', 'l': 'b'})
            sender.send('l')
            """,
            ["b app.py:8 < app.py:6"],
        ),
        (
            """
            from enum import Enum
            class K(Enum):
                ONE = 'one'
            class Sender:
                def __init__(self, topics):
                    self.topics = topics
                def send(self, kind: K):
                    bus.publish(self.topics[kind]['name'])
            Sender({K.ONE: {'name': 'a'}}).send(K.ONE)
            """,
            ["a app.py:10 < app.py:9"],
        ),
        (
            """
            class E:
                def __init__(self, n):
                    self.n = n
            def f(e):
                bus.publish(e.n)
            f(E('a'))
            """,
            ["a app.py:7 < app.py:6"],
        ),
        (
            """
            def f(e):
                bus.publish(type(e).__name__)
            class Placed: ...
            f(Placed())
            """,
            ["Placed app.py:5 < app.py:3"],
        ),
        ("def f(e):\n    bus.publish(e.__class__.__name__)\nclass Placed: ...\nf(Placed())", ["Placed app.py:5 < app.py:3"]),
        ("def f(e):\n    bus.publish(e.topic)\nclass Placed:\n    topic = 'a'\nf(Placed())", ["a app.py:6 < app.py:3"]),
        (
            """
            from enum import Enum
            class T(Enum):
                A = 'a'
            def f(t: T):
                bus.publish(t.value)
            f(T.A)
            """,
            ["a app.py:7 < app.py:6"],
        ),
        ("async def f(t):\n    await bus.publish(t)\nasync def g():\n    await f('a')", ["a app.py:5 < app.py:3"]),
        (
            """
            import asyncio
            async def f(t):
                await bus.publish(t)
            asyncio.create_task(f('a'))
            """,
            ["a app.py:5 < app.py:4"],
        ),
        (
            """
            import asyncio
            async def f(t):
                bus.publish(t)
            async def g():
                await asyncio.gather(f('a'), f('b'))
            """,
            ["a app.py:6 < app.py:4", "b app.py:6 < app.py:4"],
        ),
        (
            """
            from threading import Thread
            def f(t):
                bus.publish(t)
            Thread(target=f, args=('a',)).start()
            """,
            ["a app.py:5 < app.py:4"],
        ),
        ("import lib\ndef f(t):\n    bus.publish(t)\nlib.submit(f, 'a')", ["a app.py:5 < app.py:4"]),
        (
            """
            class C:
                def __init__(self, t):
                    self.t = t
                def f(self):
                    bus.publish(self.t)
            class D(C):
                def __init__(self, n, t):
                    super().__init__(t)
                    self.n = n
                def f(self):
                    print(self.n)
                    super().f()
            c = C('a')
            c.f()
            d = D(1, 'b')
            d.f()
            """,
            ["a app.py:6", "b app.py:6"],
        ),
    ],
)
def test_the_place_is_where_the_destination_is_decided(source: str, expected: list[str]) -> None:
    assert places(lines("import bus", source)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(t):\n    bus.publish(t)", ["? parameter `t` of `f`, which nothing in the scan calls app.py:3"]),
        ("def f(t):\n    bus.publish(t)\nimport lib\nf(lib.x)", ["? comes from `lib.x` app.py:5 < app.py:3"]),
        ("def f(*a):\n    bus.publish(*a)", ["? parameter `a` of `f`, which nothing in the scan calls app.py:3"]),
        ("import lib\nbus.publish(*lib.args)", ["? `channel` comes out of `*` arguments app.py:3"]),
        ("import lib\nbus.publish(**lib.args)", ["? `channel` comes out of `**` arguments app.py:3"]),
        ("bus.publish()", []),
        ("def f(t='a'):\n    bus.publish(t)\ndef g(*a, **k):\n    f(*a, **k)", ["a app.py:3"]),
        ("import lib\ndef f(t='a'):\n    bus.publish(t)\nf(*lib.args)", ["a app.py:4"]),
        ("import lib\ndef f(t='a'):\n    bus.publish(t)\nf(**lib.args)", ["a app.py:4"]),
        ("import lib\ndef f(t='a'):\n    bus.publish(t)\nf(lib.x)", ["? comes from `lib.x` app.py:5 < app.py:4"]),
        ("def f(t):\n    bus.publish(t)\nf()", ["? parameter `t` of `f` is not passed app.py:3"]),
        ("def f(t):\n    bus.publish(f'{t}.x')", ["{}.x app.py:3"]),
        ("def f(t):\n    bus.publish(f'{t}.x')\nimport lib\nf(lib.x)", ["{}.x app.py:3"]),
        ("def f(t):\n    print(t)\nf('a')", []),
        ("def f(t):\n    bus.publish('a')\nf('b')", ["a app.py:3"]),
        ("def f(t):\n    t = 'a'\n    bus.publish(t)\nf('b')", ["a app.py:4"]),
        (
            """
            def f(t):
                bus.publish(t)
            def g():
                f
            """,
            ["? parameter `t` of `f`, which nothing in the scan calls app.py:3"],
        ),
        (
            """
            import lib
            @lib.handler
            def f(t):
                bus.publish(t)
            """,
            ["? parameter `t` of `f`, which is given from outside the scan app.py:5"],
        ),
        (
            """
            import lib
            class C(lib.Base):
                def f(self, t):
                    bus.publish(t)
            """,
            ["? parameter `t` of `C.f`, which is given from outside the scan app.py:5"],
        ),
        (
            """
            class C(object):
                def f(self, t):
                    bus.publish(t)
            """,
            ["? parameter `t` of `C.f`, which nothing in the scan calls app.py:4"],
        ),
        (
            """
            import abc
            class C(abc.ABC):
                def f(self, t):
                    bus.publish(t)
            """,
            ["? parameter `t` of `C.f`, which nothing in the scan calls app.py:5"],
        ),
        (
            """
            class C:
                def f(self):
                    bus.publish(self.t)
            """,
            ["? `C` has no attribute `t` that the scan can see app.py:4"],
        ),
        (
            """
            class C:
                def __init__(self, t):
                    self.t = t
                def f(self):
                    bus.publish(self.t)
            """,
            ["? parameter `t` of `C.__init__`, which nothing in the scan calls app.py:6"],
        ),
    ],
)
def test_what_no_caller_decides_stays_where_it_is_written(source: str, expected: list[str]) -> None:
    assert places(lines("import bus", source)) == expected


EXCHANGES = """
import aio_pika

async def send(exchange: aio_pika.Exchange, key):
    await exchange.publish(aio_pika.Message(b""), routing_key=key)

async def inner(exchange):
    await send(exchange, "placed")

async def outer(channel: aio_pika.Channel, key):
    exchange = await channel.declare_exchange("orders")
    await inner(exchange)
    await send(exchange, key)

async def main():
    channel = await (await aio_pika.connect("amqp://x")).channel()
    await outer(channel, "paid")
"""


def test_a_message_stands_where_its_channel_is_decided_and_not_its_exchange() -> None:
    plugins = tuple(p for p in load_plugins() if p.name == "aio-pika")
    found = recognition(EXCHANGES, plugins=plugins).interactions
    assert [(i.channel, i.exchange, i.function) for i in found] == [("placed", "orders", "inner"), ("paid", "orders", "main")]


CONFIGURED = """
class Config:
    TOPIC = 'orders'
class Sender:
    def __init__(self, config):
        self.topic = f'{{config.TOPIC}}.new'
    def send(self):
        bus.publish(self.topic)
class Shop:
    def __init__(self, config=None):
        {filling}
        self.sender = Sender(config)
    def sell(self):
        self.sender.send()
"""


@pytest.mark.parametrize(
    ("filling", "expected"),
    [
        ("if config is None: config = Config()", ["orders.new"]),
        ("if not config: config = Config()", ["orders.new"]),
        ("config = config or Config()", ["orders.new"]),
        ("config = config if config is not None else Config()", ["orders.new"]),
        ("pass", ["{}.new"]),
        ("if config is None: other = Config()", ["{}.new"]),
    ],
)
@pytest.mark.parametrize("user", ["Shop()", "Shop().sell()", "def run(): Shop().sell()", "def run(s: Shop): s.sell()\nShop()"])
def test_what_takes_the_place_of_none_is_what_counts(filling: str, expected: list[str], user: str) -> None:
    assert channels(lines("import bus", CONFIGURED.format(filling=filling), user)) == expected


@pytest.mark.parametrize(
    ("filling", "expected"),
    [
        ("topic or 'orders'", ["orders.new"]),
        ("topic or self.USUAL", ["usual.new"]),
        ("topic if topic else 'orders'", ["orders.new"]),
        ("other or 'orders'", ["orders.new", "{}.new"]),
    ],
)
@pytest.mark.parametrize("usual", ["None", "''"])
def test_an_argument_that_nobody_gives_leaves_no_hole_beside_what_replaces_it(
    filling: str, expected: list[str], usual: str
) -> None:
    sender = f"""
    class Sender:
        USUAL = 'usual'
        def __init__(self, bus=None, topic={usual}):
            self.topic = {filling}
        def send(self):
            bus.publish(f'{{self.topic}}.new')
    def run():
        Sender(bus=1).send()
    """
    assert sorted(channels(lines("import bus", sender))) == expected


OBJECTS = """
    import bus
    class Send:
        def __init__(self, topic, version, *rest):
            self.topic, self.version = topic, version
        def send(self, body):
            bus.publish(f"{self.topic}.{self.version}")
        __call__ = send
    class Below(Send):
        def __init__(self, topic):
            super().__init__(topic, "below")
    class Api:
        def __init__(self):
            self.placed = Send("placed", "v1")
            self.paid = Send("paid", version="v2")
"""
PAIRS = ["paid.v2", "placed.v1"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("", PAIRS),
        ("Api().paid.send(1)", ["paid.v2"]),
        ("def run(api: Api): api.placed.send(1)", ["placed.v1"]),
        ("Send('more', 'v3')", ["more.v3", *PAIRS]),
        ("for t, v in [('a', '1'), ('b', '2')]:\n    Send(t, v).send(1)", ["a.1", "b.2"]),
        ("Below('deep').send(1)", ["deep.below"]),
        ("def make(t, v):\n    return Send(t, v)\nmake('a', '1').send(1)", ["a.1"]),
        ("def make(t, v):\n    Send(t, v).send(1)\nmake('a', '1')\nmake('b', '2')", ["a.1", "b.2"]),
        ("def make(t, v):\n    Send(t, v)\nmake('a', '1')\nmake('b', '2')", ["a.1", "b.2", *PAIRS]),
        (
            "def make(t, v):\n    Send(t, v)\ndef both(t):\n    make(t, '1')\n    make(t, '2')\nboth('a')\nmake('b', '3')",
            ["a.1", "a.2", "b.3", *PAIRS],
        ),
        ("def make(t, v):\n    Send(t, v)\ndef idle(t):\n    make(t, '1')\nmake('b', '2')", ["b.2", *PAIRS]),
        ("def make(t):\n    Send(t, t + '!')\nmake('a')\nmake('b')", ["a.a!", "b.b!", *PAIRS]),
        ("T = {'a': '1', 'b': '2'}\ndef make(t):\n    Send(t, T[t])\nmake('a')\nmake('b')", ["a.1", "b.2", *PAIRS]),
        ("T = {'a': '1', 'b': '2'}\ndef make(t):\n    return Send('x', T[t])\nfor t in T:\n    make(t)", [*PAIRS, "x.1", "x.2"]),
    ],
)
def test_what_an_object_is_made_with_stays_together(code: str, expected: list[str]) -> None:
    assert sorted(channels(lines(OBJECTS, code))) == expected


MADE_ONCE = """
    import bus, lib
    class Null:
        def __init__(self, topic):
            self.topic = topic
        def send(self, body):
            pass
    class Send:
        def __init__(self, topic):
            self.topic = topic
        def send(self, body):
            topic = self.topic
            bus.publish(topic)
    def make(topic):
        if lib.off:
            return Null(topic)
        return Send(topic)
    class Api:
        def __init__(self):
            self.placed, self.paid = make("placed"), make("paid")
    a, b = Send("a"), Send("b")
"""
ALL = ["a", "b", "paid", "placed"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("a.send(1)", ["a"]),
        ("a.send(1)\nb.send(2)", ["a", "b"]),
        ("a.send(open('f').read())\na.send(2)", ["a", "a"]),
        ("Api().paid.send(1)", ["paid"]),
        ("c = make('c')\nc.send(1)", ["c"]),
        (
            """
            class Job:
                def __init__(self, out):
                    self.out = out
                def run(self):
                    self.out.send(1)
            Job(b).run()
            """,
            ["b"],
        ),
        ("def hand_on(out):\n    out.send(1)\nhand_on(b)", ["b"]),
        ("def f(out=a):\n    out.send(1)\nf()", ["a"]),
        ("a.send(1)\nlib.client().send(1)", ["a"]),
        ("a.send(1)\ndef send(x):\n    pass\nsend(1)", ["a"]),
        ("", ALL),
        ("a.send(1)\ndef f(out: Send):\n    out.send(1)", ALL),
        ("a.send(1)\ndef f(out):\n    out.send(1)", ALL),
        ("a.send(1)\nlib.submit(b.send)", ALL),
        ("a.send(1)\nfor x in lib.outs(a, b):\n    x.send(1)", ALL),
        ("a.send(1)\nclass Below(Send):\n    pass\nBelow('c').send(1)", ["a", "c"]),
    ],
)
def test_only_objects_that_are_called_on_count(code: str, expected: list[str]) -> None:
    assert sorted(channels(lines(MADE_ONCE, code))) == expected


CALLED = """
    import bus
    class Send:
        def __init__(self, topic):
            self.topic = topic
        def __call__(self, version):
            bus.publish(f"{self.topic}.{version}")
    class Plain:
        def __init__(self, topic): ...
    class Api:
        def __init__(self):
            self.placed = Send("placed")
            self.plain = Plain("plain")
"""


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("Api().placed('v1')", ["placed.v1"]),
        ("def run(api: Api): api.placed('v2')", ["placed.v2"]),
        ("Api().plain('v1')", ["placed.{}"]),
    ],
)
def test_an_object_that_an_attribute_holds_may_be_called(code: str, expected: list[str]) -> None:
    assert channels(lines(CALLED, code)) == expected


CLIENTS = """
    class Base:
        def __init__(self, topic, quiet=False):
            self.topic = topic
        def handle(self, message):
            return self._send(message)
    class Orders(Base):
        def __init__(self, **options):
            super().__init__(**options)
            self.seen = {}
        def _send(self, message):
            bus.publish(self.topic + ".orders")
    class Bills(Base):
        def _send(self, message):
            bus.publish(self.topic + ".bills")
    def run(sender, message):
        keep[message](sender).handle(message)
    keep = {}
    run(Orders(topic="shop"), 1)
    run(Bills("office"), 1)
"""


def test_an_inherited_constructor_gives_each_class_what_its_own_objects_are_made_with() -> None:
    assert sorted(channels(lines("import bus", CLIENTS))) == ["office.bills", "shop.orders"]


KEPT_APART = """
    import attr, bus
    from dataclasses import dataclass
    class Config:
        def __init__(self, prefix):
            self.prefix = prefix
        def topic(self, kind):
            return f"{self.prefix}.{kind}"
    @dataclass
    class Data:
        prefix: str
        def topic(self, kind):
            return f"{self.prefix}.{kind}"
        @property
        def plain(self):
            return self.prefix + ".plain"
    @attr.s(auto_attribs=True)
    class Attr:
        inner: Data
        def topic(self, kind):
            return self.inner.topic(kind)
    one, two = {one}, {two}
"""
SENDER = """
class Sender:
    def __init__(self, config):
        self.config = config
    def send(self, kind):
        bus.publish(self.config.topic(kind))
"""


@pytest.mark.parametrize(
    ("one", "two"),
    [("Config('a')", "Config(prefix='b')"), ("Data('a')", "Data(prefix='b')"), ("Config('a')", "Data('b')")],
)
@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("bus.publish(one.topic('x'))\nbus.publish(two.topic('y'))", ["a.x", "b.y"]),
        (SENDER + "Sender(one).send('x')\nSender(two).send('y')", ["a.x", "b.y"]),
        (
            SENDER + "def run():\n    sender = Sender(one)\n    sender.send('x')\nsecond = Sender(config=two)\nsecond.send('y')",
            ["a.x", "b.y"],
        ),
        ("for c in (one, two): bus.publish(c.topic('x'))", ["a.x", "b.x"]),
        # nobody can tell whose it is
        (SENDER + "def run(sender: Sender):\n    sender.send('x')\nrun(Sender(one))\nrun(Sender(two))", ["a.x", "b.x"]),
    ],
)
def test_what_an_object_of_configuration_says_stays_with_it(one: str, two: str, code: str, expected: list[str]) -> None:
    assert sorted(channels(lines(KEPT_APART.replace("{one}", one).replace("{two}", two), code))) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("bus.publish(Data('c').plain)", ["c.plain"]),
        ("bus.publish(Attr(one).topic('x'))\nbus.publish(Attr(two).topic('y'))", ["a.x", "b.y"]),
        ("def run(data: Data): bus.publish(data.plain)", ["a.plain", "b.plain"]),
        ("def run(data: Data): bus.publish(data.topic('x'))", ["a.x", "b.x"]),
    ],
)
def test_fields_stay_with_the_object_that_was_made_with_them(code: str, expected: list[str]) -> None:
    assert sorted(channels(lines(KEPT_APART.replace("{one}", "Data('a')").replace("{two}", "Data('b')"), code))) == expected
