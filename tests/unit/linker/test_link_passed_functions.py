"""Functions as values: decorated, registered, kept in tables and objects, handed over. Calling one is calling what it is."""

from __future__ import annotations

import pytest
from linking import channels, interactions, lines, named, starts

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
        (
            """
            TABLE = [send]
            for f in TABLE:
                f('x')
            """,
            ["x"],
        ),
        ("def run(f, *a):\n    f(*a)\nrun(send, 'x')", ["x"]),
        (
            """
            def run(f):
                f()
            def tell(topic):
                def inner():
                    send(topic)
                run(inner)
            tell('x')
            tell('y')
            """,
            ["x", "y"],
        ),
        (
            """
            class Retry:
                def run(self, f):
                    f(topic='z')
                def call(self, f, **k):
                    f(**k)
            def tell(prefix, name):
                retry = Retry()
                def inner(topic):
                    retry.call(send, topic=prefix + topic)
                retry.run(f=inner)
            tell('x.', 1)
            tell('y.', 2)
            """,
            ["x.z", "y.z"],
        ),
        (
            """
            def run(f): ...
            def tell(topic):
                def inner():
                    send(topic)
                run(inner)
            tell('x')
            """,
            ["x"],
        ),
        (
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
        ),
        (
            """
            class R:
                def __init__(self, f):
                    self.f = f
                def go(self):
                    self.f('x')
            R(send).go()
            """,
            ["x"],
        ),
        ("class P:\n    def call(self):\n        getattr(self, 'run')('x')\n    def run(self, t):\n        send(t)", ["x"]),
        (
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
        ),
        ("list(map(send, ['x', 'y']))", ["x", "y"]),
    ],
)
def test_functions_are_followed_through_tables_and_parameters(source: str, expected: list[str]) -> None:
    assert channels(lines(SEND, source)) == expected


HANDED = """
import asyncio, bus, lib
from asgiref.sync import async_to_sync, sync_to_async
from functools import partial
from threading import Thread
client = bus.Client()
"""


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
        ("async_to_sync(client.publish)('x')", ["x"]),
        ("send = sync_to_async(client.publish)\nsend('x')", ["x"]),
        ("def f(t):\n    client.publish(t)\nsync_to_async(f)('x')", ["x"]),
        ("sync_to_async(client.publish)", []),
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


REGISTRY = """
import bus, lib
from collections import defaultdict
from dataclasses import dataclass
client = bus.Client()
"""


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            """
            HANDLERS = {}
            def register(topic):
                def deco(f):
                    HANDLERS[topic] = f
                    return f
                return deco
            @register('a')
            def first(m): ...
            @register('b')
            def second(m): ...
            def main():
                for topic, h in HANDLERS.items():
                    client.subscribe(topic, h)
            """,
            ["a first", "b second"],
        ),
        (
            """
            class Bus:
                def __init__(self):
                    self.handlers = defaultdict(list)
                def on(self, topic):
                    def deco(f):
                        self.handlers[topic].append(f)
                        return f
                    return deco
                def start(self):
                    for topic, fs in self.handlers.items():
                        for f in fs:
                            client.subscribe(topic, f)
            b = Bus()
            @b.on('a')
            def first(m): ...
            @b.on('b')
            def second(m): ...
            """,
            ["a first", "b second"],
        ),
        (
            """
            @dataclass
            class Route:
                topic: str
                handler: object
            ROUTES = []
            def route(topic, f):
                ROUTES.append(Route(topic, f))
            def first(m): ...
            route('a', first)
            for r in ROUTES:
                client.subscribe(r.topic, r.handler)
            """,
            ["a first"],
        ),
        (
            """
            HANDLERS = {}
            def handler(cls):
                HANDLERS[cls.topic] = cls()
                return cls
            @handler
            class First:
                topic = 'a'
                def handle(self, m): ...
            for t, h in HANDLERS.items():
                client.subscribe(t, h.handle)
            """,
            ["a First.handle"],
        ),
        (
            """
            class Bus:
                def __init__(self):
                    self.handlers = {}
                def on(self, topic, f):
                    self.handlers.setdefault(topic, []).append(f)
            def first(m): ...
            one, two = Bus(), Bus()
            one.on('a', first)
            two.on('b', first)
            for t in one.handlers:
                client.subscribe(t, first)
            """,
            ["a first"],
        ),
        (
            """
            TOPICS = []
            def add(t):
                TOPICS.append(t)
                add(t)
            def first(m): ...
            add('a')
            for t in TOPICS:
                client.subscribe(t, first)
            """,
            ["a first"],
        ),
        (
            """
            TOPICS = ['a']
            def other():
                TOPICS = []
                TOPICS.append('b')
            def first(m): ...
            other()
            for t in TOPICS:
                client.subscribe(t, first)
            """,
            ["a first"],
        ),
        (
            """
            class One:
                def __init__(self):
                    self.topics = ['a']
            class Two:
                def __init__(self):
                    self.topics = []
                    self.topics.append('b')
            def first(m): ...
            for t in One().topics:
                client.subscribe(t, first)
            """,
            ["a first"],
        ),
    ],
)
def test_registries_keep_their_keys_with_their_values(source: str, expected: list[str]) -> None:
    found = interactions(lines(REGISTRY, source))
    assert [f"{named(i)} {i.handler.name if i.handler else '?'}" for i in found] == expected


