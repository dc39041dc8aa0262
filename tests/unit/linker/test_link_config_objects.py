"""Settings that a framework keeps in a mapping: the classes, modules and Python files that are loaded into it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap_plugins import flask
from linking import BUS, ENVIRONMENT, Files, named, recognition, service

SETTINGS: Files = {
    "shop_config.py": """
        class Base:
            TOPIC = "default"
            NESTED = {"topic": "nested"}
        class Production(Base):
            OTHER = "production"
        class Testing(Base):
            TOPIC = "tested"
        """,
    "deploy/shop.py": 'TOPIC = "deployed"\n',
    "deploy/office.py": 'TOPIC = "office"\n',
    "local.py": 'TOPIC = "local"\n',
}
APP = "import bus, os\nfrom flask import Flask, current_app\napp = Flask(__name__)\n"
OBJECT = "app.config.from_object('shop_config.Production')\n"


def published(code: str, *places: tuple[str, str], **environment: str) -> set[str]:
    """What `app.py` publishes, with some files standing at paths in its container."""
    deployed = replace(service("shop", entry="app.py", **environment), places=places)
    found = recognition({**SETTINGS, "app.py": APP + code}, deployed, plugins=(BUS, ENVIRONMENT, flask.PLUGIN))
    return {named(i) for i in found.interactions if i.role == "publish"}


PLACE = ("/etc/shop.py", "deploy/shop.py")
OTHER = ("/etc/shop.py", "deploy/office.py")
READ = "bus.publish(app.config['TOPIC'])\n"


@pytest.mark.parametrize(
    ("code", "places", "expected"),
    [
        (OBJECT + READ, (), {"default"}),
        (OBJECT + "bus.publish(current_app.config.get('OTHER'))", (), {"production"}),
        (OBJECT + "app.config.from_pyfile('/etc/shop.py')\n" + READ, (PLACE,), {"deployed"}),
        (OBJECT + "app.config.from_pyfile('/etc/shop.py')\nbus.publish(app.config['OTHER'])", (PLACE,), {"production"}),
        (OBJECT + "app.config.from_pyfile(os.environ.get('SETTINGS', '/etc/shop.py'))\n" + READ, (PLACE,), {"deployed"}),
        (OBJECT + "app.config.from_pyfile('/etc/shop.py')\n" + READ, (PLACE, OTHER), {"deployed", "office"}),
        (OBJECT + "app.config.from_pyfile('/etc/shop.py')\n" + READ, (("/etc", "deploy"), OTHER), {"office"}),
        (OBJECT + "app.config.from_pyfile('local.py')\n" + READ, (), {"local"}),
        # not there, not known, not Python
        (OBJECT + "app.config.from_pyfile('/etc/shop.py')\n" + READ, (), {"default"}),
        (OBJECT + "app.config.from_pyfile('absent.py')\n" + READ, (), {"default"}),
        (OBJECT + "app.config.from_pyfile(os.environ['SETTINGS'])\n" + READ, (PLACE,), {"default"}),
        (OBJECT + "app.config.from_pyfile('/etc/shop.py')\n" + READ, (("/etc/shop.py", "deploy/shop.cfg"),), {"default"}),
        (OBJECT + "app.elsewhere.from_pyfile('/etc/shop.py')\n" + READ, (PLACE,), {"default"}),
        # a mapping that a function makes by itself
        (
            """
from flask.config import Config
def load():
    config = Config(__name__)
    config.from_object("shop_config.Production")
    config.from_pyfile("/etc/shop.py")
    return config
app.config.update(load())
bus.publish(app.config["TOPIC"])
""",
            (PLACE,),
            {"deployed"},
        ),
        (
            """
from flask import Config
def load():
    config = Config(__name__)
    config.from_object("shop_config.Production")
    return config
bus.publish(load()["TOPIC"])
""",
            (),
            {"default"},
        ),
    ],
)
def test_what_is_loaded_into_a_mapping_is_found_in_it(code: str, places: tuple[tuple[str, str], ...], expected: set[str]) -> None:
    assert published(code, *places) == expected
