"""Wrappers that the configuration states: calls, decorators and classes of libraries that are not there, and of code that is."""

from __future__ import annotations

from pathlib import Path

import pytest
from flowmap.analysis import Settings, analyse
from flowmap.config import Config
from flowmap.model.report import Report
from linking import as_files, lines, named

PUBLISH = {"target": "acme.Bus.publish", "role": "publish", "transport": "kafka", "topic": [0, "topic"]}
MADE = {
    "target": "acme.Publisher.publish",
    "role": "publish",
    "transport": "kafka",
    "topic": ["constructor:0", "constructor:topic"],
}
CLASS = {**MADE, "topic": "attribute:topic"}
SEND = {"target": "acme.send", "role": "publish", "transport": "amqp", "exchange": "text:orders", "topic": 0, "event": "kind"}
ON = {"target": "acme.on", "role": "subscribe", "transport": "amqp", "topic": 0, "form": "decorator"}
BOUND = {"target": "acme.Bus.on", "role": "subscribe", "transport": "kafka", "topic": [0, "function:name"], "form": "decorator"}
LISTEN = {"target": "acme.Bus.listen", "role": "subscribe", "transport": "kafka", "topic": 0, "handler": [1, "callback"]}
CONSUMER = {"target": "acme.Consumer", "role": "subscribe", "transport": "kafka", "topic": 0, "handler": 1}
RPC = {"target": "acme.rpc.Client.call", "role": "call", "transport": "rpc", "service": "constructor:0", "operation": 0}
CAST = {**RPC, "target": "acme.rpc.Client.cast", "waits": False, "kind": "command"}
POST = {"target": "acme.Http.post", "role": "call", "transport": "http", "base": 0, "path": 1, "method": "POST"}
ASK = {"target": "acme.Http.ask", "role": "call", "transport": "http", "base": "constructor:base", "path": [1, "path"], "method": 0}
ROUTE = {"target": "acme.route", "role": "serve", "transport": "http", "path": 0, "methods": ["get", "PUT"]}
METHOD = {"target": "acme.method", "role": "serve", "transport": "rpc", "operation": "function:name"}


def report(folder: Path, source: str | dict[str, str], *stated: dict[str, object]) -> Report:
    for path, text in as_files(source).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(lines(text))
    return analyse(folder, Config.model_validate({"wrappers": list(stated)}), Settings(workers=1))


def told(found: Report) -> list[str]:
    return sorted(f"{i.role} {i.transport} {named(i)} {i.location.line}" for i in found.flow.interactions)


