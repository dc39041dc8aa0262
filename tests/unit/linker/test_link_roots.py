"""Packages that are checked out under another name than their own modules import one another by."""

from __future__ import annotations

import pytest
from linking import channels, lines

HOME = {
    "__init__.py": "",
    "settings.py": "TOPIC = 'orders'\n",
    "models/__init__.py": "",
    "models/order.py": "TOPIC = 'deep'\n",
}


def published(folder: str, files: dict[str, str], main: str) -> list[str]:
    """What a module publishes in a folder beside the files of `HOME` and others."""
    found = {f"{folder}{path}": text for path, text in {**HOME, **files}.items()}
    return channels({**found, f"{folder}main.py": lines("import bus", main)})


WHOLE = (
    "from vendor.shop import settings\nfrom vendor.shop.models.order import TOPIC\nbus.publish(settings.TOPIC)\nbus.publish(TOPIC)"
)


@pytest.mark.parametrize("folder", ["", "shop/", "owner+shop/", "shop-main/"])
def test_a_project_that_is_a_package_is_known_by_its_own_imports(folder: str) -> None:
    assert published(folder, {"setup.py": ""}, WHOLE) == ["orders", "deep"]


def test_a_package_that_is_scanned_from_within_is_known_too() -> None:
    assert published("", {}, WHOLE) == ["orders", "deep"]


@pytest.mark.parametrize(
    ("files", "main"),
    [
        ({}, WHOLE),
        ({"setup.py": "", "__init__.py": "x = ("}, "from lib.other import settings\nbus.publish(settings.TOPIC)"),
        ({"setup.py": ""}, "from vendor.shop import settings\nbus.publish(settings.TOPIC)"),
        (
            {"setup.py": ""},
            "from one import settings\nfrom two.models import order\nbus.publish(settings.TOPIC)\nbus.publish(order.TOPIC)",
        ),
        (
            {"setup.py": ""},
            "from lib.db import models, settings\nfrom lib.db.models.functions import Lower\nbus.publish(settings.TOPIC)",
        ),
        ({"setup.py": ""}, "from vendor.shop import missing\nfrom vendor.shop.models import gone\nbus.publish(missing.TOPIC)"),
    ],
)
def test_a_name_that_little_speaks_for_is_none(files: dict[str, str], main: str) -> None:
    assert not {"orders", "deep"} & set(published("shop/", files, main))


def test_another_project_finds_it_too() -> None:
    files = {f"one/{path}": text for path, text in {**HOME, "setup.py": "", "use.py": WHOLE.partition("\nbus")[0]}.items()}
    other = lines("import bus", "from vendor.shop.settings import TOPIC", "bus.publish(TOPIC)")
    assert channels({**files, "two/main.py": other}) == ["orders"]


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        ({"tools/__init__.py": "", "tools/setup.py": ""}, ["orders"]),
        ({"tools/setup.py": ""}, ["orders"]),
        ({"tools/__init__.py": ""}, []),
        ({"tools/__init__.py": "", "tools/setup.py": "", "other/house/__init__.py": ""}, []),
    ],
)
def test_a_project_whose_folder_is_a_package_by_mistake_installs_what_is_beside_its_setup(
    beside: dict[str, str], expected: list[str]
) -> None:
    files = {**beside, "tools/house/__init__.py": "", "tools/house/names.py": "TOPIC = 'orders'\n"}
    main = lines("import bus", "from house.names import TOPIC", "bus.publish(TOPIC)")
    assert [c for c in channels({**files, "app/main.py": main}) if not c.startswith("?")] == expected


@pytest.mark.parametrize(
    ("namesake", "expected"),
    [
        ("import yaml\nTOPIC = yaml.read()\n", ["? comes from `yaml.TOPIC`"]),
        ("from yaml import read\nTOPIC = 'own'\n", ["? comes from `yaml.TOPIC`"]),
        ("from . import other\nTOPIC = 'own'\n", ["own"]),
        ("import json\nTOPIC = 'own'\n", ["own"]),
    ],
)
def test_a_module_that_imports_a_library_of_its_own_name_is_not_that_library(namesake: str, expected: list[str]) -> None:
    files = {"shop/__init__.py": "", "shop/fields/yaml.py": namesake, "shop/fields/other.py": ""}
    assert channels({**files, "shop/main.py": "import bus, yaml\nbus.publish(yaml.TOPIC)\n"}) == expected
