"""Installed libraries: what the scan reaches in them is told where the scan decides it, and nothing else of them is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from flowmap.analysis import Settings, analyse
from flowmap.config import Config
from flowmap.model.report import Report
from flowmap.reporters.json_report import REPORTER
from linking import lines, named

BUS = {
    "acme_bus/__init__.py": """
        from .publishing import Publisher, heartbeat
        from acme_bus import hidden
    """,
    "acme_bus/names.py": "HEARTBEATS = 'acme.heartbeats'",
    "acme_bus/publishing.py": """
        from typing import Protocol
        from kafka import KafkaProducer
        from acme_bus.names import HEARTBEATS

        class Sender(Protocol):
            def send_out(self, topic: str, body: bytes) -> None: ...

        class KafkaSender:
            def __init__(self):
                self._producer = KafkaProducer()

            def send_out(self, topic: str, body: bytes) -> None:
                self._producer.send(topic, body)

        class Publisher:
            topic = None

            def __init__(self, topic=None, sender: Sender | None = None):
                self.topic = topic or self.topic
                self.sender = sender or KafkaSender()

            def publish(self, message):
                self._publish(message)

            def _publish(self, message):
                self.sender.send_out(self.topic, message)

            def never(self):
                self.sender.send_out("acme.never", b"")

        def sender() -> Sender:
            return KafkaSender()

        def heartbeat():
            _beat(HEARTBEATS)

        def _beat(topic):
            KafkaProducer().send(topic, b"")
    """,
    "acme_bus/hidden.py": """
        from kafka import KafkaProducer
        KafkaProducer().send("acme.import-time", b"")

        def unused():
            KafkaProducer().send("acme.unused", b"")
    """,
    "acme_bus/consuming.py": """
        from kafka import KafkaConsumer

        def subscriber(topic):
            def register(handler):
                for message in KafkaConsumer(topic):
                    handler(message)
                return handler
            return register

        class Worker:
            topic = ""

            def run(self):
                for message in KafkaConsumer(self.topic):
                    self.handle(message)
    """,
    "acme_bus/web.py": """
        import requests
        from fastapi import FastAPI

        class Http:
            def __init__(self):
                self._session = requests.Session()

            def post(self, domain, endpoint, body=None):
                return self._session.post(f"{domain}/{endpoint}", data=body)

        def serve(routers):
            app = FastAPI()
            for router in routers:
                app.include_router(router, prefix="/v1")

            @app.get("/alive")
            def alive(): ...
            return app
    """,
    "acme_bus/unknown_client.py": """
        import requests
        from strange import StrangeClient

        def fetch():
            StrangeClient().get("/strange")
    """,
}


def write(root: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(lines(text))
    return root


def report(folder: Path, scanned: dict[str, str] | str, installed: dict[str, str] | None = None) -> Report:
    """The report of a scan with an environment that holds the bus, or other packages."""
    files = scanned if isinstance(scanned, dict) else {"app.py": scanned}
    environment = write(folder / "packages", BUS if installed is None else installed)
    return analyse(write(folder / "system", files), Config(), Settings(workers=1, environments=(environment,)))


def told(found: Report) -> list[str]:
    """`role channel place < way`, sorted."""
    return sorted(
        " < ".join([f"{i.role} {named(i)} {i.location}", *(str(hop.location) for hop in i.via)]) for i in found.flow.interactions
    )


def short(found: Report) -> list[str]:
    """`role channel line`, sorted."""
    return sorted(f"{i.role} {named(i)} {i.location.line}" for i in found.flow.interactions)


CASES = {
    "decided by the constructor": (
        "from acme_bus import Publisher\np = Publisher('orders')\np.publish(b'')",
        ["publish orders 3"],
    ),
    "decided by a subclass": (
        "from acme_bus import Publisher\nclass Orders(Publisher):\n    topic = 'orders'\nOrders().publish(b'')",
        ["publish orders 4"],
    ),
    "through an attribute of the module": (
        "import acme_bus\nacme_bus.Publisher('orders').publish(b'')",
        ["publish orders 2"],
    ),
    "through a factory and a protocol of the library": (
        "from acme_bus.publishing import sender\nsender().send_out('orders', b'')",
        ["publish orders 2"],
    ),
    "through a protocol of the scan": (
        """
        from typing import Protocol
        from acme_bus.publishing import KafkaSender
        class Out(Protocol):
            def send_out(self, topic: str, body: bytes) -> None: ...
        class Service:
            def __init__(self, out: Out):
                self.out = out
            def go(self):
                self.out.send_out("orders", b"")
        Service(KafkaSender()).go()
        """,
        ["publish orders 9"],
    ),
    "decided inside the library": (
        "from acme_bus import heartbeat\ndef main():\n    heartbeat()\n",
        ["publish acme.heartbeats 3"],
    ),
    "decided inside, called twice": (
        "from acme_bus import heartbeat\nheartbeat()\nheartbeat()\n",
        ["publish acme.heartbeats 2", "publish acme.heartbeats 3"],
    ),
    "not known, and said at the call": (
        "import sys\nfrom acme_bus import Publisher\nPublisher(sys.stdin.read()).publish(b'')",
        ["publish ? comes from `sys.stdin.read()` 3"],
    ),
    "a decorator": (
        "from acme_bus.consuming import subscriber\n@subscriber('orders')\ndef on_order(m): ...",
        ["subscribe orders 2"],
    ),
    "a method that the library calls": (
        "from acme_bus.consuming import Worker\nclass W(Worker):\n    topic = 'orders'\n    def handle(self, m): ...\nW().run()",
        ["subscribe orders 5"],
    ),
    "a request": (
        "from acme_bus.web import Http\nhttp = Http()\nhttp.post('http://billing:80', 'invoices')",
        ["call POST /invoices 3"],
    ),
    "an application that the library makes": (
        """
        from fastapi import APIRouter
        from acme_bus.web import serve
        r = APIRouter()
        @r.get("/orders")
        def orders(): ...
        serve([r])
        """,
        ["serve GET /alive 6", "serve GET /v1/orders 4"],
    ),
    "a function-level import": (
        "def main():\n    from acme_bus import Publisher\n    Publisher('orders').publish(b'')",
        ["publish orders 3"],
    ),
    # nothing to tell
    "imported and not used": ("import acme_bus\nfrom acme_bus import Publisher\n", []),
    "made and not used": ("from acme_bus import Publisher\nPublisher('orders')", []),
    "its own class of the same name": ("class Publisher:\n    def publish(self, m): ...\nPublisher().publish(b'')", []),
    "a guess by names inside the library": ("from acme_bus.unknown_client import fetch\nfetch()", []),
    "a module that the library lacks": ("from acme_bus.nowhere import send\nsend('orders')", []),
    "a name that the library lacks": ("from acme_bus import send\nsend('orders')", []),
}


@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES)
def test_what_a_library_does_for_the_scan(tmp_path: Path, source: str, expected: list[str]) -> None:
    found = report(tmp_path, source)
    assert short(found) == expected
    assert {i.location.path for i in found.flow.interactions} <= {"app.py"}
    assert found.diagnostics == ()


def test_the_way_down_is_told(tmp_path: Path) -> None:
    found = report(tmp_path, "from acme_bus import Publisher, heartbeat\nPublisher('orders').publish(b'')\nheartbeat()")
    file = "<environment>/acme_bus/publishing.py"
    assert told(found) == [
        f"publish acme.heartbeats app.py:3 < {file}:35 < {file}:38",
        f"publish orders app.py:2 < {file}:23 < {file}:26 < {file}:13",
    ]


def test_a_handler_reaches_what_it_publishes_through_a_library(tmp_path: Path) -> None:
    found = report(
        tmp_path,
        """
        from acme_bus import Publisher
        from acme_bus.consuming import Worker
        class Orders(Worker):
            topic = "orders"
            def handle(self, message):
                Publisher("invoices").publish(message)
        Orders().run()
        """,
    )
    subscribed, published = sorted(found.flow.interactions, key=lambda i: i.role, reverse=True)
    assert (subscribed.channel, published.channel) == ("orders", "invoices")
    assert published.triggers == (subscribed.id,)


def test_without_an_environment_nothing_is_known(tmp_path: Path) -> None:
    root = write(tmp_path, {"app.py": "from acme_bus import heartbeat\nheartbeat()"})
    assert analyse(root, Config(), Settings(workers=1)).flow.interactions == ()


@pytest.mark.parametrize(
    "scanned",
    [
        {"app.py": "from acme_bus import Publisher\nPublisher('orders').publish(b'')", "acme_bus.py": "class Publisher: ..."},
        {"app.py": "from acme_bus import Publisher\nPublisher('orders').publish(b'')", "acme_bus/__init__.py": "Publisher = None"},
        {
            "s/app.py": "from acme_bus import Publisher\nPublisher('x').publish(b'')",
            "libs/acme_bus/__init__.py": "Publisher = None",
        },
    ],
)
def test_a_module_of_the_scan_comes_first(tmp_path: Path, scanned: dict[str, str]) -> None:
    assert short(report(tmp_path, scanned)) == []


def test_a_folder_of_the_scan_without_python_does_not_stand_before_a_package(tmp_path: Path) -> None:
    scanned = {"app.py": "from acme_bus import heartbeat\nheartbeat()", "acme_bus/tools/one.py": ""}
    assert short(report(tmp_path, scanned)) == ["publish acme.heartbeats 2"]


def test_a_library_does_not_see_the_scan(tmp_path: Path) -> None:
    installed = {"outer.py": "import kafka\nfrom helpers import TOPIC\ndef go():\n    kafka.KafkaProducer().send(TOPIC, b'')\n"}
    scanned = {"app.py": "from outer import go\ngo()", "helpers.py": "TOPIC = 'of the scan'"}
    assert short(report(tmp_path, scanned, installed)) == ["publish ? comes from `helpers.TOPIC` 2"]


def test_libraries_that_plugins_know_stay_closed(tmp_path: Path) -> None:
    installed = {
        "kafka/__init__.py": "import requests\nclass KafkaProducer:\n    def send(self, *a):\n        requests.get('http://x/y')\n"
    }
    found = report(tmp_path, "from kafka import KafkaProducer\nKafkaProducer().send('orders', b'')", installed)
    assert short(found) == ["publish orders 2"]


SEND = "import kafka\ndef go():\n    kafka.KafkaProducer().send('x', b'')\n"
ODD = {
    "imports in a circle": (
        {
            "loop/__init__.py": "from loop.a import go",
            "loop/a.py": "from loop.b import go",
            "loop/b.py": "from loop.a import go\nimport kafka",
        },
        [],
    ),
    "calls in a circle": ({"loop.py": f"{SEND}    back()\ndef back():\n    go()"}, ["publish x 2"]),
    "no python": ({"loop/__init__.py": "def go(:\n", "loop/a.py": "import kafka"}, []),
    "imports from above": ({"loop.py": f"from .... import nothing\n{SEND}"}, ["publish x 2"]),
    "a name without end": ({"loop.py": f"import {'.'.join('a' * 500)}\n{SEND}"}, ["publish x 2"]),
    "nothing beyond": ({"loop.py": "def go():\n    print('x')\n"}, []),
}


@pytest.mark.parametrize(("installed", "expected"), ODD.values(), ids=ODD)
def test_odd_libraries(tmp_path: Path, installed: dict[str, str], expected: list[str]) -> None:
    assert short(report(tmp_path, "from loop import go\ngo()", installed)) == expected


def test_a_broken_file_is_a_diagnostic(tmp_path: Path) -> None:
    installed = {"loop/__init__.py": "import kafka\nfrom loop import broken", "loop/broken.py": "import kafka\ndef go(:\n"}
    (problem,) = report(tmp_path, "from loop.broken import go\ngo()", installed).diagnostics
    assert (str(problem.location), problem.message.partition(":")[0]) == ("<environment>/loop/broken.py:2", "not valid Python")


def test_the_report_is_the_same_wherever_the_environment_lies(tmp_path: Path) -> None:
    environment = write(tmp_path / "one", BUS)
    moved = tmp_path / "deep" / "er" / "lib" / "python3.12" / "site-packages"
    shutil.copytree(environment, moved)
    root = write(tmp_path / "system", {"app.py": "from acme_bus import heartbeat\nheartbeat()\nimport acme_bus.nothing"})
    rendered = []
    for place in (environment, moved, moved.parents[2]):
        content = REPORTER.render(analyse(root, Config(), Settings(workers=1, environments=(place,))))
        document = json.loads(content)
        document["stats"].pop("seconds", None)
        rendered.append(document)
    assert rendered[0] == rendered[1] == rendered[2]
    assert len(rendered[0]["interactions"]) == 1
    assert str(tmp_path) not in json.dumps(rendered[0])
