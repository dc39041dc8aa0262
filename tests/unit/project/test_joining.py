"""Several repositories as one project: whose paths, names, addresses and settings are whose."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from flowmap.config import Config, load_config
from flowmap.errors import ConfigError, PathError
from flowmap.extensions import load_descriptors, load_plugins
from flowmap.model.project import Project
from flowmap.project.discover import discover
from flowmap.project.systems import together

APP = "from flask import Flask\napp = Flask(__name__)\nif __name__ == '__main__':\n    app.run(port=8000)\n"
DOCKERFILE = 'FROM python:3.12\nCOPY . .\nCMD ["python", "app.py"]\n'
ORDERS = {"app.py": APP, "Dockerfile": DOCKERFILE}


def joined(folder: Path, repositories: Mapping[str, Mapping[str, str]], config: Config | None = None) -> Project:
    """The project of repositories, given as their files by name."""
    for name, files in repositories.items():
        for path, text in files.items():
            (folder / name / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / name / path).write_text(text)
    system = together([(folder / name, load_config(folder / name)) for name in repositories], config or Config())
    return discover(system, load_descriptors(), load_plugins())


def compose(services: str) -> str:
    return f"services:\n{services}"


def test_paths_lie_below_the_names_of_their_repositories(tmp_path: Path) -> None:
    project = joined(tmp_path, {"orders": ORDERS, "mail": {"worker/app.py": APP, "worker/Dockerfile": DOCKERFILE}})
    assert [f.path for f in project.files] == ["orders/app.py", "mail/worker/app.py"]
    assert [(s.name, s.root, s.entry) for s in project.services] == [
        ("orders", "orders", "orders/app.py"),
        ("worker", "mail/worker", "mail/worker/app.py"),
    ]
    assert {e.location.path for s in project.services for e in s.evidence} == {"orders/Dockerfile", "mail/worker/Dockerfile"}


def test_services_of_one_name_stand_behind_those_of_their_repositories(tmp_path: Path) -> None:
    worker = {"worker/app.py": APP, "worker/Dockerfile": DOCKERFILE}
    project = joined(tmp_path, {"orders": worker, "mail": worker, "stock": ORDERS})
    assert [(s.name, "worker" in s.aliases) for s in project.services] == [
        ("mail-worker", True),
        ("orders-worker", True),
        ("stock", False),
    ]


DEPLOYED = """\
  orders:
    image: registry.example.com/shop/orders:1.4
    environment: {ORDERS_TOPIC: shop.orders, LOG_LEVEL: info}
"""


@pytest.mark.parametrize(
    ("deployed", "settings"),
    [
        (DEPLOYED, {"ORDERS_TOPIC": "shop.orders", "LOG_LEVEL": "debug"}),
        (DEPLOYED.replace("  orders:", "  order-api:"), {"ORDERS_TOPIC": "shop.orders", "LOG_LEVEL": "debug"}),
        (DEPLOYED.replace("shop/orders", "shop/stock").replace("  orders:", "  stock:"), {"LOG_LEVEL": "debug"}),
        (DEPLOYED.replace("shop/orders:1.4", "library/redis:7"), {"LOG_LEVEL": "debug"}),
    ],
    ids=["by its name", "by its image", "another one", "a product of that name"],
)
def test_what_one_repository_deploys_of_another_is_told_to_it(tmp_path: Path, deployed: str, settings: Mapping[str, str]) -> None:
    own = {**ORDERS, "docker-compose.yml": compose("  orders: {build: ., environment: {LOG_LEVEL: debug}}\n")}
    project = joined(tmp_path, {"orders": own, "platform": {"docker-compose.yml": compose(deployed)}})
    (service,) = project.services
    assert {s.name: s.value for s in service.environment} == settings
    assert bool(project.externals) is ("ORDERS_TOPIC" not in settings)


def test_a_repository_without_python_is_one_of_several_only(tmp_path: Path) -> None:
    with pytest.raises(PathError, match="no Python files"):
        joined(tmp_path, {"platform": {"docker-compose.yml": compose(DEPLOYED)}, "charts": {"README.md": "none"}})


def test_each_configuration_speaks_of_its_own_folder(tmp_path: Path) -> None:
    stated = '[[services]]\nname = "billing"\nroot = "src"\n'
    whole = Config.model_validate({"services": [{"name": "post", "root": "mail/tools"}], "externals": [{"name": "ledger"}]})
    repositories = {"orders": {"src/app.py": APP, "flowmap.toml": stated}, "mail": {"tools/send.py": "print()\n", "app.py": APP}}
    project = joined(tmp_path, repositories, whole)
    found = {s.name: s.root for s in project.services}
    assert (found["billing"], found["post"]) == ("orders/src", "mail/tools")
    assert [e.name for e in project.externals] == ["ledger"]


def test_a_configured_folder_of_the_system_has_to_be_there(tmp_path: Path) -> None:
    whole = Config.model_validate({"services": [{"name": "post", "root": "src"}]})
    with pytest.raises(ConfigError, match="'src'"):
        joined(tmp_path, {"orders": ORDERS, "mail": ORDERS}, whole)


@pytest.mark.parametrize(
    ("paths", "why"),
    [
        (("shop", "other/shop"), "both called 'shop'"),
        (("shop", "shop/orders"), "lie inside one another"),
        (("shop", "nowhere"), "nowhere does not exist"),
        (("shop", "shop/app.py"), "app.py is no folder"),
    ],
)
def test_what_cannot_be_told_apart_is_refused(tmp_path: Path, paths: tuple[str, ...], why: str) -> None:
    for path in ("shop/app.py", "shop/orders/app.py", "other/shop/app.py"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(APP)
    with pytest.raises(PathError, match=why):
        together([(tmp_path / path, Config()) for path in paths], Config())
