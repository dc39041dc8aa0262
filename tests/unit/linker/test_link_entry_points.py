"""Entry points: classes that the metadata of a package names, and that a manager of drivers loads."""

from __future__ import annotations

import pytest
from flowmap.linker.entry_points import groups_in, parts_in
from flowmap.project.data_files import read_data
from linking import channels, recognition, service

PYPROJECT = """
    [project.entry-points."shop.drivers"]
    rabbit = "shop.rabbit:Rabbit"
    kafka = "shop.kafka:Kafka [extra]"
    broken = "shop.absent:Absent"
    [project.entry-points."shop.others"]
    other = "shop.other:Other"
    [project.scripts]
    shop = "shop.main:main"
"""
FILES = {
    "shop/__init__.py": "",
    "shop/rabbit.py": "import bus\nclass Rabbit:\n    def send(self, topic='placed'):\n        bus.publish('rabbit.' + topic)\n",
    "shop/kafka.py": "import bus\nclass Kafka:\n    def send(self, topic='placed'):\n        bus.publish('kafka.' + topic)\n",
    "shop/other.py": "import bus\nclass Other:\n    def send(self, topic='placed'):\n        bus.publish('other.' + topic)\n",
    "pyproject.toml": PYPROJECT,
}


@pytest.mark.parametrize(
    ("loading", "expected"),
    [
        ("    driver.DriverManager('shop.drivers', 'rabbit').driver().send('a')", ["kafka.placed", "rabbit.a"]),
        ("    driver.DriverManager(namespace='shop.drivers', name='kafka').driver().send('a')", ["kafka.a", "rabbit.placed"]),
        ("    driver.DriverManager('shop.drivers', 'rabbit', invoke_on_load=True).driver.send('a')", ["kafka.placed", "rabbit.a"]),
        ("    driver.DriverManager('shop.drivers', unknown()).driver().send('a')", ["kafka.a", "rabbit.a"]),
        ("    driver.DriverManager('shop.drivers', 'absent').driver().send('a')", ["kafka.placed", "rabbit.placed"]),
        ("    driver.DriverManager('shop.unknown', 'rabbit').driver().send('a')", []),
        ("    driver.DriverManager(unknown(), 'rabbit').driver().send('a')", []),
        ("    unknown().driver().send('a')", []),
        ("    unknown('no shop.drivers')", []),
    ],
)
def test_a_manager_loads_what_the_metadata_names(loading: str, expected: list[str]) -> None:
    code = "from stevedore import driver\nfrom lib import unknown\ndef main():\n" + loading + "\nmain()\n"
    found = channels({**FILES, "shop/cmd/main.py": code}, service("shop", "shop/cmd", "shop/cmd/main.py"))
    assert sorted(found) == expected


@pytest.mark.parametrize(
    ("path", "text", "groups"),
    [
        ("pyproject.toml", '[project.entry-points.a]\nb = "c:D"\n', {"a": {"b": "c:D"}}),
        ("x/pyproject.toml", '[tool.poetry.plugins."a.b"]\nb = "c:D"\n', {"a.b": {"b": "c:D"}}),
        ("setup.cfg", "[entry_points]\na.b =\n  b = c:D\n  # e\n  f = g:H\n", {"a.b": {"b": "c:D", "f": "g:H"}}),
        ("setup.cfg", "[options.entry_points]\na =\n  b = c:D\n", {"a": {"b": "c:D"}}),
        ("other.toml", '[project.entry-points.a]\nb = "c:D"\n', {}),
        ("pyproject.toml", "[project.entry-points]\na = 3\n", {"a": {}}),
        ("pyproject.toml", '[project]\nentry-points = "x"\n', {}),
        ("setup.cfg", "[metadata]\nname = a\n", {}),
    ],
)
def test_metadata_is_read(path: str, text: str, groups: dict[str, dict[str, str]]) -> None:
    read = read_data(path, text.encode())
    assert read is not None
    assert groups_in([(read.path, read.content)]) == groups


PASTE = """
[composite:api]
use = egg:Paste#urlmap
/v2: v2

[app:v2]
paste.app_factory = web.v2:factory

[pipeline:all]
use = call:web.middleware:pipeline
pipeline = auth v2

[filter:auth]
paste.filter_factory = web.auth:Auth.factory
elsewhere = web.unused:factory
"""
WEB = {
    "etc/paste.ini": PASTE,
    "web/__init__.py": "",
    "web/v2.py": "import bus\ndef factory(conf):\n    bus.publish('v2')\n",
    "web/auth.py": "import bus\nclass Auth:\n    @classmethod\n    def factory(cls, conf):\n        bus.publish('auth')\n",
    "web/middleware.py": "import bus\ndef pipeline(loader, conf):\n    bus.publish('pipeline')\n",
    "web/unused.py": "import bus\ndef factory(conf):\n    bus.publish('unused')\n",
}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("from paste import deploy\ndeploy.loadapp('config:/etc/paste.ini', name='api')", ["auth", "pipeline", "v2"]),
        ("from paste.deploy import loadapp\nloadapp('config:paste.ini')", ["auth", "pipeline", "v2"]),
        ("from paste import deploy\nloadapps('config:paste.ini')", []),
        ("PATH = 'paste.ini'", []),
    ],
)
def test_applications_are_put_together_of_what_their_files_name(code: str, expected: list[str]) -> None:
    services = (service("web", ".", "main.py"), service("other", ".", "other.py"))
    found = recognition({**WEB, "main.py": code, "other.py": ""}, *services).interactions
    assert sorted({i.channel or "?" for i in found if i.service == "web"}) == expected


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("[app:a]\npaste.app_factory = web.v2:factory\n", ["web.v2:factory"]),
        ("[app:a]\nuse = call:web.v2:factory\n", ["web.v2:factory"]),
        ("[app:a]\nuse = egg:web#main\n", []),
        ("[app:a]\nfactory = web.v2:factory\n", []),
        ("[app:a]\npaste.app_factory = web.v2\n", []),
    ],
)
def test_the_parts_of_an_application_are_read(text: str, parts: list[str]) -> None:
    read = read_data("etc/paste.ini", text.encode())
    assert read is not None
    assert list(parts_in([(read.path, read.content)])) == parts
    assert not list(parts_in([("etc/paste.cfg", read.content)]))