OUTSIDE = {
    "a method": ("from acme import Bus\nBus().publish('orders', 1)", PUBLISH, ["publish kafka orders 2"]),
    "by keyword": ("from acme import Bus\nBus().publish(body=1, topic='orders')", PUBLISH, ["publish kafka orders 2"]),
    "through a module": (
        "import acme\nbus = acme.Bus()\ndef go():\n    bus.publish('orders')",
        PUBLISH,
        ["publish kafka orders 4"],
    ),
    "of a parameter": (
        "from acme import Bus\ndef go(bus: Bus, topic):\n    bus.publish(topic)\ngo(Bus(), 'orders')",
        PUBLISH,
        ["publish kafka orders 4"],
    ),
    "not known": ("from acme import Bus\nBus().publish(input())", PUBLISH, ["publish kafka ? comes from `input()` 2"]),
    "given to the constructor": ("from acme import Publisher\nPublisher('orders').publish(1)", MADE, ["publish kafka orders 2"]),
    "by its name": ("from acme import Publisher\nPublisher(topic='orders').publish(1)", MADE, ["publish kafka orders 2"]),
    "by a subclass": (
        "import acme\nclass P(acme.Publisher):\n    def __init__(self):\n        super().__init__('orders')\nP().publish(1)",
        MADE,
        ["publish kafka orders 5"],
    ),
    "an attribute of a class": (
        "from acme import Publisher\nclass P(Publisher):\n    topic = 'orders'\nP().publish(1)",
        CLASS,
        ["publish kafka orders 4"],
    ),
    "a function": ("import acme\nacme.send('order.placed', kind='OrderPlaced')", SEND, ["publish amqp order.placed 2"]),
    "the last piece": (
        "from acme import Bus\ndef go(project):\n    Bus().publish(f'projects/{project}/topics/orders')",
        {**PUBLISH, "topic": "last:0"},
        ["publish kafka orders 3"],
    ),
    "a decorator": ("from acme import on\n@on('orders')\ndef handle(m): ...", ON, ["subscribe amqp orders 2"]),
    "a decorator of an object": (
        "import acme\nbus = acme.Bus()\n@bus.on('orders')\ndef f(m): ...",
        BOUND,
        ["subscribe kafka orders 3"],
    ),
    "named by the function": ("import acme\nbus = acme.Bus()\n@bus.on()\ndef orders(m): ...", BOUND, ["subscribe kafka orders 3"]),
    "a callback": ("from acme import Bus\ndef f(m): ...\nBus().listen('orders', f)", LISTEN, ["subscribe kafka orders 3"]),
    "a class": ("from acme import Consumer\ndef f(m): ...\nConsumer('orders', f)", CONSUMER, ["subscribe kafka orders 3"]),
    "a question": ("from acme.rpc import Client\nClient('stock').call('reserve', 1)", RPC, ["call rpc reserve 2"]),
    "an order": ("from acme.rpc import Client\nClient('stock').cast('reserve')", CAST, ["call rpc reserve 2"]),
    "a request": ("from acme import Http\nHttp().post('http://billing', 'invoices')", POST, ["call http POST /invoices 2"]),
    "the method as an argument": (
        "from acme import Http\nHttp(base='http://billing').ask('put', path='/invoices')",
        ASK,
        ["call http PUT /invoices 2"],
    ),
    "an endpoint": ("from acme import route\n@route('/a')\ndef a(): ...", ROUTE, ["serve http GET /a 2", "serve http PUT /a 2"]),
    "an operation": ("from acme import method\n@method\ndef reserve(): ...", METHOD, ["serve rpc reserve 2"]),
    # nothing to tell
    "another method": ("from acme import Bus\nBus().close()", PUBLISH, []),
    "another class": ("from acme import Bath\nBath().publish('orders')", PUBLISH, []),
    "another library": ("from other import Bus\nBus().publish('orders')", PUBLISH, []),
    "only made": ("from acme import Publisher\nPublisher('orders')", MADE, []),
    "only imported": ("from acme import on, send\n", ON, []),
    "a call of the decorator": ("from acme import on\non('orders')", ON, []),
}


@pytest.mark.parametrize(("source", "stated", "expected"), OUTSIDE.values(), ids=OUTSIDE)
def test_libraries_that_are_not_there(tmp_path: Path, source: str, stated: dict[str, object], expected: list[str]) -> None:
    found = report(tmp_path, source, stated)
    assert told(found) == expected
    unused = [f"configuration: the wrapper {stated['target']} is found nowhere"] if not expected else []
    assert [d.message.partition(":")[0] + ":" + d.message.split(":")[1] for d in found.diagnostics] == unused


