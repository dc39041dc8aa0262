"""Steps: which handlers lead to a publication, through calls, callbacks, tasks and objects."""

from __future__ import annotations

from textwrap import indent

import pytest
from linking import Files, interactions, lines, starts

HEAD = "import asyncio, bus, lib\nclient = bus.Client()\nweb = bus.Web()\n"
HANDLER = "@client.on('in')\ndef handle(message):\n"


def after(body: str, before: str = "") -> dict[str, list[str]]:
    """What starts each publication, if the handler of `in` does what `body` says."""
    return starts(lines(HEAD, before) + HANDLER + indent(lines(body), "    "))


@pytest.mark.parametrize(
    ("body", "before"),
    [
        ("bus.publish('out')", ""),
        ("if message:\n    bus.publish('out')", ""),
        ("step()", "def step():\n    bus.publish('out')"),
        ("step()", "def step():\n    further()\ndef further():\n    bus.publish('out')"),
        ("step('out')", "def step(t):\n    bus.publish(t)"),
        ("Service().step()", "class Service:\n    def step(self):\n        bus.publish('out')"),
        ("service.step()", "class Service:\n    def step(self):\n        bus.publish('out')\nservice = Service()"),
        ("Service()", "class Service:\n    def __init__(self):\n        bus.publish('out')"),
        (
            "Service().full",
            """
            class Service:
                @property
                def full(self):
                    bus.publish('out')
            """,
        ),
        (
            "with Service():\n    pass",
            """
            class Service:
                def __enter__(self): ...
                def __exit__(self, *a):
                    bus.publish('out')
            """,
        ),
        (
            "with make() as s:\n    s.full.strip()",
            """
            class Base:
                def __enter__(self):
                    return self
                @cached_property
                def full(self):
                    bus.publish('out')
            class Service(Base): ...
            def make() -> Service: ...
            """,
        ),
        (
            "for s in Service():\n    pass",
            """
            class Service:
                def __iter__(self):
                    bus.publish('out')
            """,
        ),
        ("raise Refused", "class Refused(Exception):\n    def __init__(self):\n        bus.publish('out')"),
        (
            "Service().step()",
            """
            class Mixin:
                def step(self):
                    super().step()
            class Base:
                def step(self):
                    bus.publish('out')
            class Service(Mixin, Base): ...
            """,
        ),
        ("[f() for f in (step,)]", "def step():\n    bus.publish('out')"),
        ("for f in map(wrapped, [1]):\n    f()", "def step():\n    bus.publish('out')\ndef wrapped(n):\n    return step"),
        ("Service()()", "class Service:\n    def __call__(self):\n        bus.publish('out')"),
        (
            "Child().run()",
            """
            class Base:
                def run(self):
                    self.step()
            class Child(Base):
                def step(self):
                    bus.publish('out')
            """,
        ),
        ("def inner():\n    bus.publish('out')\ninner()", ""),
        ("(lambda: bus.publish('out'))()", ""),
        ("[bus.publish('out') for _ in message]", ""),
        ("asyncio.create_task(step())", "async def step():\n    bus.publish('out')"),
        ("asyncio.gather(step(), step())", "async def step():\n    bus.publish('out')"),
        ("asyncio.get_event_loop().run_in_executor(None, step)", "def step():\n    bus.publish('out')"),
        ("lib.BackgroundTasks().add_task(step, 1)", "def step(n):\n    bus.publish('out')"),
        ("lib.submit(step)", "def step():\n    bus.publish('out')"),
        ("lib.Timer(3, function=step).start()", "def step():\n    bus.publish('out')"),
        ("lib.later(lambda: step())", "def step():\n    bus.publish('out')"),
        ("lib.submit(Service().step)", "class Service:\n    def step(self):\n        bus.publish('out')"),
        ("run(step)", "def run(f):\n    f()\ndef step():\n    bus.publish('out')"),
        ("TABLE[message]()", "def step():\n    bus.publish('out')\nTABLE = {'a': step}"),
        ("TABLE.get(message, step)()", "def step():\n    bus.publish('out')\nTABLE = {}"),
        ("getattr(Service(), 'step')()", "class Service:\n    def step(self):\n        bus.publish('out')"),
        ("for f in (step,):\n    f()", "def step():\n    bus.publish('out')"),
        ("for _ in step():\n    pass", "def step():\n    yield\n    bus.publish('out')"),
        (
            "step()",
            """
            def deco(f):
                def inner():
                    return f()
                return inner
            @deco
            def step():
                bus.publish('out')
            """,
        ),
        ("step()", "@lib.retry\ndef step():\n    bus.publish('out')"),
        (
            "step()",
            """
            def deco(f):
                def inner():
                    bus.publish('out')
                    f()
                return inner
            @deco
            def step(): ...
            """,
        ),
        ("ping(3)", "def ping(n):\n    pong(n)\ndef pong(n):\n    ping(n)\n    bus.publish('out')"),
        ("try:\n    step()\nfinally:\n    pass", "def step():\n    bus.publish('out')"),
        ("partial(step, 1)()", "from functools import partial\ndef step(n):\n    bus.publish('out')"),
        (
            "s: Abstract = lib.get()\ns.step()",
            """
            class Abstract:
                def step(self): ...
            class Real(Abstract):
                def step(self):
                    bus.publish('out')
            """,
        ),
    ],
)
def test_the_handler_leads_to_the_publication(body: str, before: str) -> None:
    assert after(body, before) == {"out": ["in"]}


