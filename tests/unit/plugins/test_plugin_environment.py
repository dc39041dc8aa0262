"""What settings libraries read from the environment, where nothing sets it: their defaults."""

from __future__ import annotations

import pytest
from sightings import sightings

SETUP = "from kafka import KafkaProducer\nproducer = KafkaProducer()\n"


@pytest.mark.parametrize(
    ("code", "topic"),
    [
        ("from everett.manager import ConfigManager\nc = ConfigManager.basic_config()\nT = c('TOPIC', default='a')", "a"),
        ("from everett.manager import ConfigManager\nT = ConfigManager.basic_config(env_file='x')('T', doc='', default='a')", "a"),
        ("from everett.manager import ConfigManager, ConfigOSEnv\nT = ConfigManager([ConfigOSEnv()])('TOPIC', None, 'a')", "a"),
        ("from decouple import config\nT = config('TOPIC', default='a')", "a"),
        ("from dotenv import dotenv_values\nT = dotenv_values('.env').get('TOPIC', 'a')", "a"),
        ("from lib import dotenv_values\nT = dotenv_values('.env').get('TOPIC', 'a')", "?"),
        ("from lib import ConfigManager\nT = ConfigManager.basic_config()('TOPIC', default='a')", "?"),
        ("from everett.manager import ConfigManager\nT = ConfigManager.basic_config()('TOPIC')", "?"),
    ],
)
def test_defaults_are_read(code: str, topic: str) -> None:
    assert sightings(SETUP, code, "producer.send(T, b'x')") == [f"publish kafka {topic}"]


@pytest.mark.parametrize(
    ("library", "topic"),
    [("click", "a"), ("djclick", "a"), ("rich_click", "a"), ("asyncclick", "a"), ("cloup", "a"), ("clacks", "?")],
)
def test_libraries_like_click_declare_options_as_it_does(library: str, topic: str) -> None:
    command = f"import {library}\n@{library}.command()\n@{library}.option('--topic', default='a')\ndef main(topic):\n"
    assert sightings(SETUP, command + "    producer.send(topic, b'x')\n") == [f"publish kafka {topic}"]
