"""Azure Functions: bindings of the first programming model, and the settings of a developer's machine."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from flowmap.descriptor_api import Declarations
from flowmap.project.readers.azure_functions import READER

Binding = dict[str, object]


def _bound(read: Callable[..., Declarations], *bindings: Binding, host: str = "{}", **top: str) -> list[str]:
    files = {"app/Label/function.json": json.dumps({"bindings": list(bindings), **top}), "app/host.json": host}
    found = read(READER, files)
    assert found.diagnostics == ()
    return [
        f"{w.role.value} {w.transport} {w.channel or w.operation or '?'} in {w.group or '-'} by {w.handler} ({w.kind.value})"
        + " inside" * w.local
        for w in found.wires
    ]


SCRIPT = "by app/Label/__init__.py:main"


@pytest.mark.parametrize(
    ("binding", "expected"),
    [
        ({"type": "serviceBusTrigger", "queueName": "%Q%"}, f"subscribe servicebus ${{Q}} in - {SCRIPT} (command)"),
        (
            {"type": "serviceBusTrigger", "topicName": "t-%X%", "subscriptionName": "%S%"},
            f"subscribe servicebus t-${{X}} in ${{S}} {SCRIPT} (event)",
        ),
        (
            {"type": "eventHubTrigger", "eventHubName": "hub", "consumerGroup": "g"},
            f"subscribe eventhub hub in g {SCRIPT} (event)",
        ),
        ({"type": "queueTrigger", "queueName": "jobs"}, f"subscribe storagequeue jobs in - {SCRIPT} (command)"),
        ({"type": "kafkaTrigger", "topic": "t", "consumerGroup": "$Default"}, f"subscribe kafka t in $Default {SCRIPT} (event)"),
        ({"type": "rabbitMQTrigger", "queueName": "q"}, f"subscribe amqp q in - {SCRIPT} (command)"),
        ({"type": "eventGridTrigger"}, f"subscribe eventgrid ? in - {SCRIPT} (event)"),
        ({"type": "serviceBus", "direction": "out", "topicName": "t"}, f"publish servicebus t in - {SCRIPT} (event)"),
        ({"type": "eventHub", "direction": "out", "eventHubName": "h"}, f"publish eventhub h in - {SCRIPT} (event)"),
        ({"type": "queue", "direction": "out", "queueName": "q"}, f"publish storagequeue q in - {SCRIPT} (command)"),
        (
            {"type": "eventGrid", "direction": "out", "topicEndpointUri": "URI", "topicKeySetting": "K"},
            f"publish eventgrid ${{URI}} in - {SCRIPT} (event)",
        ),
        (
            {"type": "eventGrid", "direction": "out", "connection": "GRID"},
            f"publish eventgrid ${{GRID__topicEndpointUri}} in - {SCRIPT} (event)",
        ),
        ({"type": "orchestrationTrigger", "name": "context"}, f"subscribe durable Label in - {SCRIPT} (command) inside"),
        ({"type": "activityTrigger", "name": "x"}, f"subscribe durable Label in - {SCRIPT} (command) inside"),
    ],
)
def test_a_binding(read: Callable[..., Declarations], binding: Binding, expected: str) -> None:
    assert _bound(read, binding) == [expected]


@pytest.mark.parametrize(
    "binding",
    [
        {"type": "timerTrigger", "schedule": "0 * * * * *"},
        {"type": "blob", "direction": "out", "path": "c/{name}"},
        {"type": "serviceBus", "direction": "in", "queueName": "q"},
        {"type": "serviceBusTrigger"},
        {"type": "entityTrigger", "name": "context"},
        {"type": "orchestrationClient", "direction": "in", "name": "starter"},
        {"type": "http", "direction": "out"},
        {},
    ],
)
def test_a_binding_that_carries_no_message(read: Callable[..., Declarations], binding: Binding) -> None:
    assert _bound(read, binding) == []


def test_the_function_is_the_one_that_is_named(read: Callable[..., Declarations]) -> None:
    found = _bound(read, {"type": "queueTrigger", "queueName": "q"}, scriptFile="../shared/run.py", entryPoint="go")
    assert found == ["subscribe storagequeue q in - by app/shared/run.py:go (command)"]


@pytest.mark.parametrize(
    ("host", "binding", "routes"),
    [
        ("{}", {"methods": ["get"], "route": "orders/{id}"}, ["GET /api/orders/{id}"]),
        ("{}", {}, ["GET /api/Label", "POST /api/Label"]),
        ('{"extensions": {"http": {"routePrefix": ""}}}', {"methods": ["post"]}, ["POST /Label"]),
        ('{"extensions": {"http": {"routePrefix": "v1"}}}', {"methods": ["post"]}, ["POST /v1/Label"]),
        ("{", {"methods": ["post"]}, ["POST /api/Label"]),
    ],
)
def test_routes(read: Callable[..., Declarations], host: str, binding: Binding, routes: list[str]) -> None:
    found = _bound(read, {"type": "httpTrigger", **binding}, host=host)
    assert found == [f"serve http {route} in - {SCRIPT} (event)" for route in routes]


@pytest.mark.parametrize(
    ("name", "rank"),
    [
        ("local.settings.json", 3),
        ("local.settings.json-sample", 0),
        ("local.settings.example.json", 0),
        ("sample.local.settings.json", 0),
    ],
)
def test_local_settings(read: Callable[..., Declarations], name: str, rank: int) -> None:
    text = '{"IsEncrypted": false, "Values": {\n\t"Q": "jobs",\n\t"N": 3, "EMPTY": null}}'
    (found,) = read(READER, {f"app/{name}": text}).settings
    assert (found.folder, found.rank, [(s.name, s.value, s.location.line) for s in found.settings]) == (
        "app",
        rank,
        [("Q", "jobs", 2), ("N", "3", 3)],
    )


@pytest.mark.parametrize("content", ["", "[]", "{", '{"bindings": {}}', '{"bindings": [1, "x"]}', "{" * 5000])
def test_a_file_that_says_nothing(read: Callable[..., Declarations], content: str) -> None:
    found = read(READER, {"app/F/function.json": content})
    assert found.wires == ()


def test_no_json_is_a_diagnostic(read: Callable[..., Declarations]) -> None:
    found = read(READER, {"app/F/function.json": "{]"})
    assert [str(d.location) for d in found.diagnostics] == ["app/F/function.json:1"]
