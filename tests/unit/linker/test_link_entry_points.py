"""Entry points: classes that the metadata of a package names, and that a manager of drivers loads."""

from __future__ import annotations

import pytest
from flowmap.linker.entry_points import groups_in
from flowmap.project.data_files import read_data
from linking import channels, service

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
