"""config.yaml of python-lambda: a function with its variables and what wakes it."""

from __future__ import annotations

import pytest
from fixtures import Scan

CONFIG = """
function_name: orders-development
handler: service.handler
runtime: python3.12
environment_variables:
  LEVEL: info
  PORT: 80
  NOTHING:
"""
STAGE = "environment_variables:\n  QUEUE: {}\n  LEVEL: debug\n"
CODE = "def handler(event, context): ...\n"
SOURCES = '{{"EventSourceMappings": [{{"EventSourceArn": "arn:aws:sqs:eu-west-1:1:{}", "BatchSize": 1}}]}}'
FUNCTION = {"lambda/orders/config.yaml": CONFIG, "lambda/orders/service.py": CODE}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, {"LEVEL": "info", "PORT": "80"}),
        ({"config/development.yaml": STAGE.format("dev")}, {"LEVEL": "debug", "PORT": "80", "QUEUE": "dev"}),
        (
            {"config/development.yaml": STAGE.format("dev"), "config/production.yaml": STAGE.format("prod")},
            {"LEVEL": "debug", "PORT": "80", "QUEUE": "prod"},
        ),
        ({"config/other.json": "{}", "elsewhere/development.yaml": STAGE.format("dev")}, {"LEVEL": "info", "PORT": "80"}),
        ({"config/development.yaml": "environment_variables: [a]\n"}, {"LEVEL": "info", "PORT": "80"}),
    ],
)
def test_variables_are_those_of_its_stages(scan: Scan, files: dict[str, str], expected: dict[str, str]) -> None:
    (service,) = scan({**FUNCTION, **{f"lambda/orders/{p}": text for p, text in files.items()}}).services
    assert (service.name, service.root) == ("orders", "lambda/orders")
    assert "orders-development" in service.aliases
    told: dict[str, str] = {}
    for setting in service.environment:
        told.setdefault(setting.name, setting.value)
    assert told == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"config/event_sources_development.json": SOURCES.format("orders")}, ["sqs orders by lambda/orders/service.py:handler"]),
        ({"event_sources.json": SOURCES.format("orders")}, ["sqs orders by lambda/orders/service.py:handler"]),
        (
            {"event_sources_dev.json": SOURCES.format("a"), "event_sources_prod.json": SOURCES.format("a")},
            ["sqs a by lambda/orders/service.py:handler"],
        ),
        ({"event_sources.json": "{"}, []),
        ({"event_sources.json": '{"EventSourceMappings": [{"EventSourceArn": ""}], "ScheduleEvents": []}'}, []),
        ({"other.json": SOURCES.format("orders")}, []),
    ],
)
def test_what_wakes_it(scan: Scan, files: dict[str, str], expected: list[str]) -> None:
    found = scan({**FUNCTION, **{f"lambda/orders/{p}": text for p, text in files.items()}})
    assert [f"{w.transport} {w.channel} by {w.handler}" for w in found.wires] == expected


@pytest.mark.parametrize(
    "config",
    ["function_name: a\n", "handler: service.handler\n", CONFIG.replace("service.handler", "other.handler"), "a: [", "- a\n"],
)
def test_another_configuration_says_nothing(scan: Scan, config: str) -> None:
    found = scan({**FUNCTION, "lambda/orders/config.yaml": config, "lambda/orders/event_sources.json": SOURCES.format("orders")})
    assert found.wires == ()
    assert not any(s.environment for s in found.services)
