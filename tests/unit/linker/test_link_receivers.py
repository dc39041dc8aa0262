"""Types of receivers: whether the object whose method is called is the library's, however it came to the place of the call."""

from __future__ import annotations

import pytest
from linking import lines, roles

FOUND = ["publish x"]


@pytest.mark.parametrize(
    "source",
    [
        "Client().publish('x')",
        "c = Client()\nc.publish('x')",
        "c: Client = make()\nc.publish('x')",
        "c = d = Client()\nd.publish('x')",
        "bus.connect().publish('x')",
        "bus.Pool().acquire().publish('x')",
        "with Client() as c:\n    c.publish('x')",
        "with Client() as c, open('f'):\n    c.publish('x')",
        "with closing(Client()) as c:\n    c.publish('x')",
        "with ExitStack() as stack:\n    c = stack.enter_context(Client())\n    c.publish('x')",
        "with ExitStack() as stack:\n    c = stack.enter_context(closing(Client()))\n    c.publish('x')",
        """
        class Worker:
            async def start(self):
                self.stack = AsyncExitStack()
                self.client = await self.stack.enter_async_context(Client())
            async def run(self):
                await self.client.publish('x')
        """,
        """
        @contextmanager
        def opened():
            yield Client()
        async def f():
            async with AsyncExitStack() as stack:
                c = stack.enter_context(opened())
                c.publish('x')
        """,
        "async def f():\n    c = await Client().__aenter__()\n    await c.publish('x')",
        "async def f():\n    async with Client() as c:\n        await c.publish('x')",
        "async def f():\n    c = await bus.aconnect()\n    await c.publish('x')",
        "async def f():\n    async with bus.Pool() as p:\n        c = await p.acquire()\n        await c.publish('x')",
        "def f(c: Client):\n    c.publish('x')",
        "def f(c: 'Client'):\n    c.publish('x')",
        "def f(c: 'bus.Client'):\n    c.publish('x')",
        "def f(c: Client | None = None):\n    c.publish('x')",
        "def f(c: Optional[Client] = None):\n    c.publish('x')",
        "def f(c: 'Optional[Client]' = None):\n    c.publish('x')",
        "def f(c: Annotated[Client, 1]):\n    c.publish('x')",
        """
            def f(cs: list[Client]):
                for c in cs:
                    c.publish('x')
            """,
        "def f(cs: dict[str, Client]):\n    cs['a'].publish('x')",
        "def f(cs: dict[str, Client]):\n    for c in cs.values():\n        c.publish('x')",
        "def f(*cs: Client):\n    cs[0].publish('x')",
        "def f(c: type[Client]):\n    c().publish('x')",
        "def f(make: Callable[[], Client]):\n    make().publish('x')",
        "def f(c):\n    c.publish('x')\nf(Client())",
        "def f(c=Client()):\n    c.publish('x')",
        "def f(c):\n    if isinstance(c, Client):\n        c.publish('x')",
        "def f(c):\n    assert isinstance(c, Client)\n    c.publish('x')",
        "def f(c):\n    if not isinstance(c, Client):\n        raise TypeError\n    c.publish('x')",
        "def f(c):\n    if flag and isinstance(c, Client):\n        c.publish('x')",
        "def f(c):\n    if isinstance(c, (Client, bus.Client)):\n        c.publish('x')",
        "def f(c):\n    match c:\n        case Client():\n            c.publish('x')",
        "def f(c):\n    c: Client = c\n    c.publish('x')",
        "def f(**cs: Client):\n    cs['a'].publish('x')",
        "def f(cs: list[list[Client]]):\n    cs[0][0].publish('x')",
        "def f(cs: tuple[Client, ...]):\n    cs[0].publish('x')",
        "def f(make: Callable[..., Client] = None):\n    c = make(1)\n    c.publish('x')",
        "def f(makers: dict[str, Callable[[], Client]]):\n    makers['a']().publish('x')",
        "def f(c):\n    cast(Client, c).publish('x')",
        "c: Client = lib.sub.make(1)[0]\nc.publish('x')",
        "def get(c: Client = make()):\n    c.publish('x')",
        "with make() as c:\n    d: Client = c\n    d.publish('x')",
        "type(Client())().publish('x')",
        "def make():\n    return Client()\nmake().publish('x')",
        """
            def make() -> Client:
                return other()
            make().publish('x')
            """,
        "def make() -> 'Client':\n    ...\nmake().publish('x')",
        "def make() -> Iterator[Client]:\n    yield Client()\nfor c in make():\n    c.publish('x')",
        "@contextmanager\ndef make():\n    yield Client()\nwith make() as c:\n    c.publish('x')",
        """
            @asynccontextmanager
            async def make() -> AsyncIterator[Client]:
                yield Client()
            async def f():
                async with make() as c:
                    c.publish('x')
            """,
        "async def make():\n    return Client()\nasync def f():\n    (await make()).publish('x')",
        "c = None\ndef get():\n    global c\n    if c is None:\n        c = Client()\n    return c\nget().publish('x')",
        "@cache\ndef get():\n    return Client()\nget().publish('x')",
        "c = None\ndef start():\n    global c\n    c = Client()\ndef f():\n    c.publish('x')",
        "clients = {'a': Client()}\nclients['a'].publish('x')",
        "clients = {}\nclients['a'] = Client()\nclients['a'].publish('x')",
        "[c.publish('x') for c in [Client()]]",
        "send = Client().publish\nsend('x')",
        "send = partial(Client().publish, 'x')\nsend()",
        "getattr(Client(), 'publish')('x')",
        "(lambda: Client())().publish('x')",
        "(Client() if flag else None).publish('x')",
        "(c or Client()).publish('x')",
        "if (c := Client()):\n    c.publish('x')",
        "c, d = Client(), 1\nc.publish('x')",
        "cast(Client, other()).publish('x')",
        "cast('Client', other()).publish('x')",
        "C = Client\nC().publish('x')",
        "Alias = Client\ndef f(c: Alias):\n    c.publish('x')",
        "type Alias = Client\ndef f(c: Alias):\n    c.publish('x')",
        "class Mine(Client): ...\nMine().publish('x')",
        "class Mine(Client):\n    def f(self):\n        self.publish('x')",
        "class Mine(Client):\n    def f(self):\n        super().publish('x')",
        "class Mine(Client):\n    def publish(self, name):\n        super().publish(name)\nMine().publish('x')",
        "Client.publish(Client(), 'x')",
    ],
)
def test_the_library_object_is_recognised(source: str) -> None:
    assert roles(lines(HEAD, source)) == FOUND


