"""Projects of nx workspaces: the command that serves each, and where it runs."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from flowmap.descriptor_api import Declarations
from flowmap.project.readers.nx import READER

Read = Callable[..., Declarations]
APP = {"apps/orders/main.py": ""}


def _target(command: object = "poetry run uvicorn orders.main:app", **options: object) -> dict[str, object]:
    return {"executor": "@nxlv/python:run-commands", "options": {"command": command, **options}}


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        ({"serve": _target()}, ("poetry run uvicorn orders.main:app", "apps/orders")),
        ({"serve": _target(cwd="apps/orders")}, ("poetry run uvicorn orders.main:app", "apps/orders")),
        ({"serve": _target(cwd="{projectRoot}")}, ("poetry run uvicorn orders.main:app", "apps/orders")),
        ({"serve": _target(cwd="{projectRoot}/src")}, ("poetry run uvicorn orders.main:app", "apps/orders/src")),
        ({"serve": _target(cwd="nowhere")}, ("poetry run uvicorn orders.main:app", "apps/orders")),
        ({"dev": _target("python main.py")}, ("python main.py", "apps/orders")),
        ({"dev": _target("python a.py"), "serve": _target("python b.py")}, ("python b.py", "apps/orders")),
        ({"serve": _target(None, commands=["python main.py", "echo"])}, ("python main.py", "apps/orders")),
        ({"serve": _target(None, commands=[{"command": "python main.py"}])}, ("python main.py", "apps/orders")),
    ],
)
def test_what_serves_a_project(read: Read, targets: dict[str, object], expected: tuple[str, str]) -> None:
    project = json.dumps({"name": "orders", "targets": targets}, indent=1)
    (process,) = read(READER, {"apps/orders/project.json": project, **APP}).processes
    assert (process.name, process.command[2], process.folder) == ("orders", *expected)
    assert '"serve"' in project.splitlines()[process.location.line - 1] or "dev" in targets


def test_a_project_without_a_name_is_called_after_its_folder(read: Read) -> None:
    (process,) = read(READER, {"apps/orders/project.json": json.dumps({"targets": {"serve": _target()}}), **APP}).processes
    assert process.name == "orders"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        '{"targets": []}',
        '{"targets": {"serve": []}}',
        '{"targets": {"serve": {"options": []}}}',
        '{"targets": {"serve": {"options": {"command": 3}}}}',
        '{"targets": {"serve": {"options": {"commands": []}}}}',
        '{"targets": {"lint": {"options": {"command": "ruff check"}}}}',
        '{"name": "unity"}',
        '{"targets": ' + "[" * 100_000,
        '{"targets": {"serve": {"options": {"command": "x"}}}, "rest": "' + "x" * 300_000 + '"}',
    ],
)
def test_other_files_say_nothing(read: Read, content: str) -> None:
    assert read(READER, {"apps/orders/project.json": content, **APP}) == Declarations()