BUS = """
    import kafka
    class Bus:
        def __init__(self, prefix, *, topic="none"):
            self.prefix = prefix
        def publish(self, name):
            self._send(f"{self.prefix}.{name}")
        def _send(self, topic):
            kafka.KafkaProducer().send(topic, b"")
    class Louder(Bus):
        pass
"""
HEARD = """
    import kafka
    def on(topic):
        def register(handler):
            for message in kafka.KafkaConsumer("x." + topic):
                handler(message)
        return register
"""
USE = "from acme.bus import Bus\nBus('a').publish('b')"
OWN = {**PUBLISH, "target": "acme.bus.Bus.publish", "transport": "nats"}
INSIDE = {
    "followed without a word": (USE, None, ["publish kafka a.b 2"]),
    "a method": (USE, OWN, ["publish nats b 2"]),
    "a method of a base": ("from acme.bus import Louder\nLouder('a').publish('b')", OWN, ["publish nats b 2"]),
    "imported by another name": ("from acme import bus as b\nb.Bus('a').publish('b')", OWN, ["publish nats b 2"]),
    "given to the constructor": (
        USE,
        {**OWN, "topic": "constructor:0"},
        ["publish nats a 2"],
    ),
    "by its name": (USE, {**OWN, "topic": "constructor:prefix"}, ["publish nats a 2"]),
    "a default": (USE, {**OWN, "topic": "constructor:topic"}, ["publish nats none 2"]),
    "of a subclass": (
        "from acme.bus import Bus\nclass B(Bus):\n    def __init__(self, n):\n        super().__init__('a')\nB('n').publish('b')",
        {**OWN, "topic": "constructor:0"},
        ["publish nats a 5"],
    ),
    "made by somebody else": (
        """
        from acme.bus import Bus
        class S:
            def __init__(self, bus: Bus):
                self.bus = bus
            def go(self):
                self.bus.publish("b")
        S(Bus("a")).go()
        """,
        {**OWN, "topic": "constructor:0"},
        ["publish nats a 6"],
    ),
    "a class": (USE, {**OWN, "target": "acme.bus.Bus", "topic": 0}, ["publish nats a 2"]),
    "a decorator": (
        "from acme.heard import on\n@on('b')\ndef handle(m): ...",
        {**ON, "target": "acme.heard.on", "transport": "nats"},
        ["subscribe nats b 2"],
    ),
    # what is stated of something else changes nothing
    "another function": (USE, {**OWN, "target": "acme.bus.Bus.stop"}, ["publish kafka a.b 2"]),
    "another module": (USE, {**OWN, "target": "acme.bath.Bus.publish"}, ["publish kafka a.b 2"]),
    "its own method of a subclass": (
        "from acme.bus import Bus\nclass B(Bus):\n    def publish(self, n):\n        self._send(n)\nB('a').publish('b')",
        OWN,
        ["publish kafka b 5"],
    ),
}


@pytest.mark.parametrize(("source", "stated", "expected"), INSIDE.values(), ids=INSIDE)
def test_code_that_is_there(tmp_path: Path, source: str, stated: dict[str, object] | None, expected: list[str]) -> None:
    files = {"app.py": source, "acme/__init__.py": "", **({"acme/heard.py": HEARD} if "heard" in source else {"acme/bus.py": BUS})}
    assert told(report(tmp_path, files, *([stated] if stated else []))) == expected


def test_installed_code_is_not_followed_either(tmp_path: Path) -> None:
    (tmp_path / "env" / "acme").mkdir(parents=True)
    (tmp_path / "env/acme/__init__.py").write_text("from .bus import Bus\n")
    (tmp_path / "env/acme/bus.py").write_text(lines(BUS))
    root = tmp_path / "system"
    root.mkdir()
    (root / "app.py").write_text("from acme import Bus\nBus('a').publish('b')\n")
    run = Settings(workers=1, environments=(tmp_path / "env",))
    assert told(analyse(root, Config(), run)) == ["publish kafka a.b 2"]
    for target in ("acme.Bus.publish", "acme.bus.Bus.publish"):
        stated = Config.model_validate({"wrappers": [{**OWN, "target": target}]})
        assert told(analyse(root, stated, run)) == ["publish nats b 2"]


def test_slots(tmp_path: Path) -> None:
    source = "import acme\ndef f(m): ...\nacme.send('order.placed', kind='OrderPlaced')\nacme.Bus().listen('orders', f)"
    published, subscribed = report(tmp_path, source, SEND, LISTEN).flow.interactions
    assert (published.exchange, published.event, published.plugin) == ("orders", "OrderPlaced", "configuration")
    assert subscribed.handler is not None
    assert subscribed.handler.name == "f"


def test_a_question_waits_and_an_order_does_not(tmp_path: Path) -> None:
    source = "from acme.rpc import Client\nc = Client('stock')\nc.call('a')\nc.cast('b')"
    asked, told_to = report(tmp_path, source, RPC, CAST).flow.interactions
    assert (asked.target, told_to.target) == ("external:stock", "external:stock")
    assert (asked.waits, asked.kind, told_to.waits, told_to.kind) == (True, "query", False, "command")