KEPT = """
    import bus, lib
    class Registry:
        def __init__(self):
            self.handlers, self.all = {}, []
    class Other:
        def __init__(self):
            self.handlers = {}
    class Main:
        def __init__(self):
            self.registry = Registry()
            self.registry.handlers["m"] = f
    registry, second, other, main = Registry(), Registry(), Other(), Main()
    def f(m): ...
    def g(m): ...
"""
THROUGH = """
    for topic, handler in registry.handlers.items():
        bus.subscribe(topic, handler)
"""
EMPTY = ["? `topic` goes through what is not seen to hold anything by <module>"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("registry.handlers['a'] = f\nregistry.handlers['b'] = g", ["a by f", "b by g"]),
        ("def put(r: Registry):\n    r.handlers['a'] = f\nput(registry)", ["a by f"]),
        ("def put(r, t, h):\n    r.handlers[t] = h\nput(registry, 'a', f)\nput(registry, 'b', g)", ["a by f", "b by g"]),
        (
            """
            def on(t):
                def wrap(h):
                    registry.handlers[t] = h
                    return h
                return wrap
            @on('a')
            def h(m): ...
            """,
            ["a by h"],
        ),
        ("registry = main.registry", ["m by f"]),
        ("def put(r, t, h):\n    r.handlers[t] = h\nput(registry, 'a', f)\nput(second, 'b', g)", ["a by f"]),
        ("", EMPTY),
        ("second.handlers['a'] = f", EMPTY),
        ("other.handlers['a'] = f", EMPTY),
        ("registry.all.append(('a', f))", EMPTY),
        ("lib.registry.handlers['a'] = f", EMPTY),
        ("handlers = {}\nhandlers['a'] = f", EMPTY),
    ],
)
def test_others_fill_what_an_object_holds(source: str, expected: list[str]) -> None:
    found = interactions(lines("", KEPT, source, THROUGH))
    assert sorted(f"{named(i)} by {i.handler.name if i.handler else None}" for i in found) == expected


def test_another_module_fills_what_an_object_holds() -> None:
    kept = "class Registry:\n    def __init__(self):\n        self.handlers = {}\nregistry = Registry()\n"
    other = "from kept import registry\ndef f(m): ...\nregistry.handlers['a'] = f\n"
    main = lines("import bus, other\nfrom kept import registry", THROUGH)
    assert channels({"app.py": main, "kept.py": kept, "other.py": other}) == ["a"]


@pytest.mark.parametrize("count", [3, 400])
def test_a_registry_has_a_bound(count: int) -> None:
    uses = "".join(f"add('t{n}')\n" for n in range(count))
    found = channels(f"import bus\nT = []\ndef add(t):\n    T.append(t)\n{uses}for t in T:\n    bus.publish(t)\n")
    assert "t0" in found