HEAD = """import bus
from bus import Client
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, closing, contextmanager
from functools import cache, partial
from typing import Annotated, AsyncIterator, Callable, Iterator, Optional, cast
from lib import flag, make, other
"""


@pytest.mark.parametrize(
    "source",
    [
        "other().publish('x')",
        "c: Client\n",
        "def f(c):\n    c.publish('x')",
        "def f(c: other.Client):\n    c.publish('x')",
        "def f(c: str):\n    c.publish('x')",
        "def f(c: dict[Client, str]):\n    c['a'].publish('x')",
        "def f(cs: list[Client]):\n    cs.publish('x')",
        "def f(cs: list[other]):\n    cs[0].publish('x')",
        "def f(*cs: other):\n    cs[0].publish('x')",
        "def f(*cs: Client):\n    cs.publish('x')",
        "def f(make: Callable[[], Client]):\n    make.publish('x')",
        "def f(make: Callable[[Client], str]):\n    make().publish('x')",
        "c: other = make()\nc.publish('x')",
        "c: Client = bus.Pool()\nc.publish('x')",
        "class Mine:\n    def publish(self, x): ...\nc: Client = Mine()\nc.publish('x')",
        "def make() -> Client:\n    return bus.Pool()\nmake().publish('x')",
        "cast(other, make()).publish('x')",
        "cast(Client, bus.Pool()).publish('x')",
        "def f(c):\n    if isinstance(c, Client):\n        pass\n    c.publish('x')",
        "def f(c):\n    if isinstance(c, Client):\n        c = other()\n        c.publish('x')",
        "def f(c):\n    if not isinstance(c, Client):\n        c.publish('x')",
        "def f(c):\n    if isinstance(c, Client) or flag:\n        c.publish('x')",
        "def f(c):\n    if isinstance(c, Client):\n        pass\n    else:\n        c.publish('x')",
        "def f(c):\n    c.publish('x')\n    assert isinstance(c, Client)",
        "type(Client()).publish",
        "Client().channel().publish('x')",
        "Client().publish.delay('x')",
        "Client.publish",
        "bus.Pool().publish('x')",
        "Client().unknown('x')",
        "c = Client()\nc = other()\nc.publish('x')",
        "def f():\n    c = Client()\ndef g(c):\n    c.publish('x')",
        "class Mine:\n    def publish(self, x): ...\ndef f(c: Mine):\n    c.publish('x')",
        "class Mine:\n    def __init__(self):\n        self.c = other()\n    def f(self):\n        self.c.publish('x')",
        "class Mine(other.Client):\n    def f(self):\n        self.publish('x')",
        "class Mine(Client):\n    def publish(self, x): ...\nMine().publish('x')",
        "def make() -> str:\n    return 'a'\nmake().publish('x')",
        "clients = {'a': other()}\nclients['a'].publish('x')",
        "clients = [Client()]\nclients.publish('x')",
        "with other() as c:\n    c.publish('x')",
        "with ExitStack() as stack:\n    c = stack.enter_context(other())\n    c.publish('x')",
        "with ExitStack() as stack:\n    c = stack.callback(Client())\n    c.publish('x')",
        "with other() as stack:\n    c = stack.enter_context(Client())\n    c.publish('x')",
        "def f(c):\n    if isinstance(c, other):\n        c.publish('x')",
        "del Client\n",
        "print(Client())",
    ],
)
def test_other_objects_are_not_taken_for_it(source: str) -> None:
    assert roles(lines(HEAD, source)) == []


HANDED = """
    import bus
    from bus.internals import Default
    from elsewhere import Client as Other
    class Service:
        def __init__(self, client: {kind}):
            self.client = client
        def send(self):
            self.client.publish("x")
    Service({given})
"""


@pytest.mark.parametrize(
    ("kind", "given", "expected"),
    [
        ("Default", "bus.connect()", FOUND),
        ("Other", "bus.connect()", FOUND),
        ("bus.Client", "unknown()", FOUND),
        ("Default", "unknown()", []),
        ("Default", "Other()", []),
        ("str", "bus.connect()", []),
    ],
)
def test_an_annotation_that_no_plugin_knows_yields_to_what_is_passed(kind: str, given: str, expected: list[str]) -> None:
    assert roles(lines(HANDED.format(kind=kind, given=given))) == expected
