"""Files of platforms that run code or images: Render, Fly, Heroku, DigitalOcean."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from fixtures import Read, Scan
from flowmap.descriptor_api import DeclaredProcess
from flowmap.project.readers import digitalocean, fly, heroku, render

WEB = "services: [{type: web, name: a, "
PORT = "{key: PORT, value: 80}"
DOCKER = "services: [{type: pserv, name: a, runtime: docker, "
READERS = {"render.yaml": render.READER, "fly.toml": fly.READER, "heroku.yml": heroku.READER, ".do/app.yaml": digitalocean.READER}


def _said(process: DeclaredProcess) -> str:
    where = process.folder or (f"{process.build.context}:{process.build.dockerfile}" if process.build else process.image)
    return f"{process.name} in {where}: {' '.join(process.command[2:])}".rstrip()


def _processes(read: Read, path: str, text: str, others: Mapping[str, str] | None = None) -> list[DeclaredProcess]:
    return list(read(READERS[path], {path: text, **(others or {})}).processes)


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("render.yaml", WEB + "runtime: python, rootDir: x, startCommand: c d}]", ["a in x: c d"]),
        ("render.yaml", "services: [{type: worker, name: a, env: python, startCommand: c}]", ["a in .: c"]),
        ("render.yaml", DOCKER + "dockerfilePath: ./x/D, dockerContext: ./x}]", ["a in x:x/D:"]),
        ("render.yaml", DOCKER + "dockerCommand: c}]", ["a in .:Dockerfile: c"]),
        ("render.yaml", WEB + "runtime: image, image: {url: r/i}}]", ["a in r/i:"]),
        ("render.yaml", "services: [{type: keyvalue, name: a}]", ["a in redis:"]),
        ("render.yaml", "projects: [{environments: [{services: [{type: cron, name: a, startCommand: c}]}]}]", ["a in .: c"]),
        ("render.yaml", WEB + "runtime: static}]", []),
        ("render.yaml", "services: [{type: web}, {name: a}, text]", []),
        ("render.yaml", "services: {a: {type: web, name: a}}", []),
        ("render.yaml", WEB + "rootDir: ../../out, startCommand: c}]", ["a in .: c"]),
        ("fly.toml", "app = 'a'\n", ["a in .:"]),
        ("fly.toml", "app = 'a'\n[build]\nimage = 'r/i'\n", ["a in r/i:"]),
        ("fly.toml", "app = 'a'\n[build]\ndockerfile = 'D'\n", ["a in .:D:"]),
        ("fly.toml", "app = 'a'\n[processes]\nweb = 'c d'\n", ["a in .: c d"]),
        ("fly.toml", "app = 'a'\n[processes]\nweb = 'c'\nworker = 'd'\n", ["a-web in .: c", "a-worker in .: d"]),
        ("fly.toml", "[processes]\nweb = 'c'\n", []),
        ("fly.toml", "app = ['a']\nbuild = 1\n", []),
        ("heroku.yml", "build: {docker: {web: D, worker: w/D}}\nrun: {web: c}", ["web in .:D: c", "worker in w:w/D:"]),
        ("heroku.yml", "build: {docker: {web: D, release: D}}\nrelease: {command: [x]}", ["web in .:D:"]),
        ("heroku.yml", "build: {docker: {w: D}}\nrun: {beat: {command: [c, d], image: w}}", ["beat in .:D: c && d", "w in .:D:"]),
        ("heroku.yml", "run: {web: c}", ["web in .: c"]),
        ("heroku.yml", "run: text\nbuild: text", []),
        (".do/app.yaml", "services: [{name: a, source_dir: /x, run_command: c d}]", ["a in x: c d"]),
        (".do/app.yaml", "spec: {workers: [{name: a, dockerfile_path: x/D, source_dir: x}]}", ["a in x:x/D:"]),
        (".do/app.yaml", "jobs: [{name: a, image: {registry_type: DOCR, repository: i}}]", ["a in i:"]),
        (".do/app.yaml", "static_sites: [{name: a}]\nservices: [{run_command: c}]", []),
    ],
)  # fmt: skip
def test_what_is_run(read: Read, path: str, text: str, expected: list[str]) -> None:
    assert [_said(p) for p in _processes(read, path, text, {"D": "FROM python\n"})] == expected


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("render.yaml", WEB + "envVars: [{key: V, value: 1}]}]", {"V": "1"}),
        ("render.yaml", WEB + "envVars: [{key: V, sync: false}, {key: W, generateValue: true}]}]", {}),
        ("render.yaml", WEB + "envVars: [{key: V, fromService: {name: b, property: hostport}}]}]", {"V": "b:10000"}),
        ("render.yaml", WEB + "envVars: [{key: V, fromService: {name: b, property: host}}]}]", {"V": "b"}),
        (
            "render.yaml",
            f"{WEB}envVars: [{{key: V, fromService: {{name: b, property: port}}}}]}}, {{type: pserv, name: b, envVars: [{PORT}]}}]",
            {"V": "80"},
        ),
        ("render.yaml", WEB + "envVars: [{key: V, fromService: {name: b, envVarKey: X}}]}]", {}),
        ("render.yaml", WEB + "envVars: [{key: V, fromDatabase: {name: b, property: host}}]}]", {}),
        ("fly.toml", "app = 'a'\n[env]\nV = 'b'\nN = 1\nO = ['x']\n", {"V": "b", "N": "1"}),
        ("heroku.yml", "setup: {config: {V: b, W: }}\nrun: {web: c}", {"V": "b"}),
        (".do/app.yaml", "envs: [{key: V, value: b}]\nservices: [{name: a, envs: [{key: W, value: c}]}]", {"V": "b", "W": "c"}),
        (".do/app.yaml", "services: [{name: a, envs: [{key: V, value: 'EV[1:x]', type: SECRET}, {key: W}]}]", {}),
        (".do/app.yaml", "services: [{name: a, envs: [{key: V, value: '${b.PRIVATE_URL}/x'}]}]", {"V": "http://b:8080/x"}),
        (".do/app.yaml", "services: [{name: a, envs: [{key: V, value: 'x ${b.PRIVATE_DOMAIN}'}]}, {name: b}]", {"V": "x b"}),
        (".do/app.yaml", "services: [{name: a, envs: [{key: V, value: '${db.DATABASE_URL}'}]}]", {}),
    ],
)  # fmt: skip
def test_what_it_is_told(read: Read, path: str, text: str, expected: dict[str, str]) -> None:
    first = _processes(read, path, text)[0]
    assert {s.name: s.value for s in first.environment} == expected


@pytest.mark.parametrize(
    ("path", "text", "hosts"),
    [
        ("render.yaml", "services: [{type: web, name: Shop}]", [{"shop:10000", "Shop.onrender.com:None"}]),
        ("render.yaml", "services: [{type: pserv, name: a, envVars: [{key: PORT, value: 80}]}]", [{"a:80"}]),
        ("fly.toml", "app = 'a'\n", [{"app.process.a.internal:None", "a.internal:None", "a.flycast:None", "a.fly.dev:None"}]),
        (
            "fly.toml",
            "app = 'a'\n[processes]\nweb = 'c'\njob = 'd'\n[[services]]\nprocesses = ['web']\n",
            [
                {"web.process.a.internal:None", "a.internal:None", "a.flycast:None", "a.fly.dev:None"},
                {"job.process.a.internal:None"},
            ],
        ),
        (".do/app.yaml", "services: [{name: a, http_port: 5000}]", [{"a:5000"}]),
        ("heroku.yml", "run: {web: c}", [set()]),
    ],
)
def test_where_it_is_asked(read: Read, path: str, text: str, hosts: list[set[str]]) -> None:
    assert [{f"{a.host}:{a.port}" for a in p.addresses} for p in _processes(read, path, text)] == hosts


@pytest.mark.parametrize("path", READERS)
def test_what_cannot_be_read_is_said(read: Read, path: str) -> None:
    found = read(READERS[path], {path: "a: [\n= {"})
    assert (found.processes, [str(d.location) for d in found.diagnostics]) == ((), [f"{path}:1"])


def test_a_file_of_fly_that_is_too_large_is_said(read: Read) -> None:
    found = read(fly.READER, {"fly.toml": "app = 'a'\n" + "# x\n" * 100_000})
    assert (found.processes, len(found.diagnostics)) == ((), 1)


@pytest.mark.parametrize(
    ("reader", "path", "mine"),
    [
        ("render.yaml", "deploy/render.yaml", True),
        ("render.yaml", "render.py.yaml", False),
        ("fly.toml", "api/fly.production.toml", True),
        ("fly.toml", "butterfly.toml", False),
        ("heroku.yml", "heroku.yml", True),
        ("heroku.yml", "app.json", True),
        ("heroku.yml", "package.json", False),
        (".do/app.yaml", ".do/deploy.template.yaml", True),
        (".do/app.yaml", "app.yaml", False),
    ],
)
def test_which_files(reader: str, path: str, mine: bool) -> None:
    assert READERS[reader].matches(path) is mine


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '{"addons": [], "env": {"V": "b", "W": {"value": "c"}, "X": {"generator": "secret"}, "Y": {"required": true}}}',
            {"V": "b", "W": "c"},
        ),
        ('{"env": {"V": "b"}}', {}),
        ('{"expo": {"env": {"V": "b"}}}', {}),
        ('{"env": {', {}),
        ('{"addons": []}', {}),
    ],
)
def test_what_an_application_of_heroku_is_told(scan: Scan, text: str, expected: dict[str, str]) -> None:
    files = {"Procfile": "web: gunicorn app:app\n", "app.py": "import flask\napp = flask.Flask('x')\n", "app.json": text}
    project = scan(files)
    assert {s.name: s.value for s in project.services[0].environment} == expected
    assert project.diagnostics == ()


def test_a_group_of_variables_of_render(scan: Scan) -> None:
    service = "- {type: web, name: a, startCommand: python app.py, envVars: [{fromGroup: g}, {key: V, value: own}]}\n"
    groups = "envVarGroups: [{name: g, envVars: [{key: V, value: shared}, {key: W, value: shared}]}]\n"
    (found,) = scan({"render.yaml": f"services:\n{service}{groups}", "app.py": "import flask\nflask.Flask('x').run()\n"}).services
    assert {s.name: s.value for s in found.environment} == {"V": "own", "W": "shared"}