LOOP = """
    import bus
    class Consumer:
        def __init__(self, topic):
            self.topic = topic
        def run(self, handle):
            bus.subscribe(self.topic, self.run)
            handle(1)
    def paid(message):
        bus.publish("paid")
    def sent(message):
        bus.publish("sent")
"""
OWN = """
    def main():
        def own(message):
            sent(message)
        Consumer("orders").run(own)
    main()
"""


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("Consumer('orders').run(paid)", {"paid": ["orders"], "sent": []}),
        (OWN, {"paid": [], "sent": ["orders"]}),
        ("Consumer('orders').run(paid)\nConsumer('bills').run(paid)", {"paid": ["bills", "orders"], "sent": []}),
        ("Consumer('orders').run(paid)\nConsumer('bills').run(sent)", {"paid": [], "sent": []}),
        ("Consumer('orders').run(print)", {"paid": [], "sent": []}),
    ],
)
def test_the_only_function_that_a_loop_is_handed_is_what_it_does(code: str, expected: dict[str, list[str]]) -> None:
    assert starts(lines(LOOP, code)) == expected


TWO_STEPS = """
    import bus
    from concurrent.futures import ThreadPoolExecutor
    class Executor:
        def __init__(self):
            self.pool = ThreadPoolExecutor(4)
        @staticmethod
        def do(task):
            return task()
        def run(self, tasks):
            if callable(tasks):
                tasks = [tasks]
            return list(self.pool.map(self.do, tasks))
    class Pay:
        def __call__(self):
            bus.publish("paid")
    def sent():
        bus.publish("sent")
    def on_order(message):
        {order}
    def on_bill(message):
        {bill}
    def every(task):
        Executor().run(task)
    bus.subscribe("orders", on_order)
    bus.subscribe("bills", on_bill)
"""


@pytest.mark.parametrize(
    ("order", "bill", "expected"),
    [
        ("Executor().run(Pay())", "Executor().run([sent])", {"paid": ["orders"], "sent": ["bills"]}),
        ("Executor().do(Pay())", "Executor().run(sent)", {"paid": ["orders"], "sent": ["bills"]}),
        ("every(Pay())", "every([sent])", {"paid": ["orders"], "sent": ["bills"]}),
        ("Executor().run([Pay(), sent])", "Executor().run([sent])", {"paid": ["orders"], "sent": ["bills", "orders"]}),
        ("Executor().run(Pay())", "Executor().run(message)", {"paid": ["bills", "orders"], "sent": []}),
        ("Executor().run(message)", "Executor().run(print)", {"paid": [], "sent": []}),
    ],
)
def test_what_is_handed_on_is_done_for_who_hands_it_first(order: str, bill: str, expected: dict[str, list[str]]) -> None:
    assert starts(lines(TWO_STEPS.format(order=order, bill=bill))) == expected


DECORATED = """
    import bus
    def again(function):
        def wrapper(self, *args, tried=False, **options):
            if function(self, *args, **options) or tried:
                return
            {more}
        return wrapper
    class Api:
        @again
        def told(self, name):
            bus.publish("told." + name)
        @again
        def sent(self, topic):
            bus.publish(topic)
    def main():
        Api().told("paid")
        Api().sent({topic})
"""


@pytest.mark.parametrize("more", ["return 1", "return wrapper(self, *args, tried=True, **options)"])
@pytest.mark.parametrize(
    ("topic", "expected"), [("'orders'", {("told.paid", 16), ("orders", 17)}), ("bus.get()['x']", {("told.paid", 16), ("?", 17)})]
)
def test_what_one_function_is_given_is_not_what_another_with_its_decorator_is(
    more: str, topic: str, expected: set[tuple[str, int]]
) -> None:
    found = interactions(lines(DECORATED.format(more=more, topic=topic)))
    assert {(named(i).partition(" ")[0], i.location.line) for i in found} == expected
