"""Configurations of dependency injection containers: what their options are worth where providers hand them on."""

from __future__ import annotations

import pytest
from flowmap_plugins import injection
from linking import BUS, ENVIRONMENT, lines, named, recognition, service

SETUP = """
    import bus
    from dependency_injector import containers, providers
    from dependency_injector.wiring import Provide, inject
    from pydantic_settings import BaseSettings
    class Settings(BaseSettings):
        topic: str = 'settings'
    class Outbox:
        def __init__(self, client, topic):
            self.client, self.topic = client, topic
        def send(self):
            bus.publish(self.topic)
"""
CONTAINER = """
    class Container(containers.DeclarativeContainer):
        config = providers.Configuration({})
        client = providers.Singleton(bus.Client)
        outbox = providers.Factory(Outbox, client, topic=config.{})
"""
FILES = {
    "config.yml": "kafka:\n  topic: yml",
    "config.json": '{"kafka": {"topic": "json"}}',
    "config.ini": "[kafka]\ntopic = ini",
}
NOT_KNOWN = "? comes from `dependency_injector.providers.Configuration().kafka.topic`"


def _channels(code: str, **environment: str) -> list[str]:
    files = {**FILES, "app.py": lines(SETUP) + code}
    found = recognition(files, service("main", **environment), plugins=(BUS, ENVIRONMENT, injection.PLUGIN)).interactions
    return [named(i) for i in found]


@pytest.mark.parametrize(
    ("constructor", "option", "loading", "expected"),
    [
        ("", "kafka.topic", "c.config.from_dict({'kafka': {'topic': 'x'}})", "x"),
        ("", "kafka.topic", "c.config.override({'kafka': {'topic': 'x'}})", "x"),
        ("", "kafka.topic", "c.config.kafka.from_dict({'topic': 'x'})", "x"),
        ("", "kafka.topic", "c.config.from_yaml('config.yml')", "yml"),
        ("", "kafka.topic", "c.config.from_json('config.json')", "json"),
        ("", "kafka.topic", "c.config.from_ini('config.ini')", "ini"),
        ("", "kafka.topic", "c.config.kafka.topic.from_value('x')", "x"),
        ("", "kafka.topic", "c.config.kafka.topic.from_env('TOPIC', 'x')", "deployed"),
        ("", "kafka.topic", "c.config.kafka.topic.from_env('OTHER', 'x')", "x"),
        ("", "kafka.topic", "c.config.set('kafka.topic', 'x')", "x"),
        ("", "topic", "c.config.from_pydantic(Settings())", "deployed"),
        ("pydantic_settings=[Settings()]", "topic", "", "deployed"),
        ("yaml_files=['config.yml']", "kafka.topic", "", "yml"),
        ("default={'kafka': {'topic': 'x'}}", "kafka.topic", "", "x"),
        ("default={'kafka': {'topic': 'x'}}", "kafka.topic", "c.config.from_yaml('config.yml')", "yml"),
        ("default={'kafka': {'topic': 'x'}}", "kafka.topic.as_(str)", "", "x"),
        ("default={'kafka': {'topic': 'x'}}", "kafka.topic.required()", "", "x"),
        ("", "kafka.topic", "", NOT_KNOWN),
        ("", "kafka.topic", "c.config.from_dict({'kafka': {'other': 'x'}})", NOT_KNOWN),
        ("", "kafka.topic", "c.config.from_yaml('absent.yml')", NOT_KNOWN),
        ("", "kafka.topic", "outside.config.from_dict({'kafka': {'topic': 'x'}})", NOT_KNOWN),
        ("", "kafka.topic", "providers.Configuration().from_dict({'kafka': {'topic': 'x'}})", NOT_KNOWN),
    ],
)
def test_an_option_is_what_was_loaded(constructor: str, option: str, loading: str, expected: str) -> None:
    code = f"c = Container()\n{loading}\n@inject\ndef handle(outbox: Outbox = Provide[Container.outbox]):\n    outbox.send()\n"
    assert _channels(lines(CONTAINER.format(constructor, option)) + code, TOPIC="deployed") == [expected]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("bus.publish(Container.config.kafka.topic())", "x"),
        ("@inject\ndef handle(topic=Provide[Container.config.kafka.topic]):\n    bus.publish(topic)", "x"),
        ("@inject\ndef handle(topic=Provide[Container.config.kafka]):\n    bus.publish(topic['topic'])", "x"),
    ],
)
def test_an_option_may_be_asked_by_itself(code: str, expected: str) -> None:
    container = "class Container(containers.DeclarativeContainer):\n    config = providers.Configuration(default=KNOWN)\n"
    assert expected in _channels("KNOWN = {'kafka': {'topic': 'x'}}\n" + container + code)


def test_a_container_inside_another_has_the_part_that_it_is_given() -> None:
    inner = """
    class Outer(containers.DeclarativeContainer):
        config = providers.Configuration()
        inner = providers.Container(Container, config=config.shop)
    outer = Outer()
    outer.config.from_dict({'shop': {'kafka': {'topic': 'given'}}, 'kafka': {'topic': 'own'}})
    outer.inner.outbox().send()
    """
    assert _channels(lines(CONTAINER.format("", "kafka.topic"), inner)) == ["given"]


@pytest.mark.parametrize("provider", ["Singleton", "Factory", "ThreadSafeSingleton"])
def test_what_a_provider_makes_has_its_arguments(provider: str) -> None:
    container = f"class C(containers.DeclarativeContainer):\n    outbox = providers.{provider}(Outbox, bus.Client(), 'a')\n"
    assert _channels(container) == ["a"]
    assert _channels(container.replace("providers", "outside")) != ["a"]
