"""Functions as values: decorated, registered, kept in tables and objects, handed over. Calling one is calling what it is."""

from __future__ import annotations

import pytest
from linking import channels, lines, wrong

SEND = "import bus\ndef send(topic):\n    bus.publish(topic)\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            """
            def deco(f):
                def inner(*a):
                    return f(*a)
                return inner
            @deco
            def send(t):
                bus.publish(t)
            send('a')
            """,
            ["a"],
        ),
        (
            """
            def deco(t):
                def outer(f):
                    def inner():
                        f()
                        bus.publish(t)
                    return inner
                return outer
            @deco('a')
            def g(): ...
            """,
            ["a"],
        ),
        (
            """
            import functools
            def deco(f):
                @functools.wraps(f)
                def inner(*a, **k):
                    return f(*a, **k)
                return inner
            @deco
            def send(t):
                bus.publish(t)
            send('a')
            """,
            ["a"],
        ),
        (
            """
            def deco(f):
                bus.publish(f.__name__)
                return f
            @deco
            def first(): ...
            @deco
            def second(): ...
            """,
            ["first", "second"],
        ),
        (
            """
            class Deco:
                def __init__(self, f):
                    self.f = f
                def __call__(self, t):
                    bus.publish(t)
            @Deco
            def g(t): ...
            g('a')
            """,
            ["a"],
        ),
        ("import lib\n@lib.retry(3)\ndef send(t):\n    bus.publish(t)\nsend('a')", ["a"]),
        (
            """
            def deco(n=3):
                def outer(f):
                    async def later(*a, **k):
                        return await f(*a, **k)
                    def now(*a, **k):
                        return f(*a, **k)
                    if n:
                        return later
                    return now
                return outer
            class C:
                @deco()
                @deco(2)
                async def send(self, t):
                    bus.publish(t)
            async def main(c: C):
                await c.send('a')
            """,
            ["a"],
        ),
        (
            """
            def deco(f):
                def inner(*a):
                    return f(bus.Client(), *a)
                return inner
            @deco
            def send(c, t):
                c.publish(t)
            send('a')
            """,
            ["a"],
        ),
        (
            """
            def deco(f):
                def inner(self, t):
                    return f(self, bus.Client(), t + '.x')
                return inner
            class C:
                @deco
                def send(self, c, t):
                    c.publish(t)
            C().send('a')
            """,
            ["a.x"],
        ),
        (
            """
            def deco(f):
                def inner(t):
                    bus.publish(t + '.log')
                    return f(t)
                return inner
            @deco
            def send(t): ...
            send('a')
            """,
            ["a.log"],
        ),
        (
            """
            def deco(t):
                def outer(f):
                    def inner(*a):
                        bus.publish(t)
                    return inner
                return outer
            @deco('a')
            def first(): ...
            @deco('b')
            def second(): ...
            first()
            first()
            """,
            ["a", "b"],
        ),
        (
            """
            class Deco:
                def __init__(self, n):
                    self.n = n
                def __call__(self, f):
                    def inner(*a):
                        bus.publish(self.n)
                        return f(*a)
                    return inner
            @Deco('n')
            def g(t):
                bus.publish(t)
            g('a')
            """,
            ["n", "a"],
        ),
        ("def deco(f):\n    return lambda x: f(x) + '.v1'\n@deco\ndef name(x):\n    return x\nbus.publish(name('a'))", ["a.v1"]),
        ("def deco(f):\n    return f\n@deco\ndef name(x):\n    return x\nbus.publish(name('a'))", ["a"]),
        ("def deco(f):\n    return deco(f)\n@deco\ndef send(t):\n    bus.publish(t)\nsend('a')", ["a"]),
    ],
)
def test_decorators_are_seen_through(source: str, expected: list[str]) -> None:
    assert channels(lines("import bus", source)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("TABLE = {'a': send}\nTABLE['a']('x')", ["x"]),
        ("TABLE = {'a': send}\nimport lib\nTABLE[lib.kind]('x')", ["x"]),
        ("TABLE = [send]\ndef main():\n    for f in TABLE:\n        f('x')", ["x"]),
        ("TABLE = {'x': send}\ndef main():\n    for name, f in TABLE.items():\n        f(name)", ["x"]),
        wrong(
            """
            TABLE = [send]
            for f in TABLE:
                f('x')
            """,
            ["x"],
            reason="calls through variables of the module itself are not followed",
        ),
        ("def run(f, *a):\n    f(*a)\nrun(send, 'x')", ["x"]),
        wrong(
            """
            class R:
                def __init__(self):
                    self.fs = {}
                def add(self, n, f):
                    self.fs[n] = f
                def go(self, n):
                    self.fs[n]('x')
            r = R()
            r.add('n', send)
            """,
            ["x"],
            reason="functions kept in a mapping of an object are not followed",
        ),
        wrong(
            """
            class R:
                def __init__(self, f):
                    self.f = f
                def go(self):
                    self.f('x')
            R(send).go()
            """,
            ["x"],
            reason="functions kept in an attribute are not followed",
        ),
        ("class P:\n    def call(self):\n        getattr(self, 'run')('x')\n    def run(self, t):\n        send(t)", ["x"]),
        wrong(
            """
            FS = []
            def register(f):
                FS.append(f)
                return f
            @register
            def mine(t):
                send(t)
            def main():
                for f in FS:
                    f('x')
            """,
            ["x"],
            reason="functions that a decorator collects are not followed",
        ),
        ("list(map(send, ['x', 'y']))", ["x", "y"]),
    ],
)
def test_functions_are_followed_through_tables_and_parameters(source: str, expected: list[str]) -> None:
    assert channels(lines(SEND, source)) == expected


HANDED = "import asyncio, bus, lib\nfrom functools import partial\nfrom threading import Thread\nclient = bus.Client()\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("lib.on_commit(partial(client.publish, 'x'))", ["x"]),
        ("lib.on_commit(lambda: client.publish('x'))", ["x"]),
        ("lib.submit(client.publish, 'x')", ["x"]),
        ("lib.submit(bus.publish, channel='x')", ["x"]),
        ("asyncio.to_thread(client.publish, 'x')", ["x"]),
        ("lib.loop().run_in_executor(None, client.publish, 'x', 3)", ["x"]),
        ("Thread(target=client.publish, args=('x',)).start()", ["x"]),
        ("Thread(target=client.publish, kwargs={'channel': 'x'}).start()", ["x"]),
        ("def f(t):\n    lib.on_commit(partial(client.publish, t))\nf('x')", ["x"]),
        ("def f(g, t):\n    g(t)\nf(client.publish, 'x')", ["x"]),
        ("list(map(client.publish, ['x', 'y']))", ["x", "y"]),
        ("lib.pool().map(client.publish, ['x', 'y'])", ["x", "y"]),
        ("lib.pool().starmap(client.publish, [('x', 1), ('y', 2)])", ["x", "y"]),
        ("lib.pool().map(client.publish, lib.names)", ["? comes from `lib.names[]`"]),
        ("send = partial(client.publish)\nsend('x')", ["x"]),
        ("partial(client.publish, 'x')", []),
        ("print(client.publish, 'x')", []),
        ("isinstance(client.publish, str)", []),
        ("import inspect\ninspect.signature(client.publish, 'x')", []),
        ("from unittest.mock import patch\npatch(client.publish, 'x')", []),
        ("lib.submit(client.publish)", []),
        ("lib.submit(client.other, 'x')", []),
        ("lib.submit(lib.publish, 'x')", []),
        ("def f(g, t): ...\nf(client.publish, 'x')", []),
    ],
)
def test_methods_of_the_library_that_are_handed_to_a_library_are_called(source: str, expected: list[str]) -> None:
    assert channels(lines(HANDED, source)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("lib.on_commit(partial(send, 'x'))", ["x"]),
        ("g = partial(send, 'x')\nlib.on_commit(g)", ["x"]),
        ("class C:\n    def __init__(self):\n        self.g = partial(send, 'x')\n    def f(self):\n        self.g()", ["x"]),
        ("lib.keep[0] = partial(send, 'x')", ["x"]),
        ("g = partial(send, 'x')\ng()\nsend('y')", ["x", "y"]),
        ("lib.pool().map(send, ('x', 'y'))", ["x", "y"]),
        ("lib.pool().starmap(send, [('x',), ('y',)])", ["x", "y"]),
    ],
)
def test_a_partial_object_counts_where_it_is_called_if_that_is_seen(source: str, expected: list[str]) -> None:
    assert channels(lines("import lib\nfrom functools import partial", SEND, source)) == expected
