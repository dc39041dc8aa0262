"""`flowmap plugins`: what is active and why; and a plugin of somebody else's, built and installed as theirs would be."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from tinyshop import Run

PYPROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "flowmap-house"
version = "1.2"
dependencies = ["flowmap-analyzer"]
[project.entry-points."flowmap.plugins"]
house-bus = "flowmap_house:PLUGIN"
[tool.hatch.build.targets.wheel]
packages = ["flowmap_house"]
"""
PLUGIN = '''\
"""The bus of the house."""
from flowmap.plugin_api import Messages, Plugin, Role, arg
PLUGIN = Plugin(
    name="house-bus",
    roots=("house",),
    transport="house",
    patterns=(
        Messages(target="house.Bus.emit", role=Role.PUBLISH, channel=arg(0, "topic")),
        Messages(target="house.Bus.on", role=Role.SUBSCRIBE, channel=arg(0, "topic"), handler=arg(1)),
    ),
)
'''
SHOP = """\
import house
bus = house.Bus()
def place(order):
    bus.emit("order.placed", order)
    bus.emit("order.counted", order)
def mail(order): ...
bus.on("order.placed", mail)
"""
KAFKA = "import kafka\np = kafka.KafkaProducer()\np.send('a', b'')\np.send('b', b'')\n"


@pytest.fixture
def system(tmp_path: Path) -> Path:
    folder = tmp_path / "system"
    for name, text in {"shop/main.py": SHOP, "audit/main.py": KAFKA, "audit/other.py": "import httpx\n"}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def test_what_is_active_why_and_how_often(run: Run, system: Path) -> None:
    answer = run("plugins", system, "-q").stdout
    assert (
        answer
        == textwrap.dedent(
            """\
        httpx  imported: httpx (1 file) · in system
          0 sites: no form of it that the plugin knows is used

        kafka-python  imported: kafka (1 file) · in system
          publish  kafka.KafkaProducer.send  2 sites
          2 interactions

        """
        )
        + answer.splitlines()[-1]
        + "\n"
    )
    assert answer.splitlines()[-1].startswith("2 of ")


def test_what_is_done_with_what_is_kept_counts_too(run: Run, system: Path) -> None:
    (system / "audit/kept.py").write_text("import sqlite3\nc = sqlite3.connect('a')\nc.commit()\nc.commit()\n")
    assert "  commit  sqlite3.connect().commit  2 sites\n  0 interactions\n" in run("plugins", system).stdout


def test_those_that_are_not_active_are_listed_on_demand(run: Run, system: Path) -> None:
    assert "pika" not in run("plugins", system).stdout
    assert "\npika  not imported\n" in run("plugins", system, "--all").stdout


def test_reports_of_earlier_scans_have_no_code(run: Run) -> None:
    answer = run("plugins", "system.json")
    assert (answer.exit_code, "give folders" in answer.stderr) == (2, True)


def test_a_plugin_of_somebody_else_is_installed_like_any_package(tmp_path: Path, system: Path) -> None:
    source, site = tmp_path / "source", tmp_path / "site"
    (source / "flowmap_house").mkdir(parents=True)
    (source / "pyproject.toml").write_text(PYPROJECT)
    (source / "flowmap_house" / "__init__.py").write_text(PLUGIN)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    alone = ["--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([*pip, "wheel", *alone, "-w", str(tmp_path / "wheels"), str(source)], check=True)  # noqa: S603
    (wheel,) = (tmp_path / "wheels").glob("flowmap_house-1.2-*.whl")
    subprocess.run([*pip, "install", *alone, "--target", str(site), str(wheel)], check=True)  # noqa: S603

    def flowmap(*arguments: str) -> str:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in (str(site), os.environ.get("PYTHONPATH")) if p)}
        command = [sys.executable, "-m", "flowmap", *arguments, str(system), "--no-cache", "-q"]
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout  # noqa: S603

    listed = flowmap("plugins")
    assert "house-bus  from flowmap-house 1.2 · imported: house (1 file) · in shop\n" in listed
    assert "publish    house.Bus.emit  2 sites" in listed
    assert "order.placed   →  shop" in flowmap("scan")