@pytest.mark.parametrize(
    ("body", "before"),
    [
        ("pass", "def step():\n    bus.publish('out')"),
        ("step", "def step():\n    bus.publish('out')"),
        ("pass", "bus.publish('out')"),
        ("other()", "def step():\n    bus.publish('out')\ndef other(): ..."),
        ("lib.step()", "def step():\n    bus.publish('out')"),
        ("Service().other()", "class Service:\n    def step(self):\n        bus.publish('out')\n    def other(self): ..."),
        ("One().step()", "class One:\n    def step(self): ...\nclass Two:\n    def step(self):\n        bus.publish('out')"),
        (
            "Real().step()",
            "class Base:\n    def step(self):\n        bus.publish('out')\nclass Real(Base):\n    def step(self): ...",
        ),
        (
            "Other().full",
            "class Service:\n    @property\n    def full(self):\n        bus.publish('out')\nclass Other:\n    full = 1",
        ),
        ("lib.x.full", "class Service:\n    @property\n    def full(self):\n        bus.publish('out')"),
        ("Service().full", "class Service:\n    def full(self):\n        bus.publish('out')"),
        ("for s in [Service()]:\n    pass", "class Service:\n    def __iter__(self):\n        bus.publish('out')"),
        ("return Refused", "class Refused(Exception):\n    def __init__(self):\n        bus.publish('out')"),
        ("run(other)", "def step():\n    bus.publish('out')\ndef other(): ...\ndef run(f):\n    f(step)"),
        ("def inner():\n    bus.publish('out')", ""),
        ("Service()", "class Service:\n    def __exit__(self, *a):\n        bus.publish('out')"),
        ("with Other():\n    pass", "class Service:\n    def __exit__(self, *a):\n        bus.publish('out')\nclass Other: ..."),
        ("step = print\nstep()", "def step():\n    bus.publish('out')"),
        ("def inner():\n    pass\ninner()", "def inner():\n    bus.publish('out')"),
        ("step()", "def step():\n    return 1\ndef main():\n    step()\n    bus.publish('out')"),
        ("'step()'", "def step():\n    bus.publish('out')"),
        ("lib.BackgroundTasks().add_task(other, 1)", "def step(n):\n    bus.publish('out')\ndef other(n): ..."),
    ],
)
def test_what_the_handler_does_not_reach_is_started_by_nothing(body: str, before: str) -> None:
    assert after(body, before) == {"out": []}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("@web.get('/a')\ndef f():\n    bus.publish('x')", {"x": ["GET /a"]}),
        ("@web.get('/a')\n@lib.secured\nasync def f():\n    await bus.publish('x')", {"x": ["GET /a"]}),
        ("def f(m):\n    bus.publish('x')\nclient.subscribe('in', f)", {"x": ["in"]}),
        ("def f(m):\n    bus.publish('x')\nclient.subscribe('in', handler=f)", {"x": ["in"]}),
        ("client.subscribe('in', lambda m: bus.publish('x'))", {"x": ["in"]}),
        ("class H:\n    def on(self, m):\n        bus.publish('x')\nclient.subscribe('in', H().on)", {"x": ["in"]}),
        (
            """
            class H:
                def __init__(self):
                    client.subscribe('in', self.on)
                def on(self, m):
                    bus.publish('x')
            """,
            {"x": ["in"]},
        ),
        ("class H:\n    def __call__(self, m):\n        bus.publish('x')\nclient.subscribe('in', H())", {"x": ["in"]}),
        (
            """
            def f(n, m):
                bus.publish('x')
            from functools import partial
            client.subscribe('in', partial(f, 1))
            """,
            {"x": ["in"]},
        ),
        (
            """
            class H:
                @client.on('in')
                def on(self, m):
                    self.go()
                def go(self):
                    bus.publish('x')
            """,
            {"x": ["in"]},
        ),
        (
            """
            def deco(f):
                def inner(m):
                    bus.publish('x')
                    return f(m)
                return inner
            @client.on('in')
            @deco
            def f(m): ...
            """,
            {"x": ["in"]},
        ),
        ("@client.on('a')\n@client.on('b')\ndef f(m):\n    bus.publish('x')", {"x": ["a", "b"]}),
        (
            """
            def g():
                bus.publish('x')
            @client.on('a')
            def f(m):
                g()
            @client.on('b')
            def h(m):
                g()
            """,
            {"x": ["a", "b"]},
        ),
        (
            """
            def g(t):
                bus.publish(t)
            @client.on('a')
            def f(m):
                g('x')
            @client.on('b')
            def h(m):
                g('y')
            """,
            {"x": ["a"], "y": ["b"]},
        ),
        ("def f(m):\n    bus.publish('x')\nfor t in ('a', 'b'):\n    client.subscribe(t, f)", {"x": ["a", "b"]}),
        (
            """
            def f(m):
                bus.publish('x')
            def g(m):
                bus.publish('y')
            for t, h in {'a': f, 'b': g}.items():
                client.subscribe(t, h)
            """,
            {"x": ["a"], "y": ["b"]},
        ),
        ("def listen(t, h):\n    client.subscribe(t, h)\ndef f(m):\n    bus.publish('x')\nlisten('a', f)", {"x": ["a"]}),
        ("client.subscribe('in', lib.handler)\nbus.publish('x')", {"x": []}),
        ("def f(m): ...\nclient.subscribe('in', f)\nbus.publish('x')", {"x": []}),
        (
            """
            def main():
                client.subscribe('in', lib.handler)
                bus.publish('x')
            """,
            {"x": []},
        ),
        (
            """
            @client.on('in')
            class H:
                def run(self):
                    bus.publish('x')
            """,
            {"x": ["in"]},
        ),
    ],
)
def test_handlers_are_found_however_they_are_given(source: str, expected: dict[str, list[str]]) -> None:
    assert starts(lines(HEAD, source)) == expected


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("def f(m): ...\nclient.subscribe('in', f)", "f"),
        ("class H:\n    def on(self, m): ...\nclient.subscribe('in', H().on)", "H.on"),
        ("client.subscribe('in', lambda m: 1)", "<lambda>"),
        ("@client.on('in')\ndef f(m): ...", "f"),
        ("@client.on('in')\n@lib.other\nasync def f(m): ...", "f"),
        ("def outer():\n    def f(m): ...\n    client.subscribe('in', f)\nouter()", "outer.f"),
        ("def main():\n    client.subscribe('in')\n", "main"),
        ("def main(h=None):\n    client.subscribe('in', h)\n", "main"),
    ],
)
def test_the_handler_has_the_name_of_its_function(source: str, name: str) -> None:
    (site,) = interactions(lines(HEAD, source))
    assert site.handler is not None
    assert site.handler.name == name


def test_handlers_lie_where_they_are_defined() -> None:
    files: Files = {"handlers.py": "def f(m):\n    pass\n", "app.py": f"{HEAD}from handlers import f\nclient.subscribe('in', f)\n"}
    (site,) = interactions(files)
    assert site.handler is not None
    assert (str(site.handler.location), str(site.location)) == ("handlers.py:1", "app.py:5")


def test_publications_of_other_services_are_not_steps() -> None:
    assert starts({"app.py": HEAD + HANDLER + "    pass", "other.py": "import bus\nbus.publish('out')\n"}) == {"out": []}
