"""Objects of settings libraries that hand out what stands in files of data."""

from __future__ import annotations

import pytest
from linking import Files, channels, lines, service

FILES: Files = {
    "shop/settings.toml": 'KAFKA_TOPIC = "plain"\nonly = "first"\n[kafka]\ntopic = "nested"\n[default]\nDEEP = "section"\n',
    "shop/later.yaml": "KAFKA_TOPIC: later\n",
    "shop/config/app.yaml": "kafka:\n  topic: from-yaml\nname: app\n",
}
BEFORE = """
    import bus, yaml
    from box import Box
    from configloader import ConfigLoader
    from dynaconf import Dynaconf, LazySettings, settings as usual
    from lib import Loader, names
    from omegaconf import OmegaConf
    settings = Dynaconf(envvar_prefix="SHOP", settings_files=["settings.toml"])
    both = Dynaconf(settings_files=["settings.toml", "later.yaml"])
    lost = Dynaconf(settings_files=["absent.toml"])
    lazy = LazySettings(settings_file="later.yaml")
    unknown = Loader(settings_files=["settings.toml"])
    class Config:
        def __init__(self, path="config/app.yaml", namespace=""):
            self.loader = ConfigLoader()
            self.loader.update_from_yaml_file(path)
            self.loader.update_from_env_namespace(namespace)
        def get(self, name):
            return self.loader.get(name, None)
    config = Config(namespace="APP")
    class Other(Config): ...
    shape = OmegaConf.load("config/app.yaml")
    boxed = Box(yaml.safe_load(open("config/app.yaml")))
"""


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("settings.KAFKA_TOPIC", ["plain"]),
        ("settings.kafka_topic", ["plain"]),
        ("settings['KAFKA_TOPIC']", ["plain"]),
        ("settings.get('KAFKA_TOPIC')", ["plain"]),
        ("settings.get('ABSENT', 'default')", ["default"]),
        ("settings.kafka.topic", ["nested"]),
        ("settings['kafka']['topic']", ["nested"]),
        ("settings.DEEP", ["section"]),
        ("both.KAFKA_TOPIC", ["later"]),
        ("both.only", ["first"]),
        ("lazy.KAFKA_TOPIC", ["later"]),
        ("usual.KAFKA_TOPIC", ["plain"]),
        ("config.get('name')", ["app"]),
        ("Other().get('name')", ["app"]),
        ("shape.kafka.topic", ["from-yaml"]),
        ("boxed.kafka.topic", ["from-yaml"]),
        ("boxed.kafka['topic']", ["from-yaml"]),
        ("OmegaConf.create(boxed).name", ["app"]),
        ("settings.ABSENT", ["? comes from `dynaconf.Dynaconf().ABSENT`"]),
        ("settings.get(names.one)", ["? an entry of settings under a computed name"]),
        ("lost.KAFKA_TOPIC", ["? comes from `dynaconf.Dynaconf().KAFKA_TOPIC`"]),
        ("config.get('absent')", ["? comes from `configloader.ConfigLoader().get()`"]),
        ("unknown.KAFKA_TOPIC", ["? comes from `lib.Loader().KAFKA_TOPIC`"]),
        ("unknown.get('KAFKA_TOPIC')", ["? comes from `lib.Loader().get()`"]),
        ("Box({'kafka': 1}).kafka", ["? comes from `box.Box().kafka`"]),
    ],
)
def test_entries_are_what_the_files_say(expression: str, expected: list[str]) -> None:
    code: Files = {**FILES, "shop/app.py": lines(BEFORE, f"bus.publish({expression})")}
    assert channels(code, service("shop", "shop")) == expected


@pytest.mark.parametrize(
    ("expression", "environment", "expected"),
    [
        ("settings.KAFKA_TOPIC", {"SHOP_KAFKA_TOPIC": "deployed"}, ["deployed"]),
        ("settings.KAFKA_TOPIC", {"KAFKA_TOPIC": "other"}, ["plain"]),
        ("both.KAFKA_TOPIC", {"DYNACONF_KAFKA_TOPIC": "deployed"}, ["deployed"]),
        ("usual.KAFKA_TOPIC", {"DYNACONF_KAFKA_TOPIC": "deployed"}, ["deployed"]),
        ("settings.kafka.topic", {"SHOP_KAFKA__TOPIC": "x"}, ["? comes from `dynaconf.Dynaconf().kafka.topic`"]),
        ("config.get('name')", {"APP_NAME": "deployed"}, ["deployed"]),
        ("config.get('name')", {"NAME": "other"}, ["app"]),
    ],
)
def test_the_environment_comes_first(expression: str, environment: dict[str, str], expected: list[str]) -> None:
    code: Files = {**FILES, "shop/app.py": lines(BEFORE, f"bus.publish({expression})")}
    assert channels(code, service("shop", "shop", **environment)) == expected
