"""The samples are real programs: every module compiles, and imports where the libraries that it uses are installed.

`FLOWMAP_SAMPLES_PYTHON` names an interpreter that has them, if the one that runs the tests has not. Each service is imported in a
process of its own, in its folder and with the environment that its deployment gives it. The process cannot reach the network. It is
a fork of one that has the libraries loaded which take longest.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from sample_systems import SAMPLES, expected, systems

PACKAGES = "site-packages"
MISSING = "missing: "
KEPT = ("PATH", "HOME", "LANG", "SYSTEMROOT", "TMPDIR")
"""Variables that the imports see of those that the tests have."""
QUIET = {"PYTHONDONTWRITEBYTECODE": "1"}
INTERPRETER = os.environ.get("FLOWMAP_SAMPLES_PYTHON", sys.executable)

LARGE = (
    "aiohttp",
    "boto3",
    "django",
    "django.db.models",
    "fastapi",
    "faststream.kafka",
    "flask",
    "httpx",
    "jsonschema",
    "kafka",
    "oslo_messaging",
    "pydantic",
    "redis.asyncio",
    "requests",
    "sqlalchemy.orm",
    "temporalio.client",
)
"""Libraries that many samples import and that take long."""
SECONDS = 300
"""In which a service has to be imported."""

IMPORTER = r"""
import gc, importlib, json, os, re, signal, socket, sys, traceback
from pathlib import Path

gc.disable()  # all that is loaded stays as long as its process

def refuse(*_args, **_kwargs):
    raise OSError("the network is out of reach here")

for name in ("connect", "connect_ex", "sendto", "bind"):
    setattr(socket.socket, name, refuse)
for name in ("create_connection", "getaddrinfo", "gethostbyname"):
    setattr(socket, name, refuse)

def loaded(name):
    try:
        importlib.import_module(name)
    except ModuleNotFoundError:
        pass  # the samples that need it say so

def tried(action, own):
    known = set(sys.modules)
    try:
        action()
    except ModuleNotFoundError as error:
        for half in [m for m in set(sys.modules) - known if m.partition(".")[0] in own]:
            del sys.modules[half]  # what a failed import leaves behind would fail the next one in another way
        top = (error.name or "").partition(".")[0]
        return "failed: " + traceback.format_exc() if top in own else "missing: " + top
    except BaseException:
        return "failed: " + traceback.format_exc()
    return "imported"

def set_django_up():
    os.environ.update(re.findall(r'"(DJANGO_SETTINGS_MODULE)", "([\w.]+)"', Path("manage.py").read_text()))
    importlib.import_module("django").setup()

def outcomes(wanted):
    signal.alarm(wanted["seconds"])
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.environ.clear()
    os.environ.update(wanted["environment"])
    os.chdir(wanted["folder"])
    sys.path[:0] = [os.getcwd(), *wanted["path"]]
    own = {p.stem for p in Path().iterdir()}
    setup = tried(set_django_up, own) if Path("manage.py").exists() else "imported"
    return {m: setup if setup != "imported" else tried(lambda: importlib.import_module(m), own) for m in wanted["modules"]}

for name in sys.argv[1:]:
    loaded(name)
for line in sys.stdin:
    ours, theirs = os.pipe()
    if os.fork() == 0:
        with os.fdopen(theirs, "w") as answer:
            json.dump(outcomes(json.loads(line)), answer)
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours) as answer:
        print(answer.read() or "{}", flush=True)
    os.wait()
