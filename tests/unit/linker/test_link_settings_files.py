"""Fields of settings that stand in files of data: of classes under a decorator that loads one, and of those that name one."""

from __future__ import annotations

import pytest
from flowmap.model.project import Service
from flowmap.plugin_api import Format, Plugin, SettingsFile, arg
from linking import BUS, ENVIRONMENT, Files, lines, named, recognition, service

_NAME = arg(0, "name")
LOADING = Plugin(
    name="loading",
    roots=("loading",),
    settings_files=(
        SettingsFile("loading.from_file", Format("{}_FILE", (_NAME,)), Format(".{}.yaml", (_NAME,)), Format("{}_", (_NAME,))),
    ),
)
CODE = """
    import bus
    from lib import Unseen
    from loading import from_file
    from pydantic_settings import BaseSettings, SettingsConfigDict
    class Part(BaseSettings):
        topic: str
        absent: str
        kept: str = "default"
    class Half(Unseen): ...
    @from_file(name="shop")
    class Config(Part, Half):
        own: str = "own"
    class Apart(BaseSettings):
        topic: str = "apart"
    class Named(BaseSettings):
        model_config = SettingsConfigDict(yaml_file="named.yaml")
        topic: str = "default"
        kept: str = "default"
    def of(part: Part, half: Half):
        return part
"""
FILES: Files = {
    "shop/config.yaml": "topic: beside\nunseen: seen\nabsent:\nown: filed\nnested: {topic: inner}\nnumbers: [1]\n",
    "shop/deeper/config.yaml": "topic: deeper\nkept: deeper\n",
    "shop/other.yaml": "topic: stated\n",
    "shop/list.yaml": "- topic\n",
    "shop/named.yaml": "topic: named\n",
    "shop/pyproject.toml": 'topic = "of-the-package"\n',
    "other/config.yaml": "topic: theirs\nkept: theirs\n",
}
SHOP = service("shop", "shop")


def seen(expression: str, *services: Service, files: Files = FILES) -> set[str]:
    source = {**files, "shop/app.py": lines(CODE, f"bus.publish({expression})")}
    found = recognition(source, *services, plugins=(BUS, ENVIRONMENT, LOADING)).interactions
    return {named(i) for i in found}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("Config().unseen", "seen"),
        ("Config().own", "filed"),
        ("Config().nested.topic", "inner"),
        ("Config().kept", "default"),
        ("Config(own='given').own", "given"),
        ("Config().absent", "? environment variable `ABSENT`, which no deployment file sets"),
        ("Config().never", "? comes from `Config.never`"),
        ("Half().unseen", "seen"),
        ("Named().topic", "named"),
        ("Named().kept", "default"),
        ("Apart().topic", "apart"),
        ("Apart().kept", "? comes from `Apart.kept`"),
    ],
)
def test_a_field_stands_in_the_file(expression: str, expected: str) -> None:
    files = {path: text for path, text in FILES.items() if path not in {"shop/other.yaml", "shop/list.yaml"}}
    assert seen(expression, SHOP, files=files) == {expected}


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"SHOP_FILE": "/app/other.yaml"}, {"stated"}),
        ({"SHOP_FILE": "/app/other.yaml", "SHOP_TOPIC": "deployed"}, {"deployed"}),
        ({"SHOP_FILE": "/app/list.yaml"}, {"? environment variable `TOPIC`, which no deployment file sets"}),
        ({"SHOP_FILE": "/app/gone.yaml"}, {"beside", "stated", "named"}),
        ({}, {"beside", "stated", "named"}),
    ],
)
def test_the_environment_comes_first_and_names_the_file(environment: dict[str, str], expected: set[str]) -> None:
    assert seen("Config().topic", service("shop", "shop", **environment)) == expected


def test_the_file_that_is_called_as_the_library_says_is_the_one() -> None:
    files = {**FILES, "shop/.shop.yaml": "topic: dotted\n"}
    assert seen("Config().topic", SHOP, files=files) == {"dotted"}


def test_a_part_of_the_settings_is_what_its_class_below_reads() -> None:
    files = {"shop/config.yaml": FILES["shop/config.yaml"]}
    assert seen("of(Part(), Half()).topic", SHOP, files=files) == {"beside"}
