"""Manifests of AWS Copilot: what is built, where, and what it is told."""

from __future__ import annotations

import pytest
from fixtures import Read, Scan
from flowmap.project.exports import filled
from flowmap.project.readers.copilot import READER

APP = "from flask import Flask\napp = Flask(__name__)\n"
QUEUE = """
Parameters: {App: {Type: String}, Env: {Type: String}}
Resources:
  Jobs: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub 'jobs-${Env}'}}
Outputs:
  Jobs: {Value: !Ref Jobs, Export: {Name: !Sub '${App}-${Env}-JobsQueueURL'}}
"""


def manifest(rest: str, kind: str = "Backend Service") -> str:
    return f"name: orders\ntype: {kind}\n{rest}\n"


@pytest.mark.parametrize("path", ["copilot/orders/manifest.yml", "deploy/copilot/orders/manifest.yaml"])
def test_a_manifest(path: str) -> None:
    assert READER.matches(path)


@pytest.mark.parametrize(
    "path",
    [
        "copilot/manifest.yml",
        "copilot/environments/prod/manifest.yml",
        "copilot/pipelines/main/manifest.yml",
        "orders/manifest.yml",
    ],
)
def test_no_manifest_of_a_service(path: str) -> None:
    assert not READER.matches(path)


@pytest.mark.parametrize(
    ("image", "context", "dockerfile"),
    [
        ("{build: orders/Dockerfile}", "orders", "orders/Dockerfile"),
        ("{build: Dockerfile}", ".", "Dockerfile"),
        ("{build: {dockerfile: docker/web, context: .}}", ".", "docker/web"),
        ("{build: {dockerfile: docker/web}}", "docker", "docker/web"),
        ("{build: {context: orders}}", "orders", None),
    ],
)
def test_what_is_built(read: Read, image: str, context: str, dockerfile: str | None) -> None:
    (process,) = read(READER, {"copilot/orders/manifest.yml": manifest(f"image: {image}")}).processes
    assert process.build is not None
    assert (process.build.context, process.build.dockerfile) == (context, dockerfile)


@pytest.mark.parametrize("image", ["{location: acme/orders}", "{build: ../outside/Dockerfile}", "{build: {}}", "{build: ''}"])
def test_nothing_is_built(read: Read, image: str) -> None:
    (process,) = read(READER, {"copilot/orders/manifest.yml": manifest(f"image: {image}")}).processes
    assert process.build is None


@pytest.mark.parametrize(
    ("text", "processes", "problems"),
    [
        (manifest("", kind="Scheduled Job"), 1, 0),
        (manifest("", kind="Static Site"), 0, 0),
        ("type: Worker Service\n", 1, 0),
        ("- a\n", 0, 0),
        ("a: [", 0, 1),
    ],
)
def test_what_counts(read: Read, text: str, processes: int, problems: int) -> None:
    found = read(READER, {"copilot/orders/manifest.yml": text})
    assert (len(found.processes), len(found.diagnostics)) == (processes, problems)


@pytest.mark.parametrize(
    ("command", "expected"),
    [("python 'a b.py'", ("python", "a b.py")), ("[python, main.py]", ("python", "main.py")), ('"it\'s"', ())],
)
def test_a_command(read: Read, command: str, expected: tuple[str, ...]) -> None:
    (process,) = read(READER, {"copilot/orders/manifest.yml": manifest(f"command: {command}")}).processes
    assert process.command == expected


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ("variables: {V: http://stock:8080}", "http://stock:8080"),
        ("variables: {V: 'http://x.${COPILOT_ENVIRONMENT_NAME}.example'}", "http://x.{}.example"),
        ("variables: {V: a}\nenvironments: {prod: {variables: {V: b}}, test: {variables: {V: c}}}", "b"),
        ("variables: {V: a}\nenvironments: {test: {variables: {V: c}}}", "a"),
        ("variables: {V: {from_cfn: '${COPILOT_APPLICATION_NAME}-${E}-JobsQueueURL'}}", "https://sqs.{}.amazonaws.com/{}/jobs-{}"),
        ("variables: {V: {from_cfn: '${COPILOT_APPLICATION_NAME}-${E}-OtherQueueURL'}}", "OtherQueue"),
        ("variables: {V: {from_cfn: '${COPILOT_APPLICATION_NAME}-${E}-NewsTopicArn'}}", "NewsTopic"),
        ("variables: {V: {from_cfn: '${COPILOT_APPLICATION_NAME}-${E}-BucketName'}}", None),
        ("secrets: {V: /copilot/secrets/V}", None),
    ],
)
def test_what_a_service_is_told(scan: Scan, variables: str, expected: str | None) -> None:
    files = {"copilot/orders/manifest.yml": manifest(f"image: {{build: Dockerfile}}\n{variables}"), "app.py": APP}
    recipe = "FROM python:3\nCOPY . .\nCMD gunicorn app:app\n"
    (found,) = scan({**files, "Dockerfile": recipe, "copilot/environments/addons/queues.yml": QUEUE}).services
    assert found.name == "orders"
    assert next((s.value for s in found.environment if s.name == "V"), None) == expected


def test_an_image_from_elsewhere_is_that_of_the_project_around(scan: Scan) -> None:
    files = {"copilot/orders/manifest.yml": manifest("image: {location: acme/shop-orders}"), "app.py": APP, "requirements.txt": ""}
    (found,) = scan({**files, "Dockerfile": "FROM python:3\nCOPY . .\nCMD gunicorn app:app\n"}).services
    assert (found.name, found.entry) == ("orders", "app.py")


def test_nothing_is_imported_that_a_stack_defines_otherwise(read: Read) -> None:
    text = manifest("variables: {V: {from_cfn: '${A}-${E}-JobsQueueURL'}}")
    (process,) = filled(read(READER, {"copilot/orders/manifest.yml": text})).processes
    assert (process.environment, [s.value for s in process.fallbacks]) == ((), ["JobsQueue"])