"""


@pytest.fixture(scope="module")
def importer() -> Iterator[subprocess.Popen[str]]:
    """Imports services that are named to it, a line of JSON for each, and answers with a line."""
    kept = {k: v for k, v in os.environ.items() if k in KEPT}
    command = [INTERPRETER, "-W", "ignore", "-c", IMPORTER, *LARGE]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env={**kept, **QUIET}, stdin=pipe, stdout=pipe, text=True) as process:  # noqa: S603
        yield process
        assert process.stdin is not None
        process.stdin.close()


def _services() -> list[Path]:
    """The folders that are imported each by itself: those of services, of programs that make infrastructure, and of libraries
    that services of a workspace share."""
    services = [system.root / root for system in systems() for root, _ in expected(system).services.values()]
    return [
        *services,
        *sorted(p.parent for name in ("cdk.json", "Pulumi.yaml", "libs/*/pyproject.toml") for p in SAMPLES.rglob(name)),
    ]


def _modules(service: Path) -> list[str]:
    found = []
    for path in sorted(service.rglob("*.py")):
        parts = path.relative_to(service).with_suffix("").parts
        found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return found


def _deployed_environment(service: Path) -> dict[str, str]:
    """What the compose file of a service, or above it, gives to the processes that are built from it."""
    found: dict[str, str] = {}
    for folder in (service, *service.parents):
        compose = folder / "docker-compose.yml"
        if compose.is_file():
            for process in yaml.safe_load(compose.read_text(encoding="utf-8"))["services"].values():
                build = process.get("build", "-")
                where = build if isinstance(build, str) else Path(build["dockerfile"]).parent
                if folder / where == service:
                    found |= {k: re.sub(r"\$\{\w+:-(.*?)\}", r"\1", str(v)) for k, v in process.get("environment", {}).items()}
            break
    return found


def _outcomes(importer: subprocess.Popen[str], service: Path) -> dict[str, str]:
    """For each module of a service: `imported`, `missing: LIBRARY` or `failed: TRACEBACK`; nothing if the process died."""
    assert importer.stdin is not None
    assert importer.stdout is not None
    kept = {k: v for k, v in os.environ.items() if k in KEPT}
    wanted = {
        "folder": str(service),
        "environment": kept | _deployed_environment(service) | QUIET,
        "path": _packages(service),
        "modules": _modules(service),
        "seconds": SECONDS,
    }
    print(json.dumps(wanted), file=importer.stdin, flush=True)
    outcomes: dict[str, str] = json.loads(importer.stdout.readline())
    return outcomes


def _packages(service: Path) -> list[str]:
    """The installed packages and the libraries of its workspace that the system of a service brings along, as a search path."""
    installed = [f / PACKAGES for f in service.parents if (f / PACKAGES).is_dir()]
    shared = [p.parent for f in service.parents if f.is_relative_to(SAMPLES) for p in sorted(f.glob("libs/*/pyproject.toml"))]
    return [str(f) for f in (*installed, *shared)]


FILES = [pytest.param(p, id=p.relative_to(SAMPLES).as_posix()) for p in sorted(SAMPLES.rglob("*.py"))]
SERVICES = [pytest.param(s, id=s.relative_to(SAMPLES).as_posix()) for s in dict.fromkeys(_services()) if _modules(s)]


@pytest.mark.parametrize("path", FILES)
def test_it_compiles(path: Path) -> None:
    compile(path.read_bytes(), str(path), "exec", dont_inherit=True)


@pytest.mark.parametrize("service", SERVICES)
def test_it_can_be_imported(importer: subprocess.Popen[str], service: Path) -> None:
    outcomes = _outcomes(importer, service)
    missing = sorted({o.removeprefix(MISSING) for o in outcomes.values() if o.startswith(MISSING)})
    assert [f"{module} {o}" for module, o in outcomes.items() if o != "imported" and not o.startswith(MISSING)] == []
    assert list(outcomes) == _modules(service)
    if missing:
        pytest.skip(f"{' and '.join(missing)} not installed for {INTERPRETER}")


def test_every_module_belongs_to_a_service() -> None:
    services = _services()
    own = (p for p in SAMPLES.rglob("*.py") if PACKAGES not in p.parts)
    stray = [str(p.relative_to(SAMPLES)) for p in own if not any(s in p.parents for s in services)]
    assert stray == []
