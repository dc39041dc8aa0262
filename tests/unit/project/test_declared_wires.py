"""Subscriptions that only a deployment file declares become interactions at their own lines, with the endpoint as handler."""

from __future__ import annotations

from pathlib import Path

import pytest
from flowmap.analysis import Settings, analyse
from flowmap.config import Config

APP = "from flask import Flask\napp = Flask(__name__)\n@app.post('/in')\ndef on_order(): ...\n"
HEAD = "apiVersion: dapr.io/v2alpha1\nkind: Subscription\n"


def _found(root: Path, resource: str) -> list[tuple[str, str | None, str | None, str]]:
    for path, text in {"shop/app.py": APP, "shop/requirements.txt": "", "wires/x.yaml": resource}.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text)
    return _subscriptions(root)


def _subscriptions(root: Path) -> list[tuple[str, str | None, str | None, str]]:
    sites = analyse(root, Config(), Settings(workers=1)).flow.interactions
    return [(i.service, i.channel, i.handler and i.handler.name, str(i.location)) for i in sites if i.role == "subscribe"]


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        (f"{HEAD}spec: {{topic: t, route: /in}}\nscopes: [shop]\n", [("shop", "t", "on_order", "wires/x.yaml:3")]),
        (f"{HEAD}spec:\n  topic: t\n  routes: {{default: /in}}\nscopes:\n- shop\n", [("shop", "t", "on_order", "wires/x.yaml:4")]),
        (f"{HEAD}spec: {{topic: t, route: /in}}\n", [("shop", "t", "on_order", "wires/x.yaml:3")]),
        (f"{HEAD}spec: {{topic: t, route: /elsewhere}}\nscopes: [shop]\n", [("shop", "t", None, "wires/x.yaml:3")]),
        (f"{HEAD}spec: {{topic: t, route: /elsewhere}}\n", []),
        (f"{HEAD}spec: {{topic: t, route: /in}}\nscopes: [other]\n", []),
        (f"{HEAD}spec: {{route: /in}}\nscopes: [shop]\n", []),
        ("apiVersion: v1\nkind: Subscription\nspec: {topic: t, route: /in}\nscopes: [shop]\n", []),
        ("kind: Subscription\nspec: {topic: [}\n", []),
    ],
)
def test_a_subscription_resource(tmp_path: Path, resource: str, expected: list[tuple[str, str, str | None, str]]) -> None:
    assert _found(tmp_path, resource) == expected


SCRIPT = """from google.cloud import pubsub_v1
sub = pubsub_v1.SubscriberClient()
sub.create_subscription(name="s", topic="projects/p/topics/t", push_config={"push_endpoint": "http://x%s"})
"""


@pytest.mark.parametrize(
    ("route", "apps", "expected"),
    [
        ("/in", ("shop",), [("shop", "t", "on_order", "setup/make.py:3")]),
        ("/in", ("shop", "stock"), [("setup", "t", None, "setup/make.py:3")]),
        ("/elsewhere", ("shop",), [("setup", "t", None, "setup/make.py:3")]),
        ("", ("shop",), [("setup", "t", None, "setup/make.py:3")]),
    ],
)
def test_an_endpoint_that_code_names(
    tmp_path: Path, route: str, apps: tuple[str, ...], expected: list[tuple[str, str, str | None, str]]
) -> None:
    texts = {f"{app}/{file}": text for app in apps for file, text in (("app.py", APP), ("requirements.txt", ""))}
    for path, text in {**texts, "setup/make.py": SCRIPT % route, "setup/requirements.txt": ""}.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    assert _subscriptions(tmp_path) == expected
