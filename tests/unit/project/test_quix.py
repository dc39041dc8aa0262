"""Quix: deployments of a pipeline with their variables, the defaults of their applications, and the topics."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flowmap.descriptor_api import Declarations
from flowmap.model.project import Project
from flowmap.project.readers.quix import READER

APP = (
    "name: Counter\nlanguage: python\nvariables:\n- {name: INPUT, inputType: InputTopic, defaultValue: a}\n"
    "- {name: KEY, inputType: Secret, defaultValue: k}\n- {name: EMPTY}\nrunEntryPoint: main.py\n"
)
ONE = "deployments:\n- name: count\n  application: counter\n  variables:\n  - {name: INPUT, inputType: InputTopic, value: %s}\n"


def _said(found: Declarations) -> list[tuple[object, ...]]:
    return [
        (
            p.name,
            p.folder or (p.build and p.build.dockerfile),
            " ".join(p.command),
            {s.name: s.value for s in p.environment},
            {s.name: f"{s.value} {s.location}" for s in p.fallbacks},
        )
        for p in found.processes
    ]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"quix.yaml": ONE % "b", "counter/app.yaml": APP},
            [("count", "counter", "python main.py", {"INPUT": "b"}, {"INPUT": "a counter/app.yaml:4"})],
        ),
        (
            {"quix.yaml": ONE % "b", "counter/app.yaml": APP, "counter/dockerfile": ""},
            [("count", "counter/dockerfile", "", {"INPUT": "b"}, {"INPUT": "a counter/app.yaml:4"})],
        ),
        (
            {"quix.yaml": ONE % "b", "counter/app.yaml": f"{APP}dockerfile: build/Dockerfile\n", "counter/build/Dockerfile": ""},
            [("count", "counter/build/Dockerfile", "", {"INPUT": "b"}, {"INPUT": "a counter/app.yaml:4"})],
        ),
        ({"quix.yaml": ONE % "'{{ topic }}'", "counter/main.py": ""}, [("count", "counter", "", {}, {})]),
        ({"quix.yaml": ONE % "b", "counter/app.yaml": "["}, [("count", "counter", "", {"INPUT": "b"}, {})]),
        ({"p/quix.yaml": ONE % "b", "p/counter/main.py": ""}, [("count", "p/counter", "", {"INPUT": "b"}, {})]),
        ({"counter/app.yaml": APP}, [("counter", "counter", "python main.py", {}, {"INPUT": "a counter/app.yaml:4"})]),
        ({"app.yaml": APP}, [("Counter", ".", "python main.py", {}, {"INPUT": "a app.yaml:4"})]),
        # look-alikes
        ({"counter/app.yaml": APP, "quix.yaml": ""}, []),
        ({"quix.yaml": ONE % "b"}, []),
        ({"quix.yaml": "deployments:\n- {name: ui, image: nginx}\n- {application: ../counter}\n", "counter/main.py": ""}, []),
        ({"app.yaml": "runtime: python312\nentrypoint: gunicorn main:app\nenv_variables: {A: b}\n"}, []),
        ({"app.yaml": "apiVersion: apps/v1\nkind: Deployment\nspec: {variables: []}\n"}, []),
        ({"quix.yaml": "- a\n"}, []),
    ],
)
def test_what_runs(read: Callable[..., Declarations], files: dict[str, str], expected: list[tuple[object, ...]]) -> None:
    assert _said(read(READER, files)) == expected


def test_where_it_is_asked_for_and_which_topics_there_are(read: Callable[..., Declarations]) -> None:
    more = "  network: {serviceName: Counts, ports: [{port: 80, targetPort: 8000}]}\ntopics:\n- name: a\n- name: '{{x}}'\n"
    found = read(READER, {"quix.yaml": ONE % "b" + more, "counter/main.py": ""})
    assert [(a.host, a.port) for p in found.processes for a in p.addresses] == [("counts", 80)]
    assert [(e.transport, e.channel, e.location.line) for e in found.existing] == [("kafka", "a", 8)]


def test_what_cannot_be_read_is_said(read: Callable[..., Declarations]) -> None:
    (said,) = read(READER, {"quix.yaml": "deployments: [\n"}).diagnostics
    assert said.message.startswith("quix.yaml of Quix cannot be read: ")


def test_services_are_told_what_they_are_told(scan: Callable[..., Project]) -> None:
    files = {"quix.yaml": ONE % "b", "counter/app.yaml": APP, "counter/main.py": "print()\n"}
    (service,) = scan(files).services
    assert (service.name, service.root, service.entry) == ("count", "counter", "counter/main.py")
    assert [(s.name, s.value) for s in service.environment] == [("INPUT", "b")]
