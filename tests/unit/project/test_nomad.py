"""Jobs of Nomad: tasks, what they are told, and the names under which they are found."""

from __future__ import annotations

import pytest
from fixtures import Read, Scan
from flowmap.project.readers.nomad import READER


def job(task: str, group: str = "", before: str = "") -> str:
    return f'{before}\njob "shop" {{\n  group "web" {{\n    {group}\n    task "server" {{\n      {task}\n    }}\n  }}\n}}\n'


PREPARED = 'job "a" {\n group "g" {\n task "b" {\n lifecycle {\n hook = "prestart"\n %s\n }\n }\n task "c" {}\n }\n}'
DOCKER = 'driver = "docker"\n'


def test_a_task(read: Read) -> None:
    text = job(
        DOCKER + 'config {\n image = "acme/shop:1"\n entrypoint = ["sh", "-c"]\n command = "python"\n args = ["a.py", "-v"]\n}'
    )
    (process,) = read(READER, {"jobs/shop.nomad": text}).processes
    assert (process.name, process.aliases, process.image) == ("shop", ("server", "web"), "acme/shop:1")
    assert (process.entrypoint, process.command, process.folder) == (("sh", "-c"), ("python", "a.py", "-v"), None)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (job(DOCKER), ["shop"]),
        (f'job "a" {{ task "b" {{ {DOCKER} }} }}', ["a"]),
        ('job "a" {\n group "g" {\n task "b" {}\n task "c" {}\n }\n}', ["b", "c"]),
        (PREPARED % "", ["a"]),
        (PREPARED % "sidecar = true", ["b", "c"]),
        ('job "${name}" {\n group "g" {\n task "b" {}\n }\n}', ["b"]),
        # look-alikes
        ('resource "nomad_job" "a" {\n jobspec = "job"\n}\n', []),
        ('job = "a"\n', []),
        ('locals { job = { task = 1 } }\n', []),
        ('job "a" {\n group "g" {\n  count = 1\n }\n}', []),
    ],
)  # fmt: skip
def test_which_processes(read: Read, text: str, names: list[str]) -> None:
    found = read(READER, {"shop.nomad.hcl": text})
    assert [p.name for p in found.processes] == names
    assert found.diagnostics == ()


@pytest.mark.parametrize(
    ("text", "problems"),
    [('job "a" {\n group', 1), ('job "[[ .name ]]" {\n group', 0), ('job "a" {\n {% if x %}', 0), ("policy {", 0)],
)
def test_what_cannot_be_read_is_said(read: Read, text: str, problems: int) -> None:
    found = read(READER, {"a.nomad": text})
    assert (found.processes, len(found.diagnostics)) == ((), problems)


@pytest.mark.parametrize(
    ("task", "before", "expected"),
    [
        ('env {\n V = "a"\n}', "", {"V": "a"}),
        ('env = {\n V = "a"\n}', "", {"V": "a"}),
        ("env {\n V = var.v\n}", 'variable "v" {\n default = "a"\n}', {"V": "a"}),
        ('env {\n V = "x-${local.v}"\n}', 'locals {\n v = "a"\n}', {"V": "x-a"}),
        ('env {\n V = "http://${NOMAD_UPSTREAM_ADDR_stock}"\n W = var.none\n}', "", {"V": "http://{}"}),
        ('template {\n env = true\n data = "V=a\\nexport W=\\"b\\"\\n# X=c"\n}', "", {"V": "a", "W": "b"}),
        (
            'template {\n env = true\n data = <<E\nV=http://{{ range service "stock" }}{{ .Address }}:{{ .Port }}{{ end }}/x\nE\n}',
            "",
            {"V": "http://stock/x"},
        ),
        (
            'template {\n env = true\n data = <<E\n{{-range nomadService "s" }}\nV={{ .Address }}\nP={{ .Port }}\n{{-end}}\nE\n}',
            "",
            {"V": "s", "P": ""},
        ),
        ('template {\n env = true\n data = "V={{ key \\"a\\" }}"\n}', "", {}),
        ('template {\n data = "V=a"\n}', "", {}),
    ],
)
def test_what_a_task_is_told(read: Read, task: str, before: str, expected: dict[str, str]) -> None:
    (process,) = read(READER, {"shop.nomad": job(DOCKER + task, before=before)}).processes
    assert {s.name: s.value for s in process.environment} == expected


def test_the_address_of_a_mesh(read: Read) -> None:
    upstreams = 'upstreams {\n destination_name = "stock-api"\n }'
    mesh = f'service {{\n name = "shop"\n connect {{\n sidecar_service {{\n proxy {{\n {upstreams}\n }}\n }}\n }}\n}}'
    task = 'env {\n V = "http://${NOMAD_UPSTREAM_ADDR_stock_api}"\n}'
    (process,) = read(READER, {"shop.nomad": job(DOCKER + task, mesh)}).processes
    assert [s.value for s in process.environment] == ["http://stock-api"]
    assert [a.host for a in process.addresses] == ["shop"]


@pytest.mark.parametrize(
    ("driver", "entry"),
    [
        ('driver = "raw_exec"\nconfig {\n command = "python"\n args = ["app.py"]\n}', "app.py"),
        ('driver = "java"\nconfig {}', None),
    ],
)
def test_a_task_on_the_host(scan: Scan, driver: str, entry: str | None) -> None:
    files = {"app.py": "import flask\nflask.Flask('x').run()\n", "deploy/shop.nomad": job(driver), "requirements.txt": ""}
    (found,) = scan(files).services
    assert found.entry == entry


@pytest.mark.parametrize(("meant", "expected"), [("", [["shop"], []]), ('task = "c"', [[], ["shop"]])])
def test_whose_a_service_of_a_group_is(read: Read, meant: str, expected: list[list[str]]) -> None:
    text = f'job "a" {{\n group "g" {{\n service {{\n name = "shop"\n {meant}\n }}\n task "b" {{}}\n task "c" {{}}\n }}\n}}'
    assert [[a.host for a in p.addresses] for p in read(READER, {"a.nomad": text}).processes] == expected
