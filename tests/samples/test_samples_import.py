"""The samples are real programs: every module compiles, and imports where the libraries that it uses are installed.

`FLOWMAP_SAMPLES_PYTHON` names an interpreter that has them, if the one that runs the tests has not. Each service is imported in a
process of its own, in its folder and with the environment that its deployment gives it. The process cannot reach the network.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from sample_systems import SAMPLES, expected, systems

PACKAGES = "site-packages"
MISSING = "missing: "
INTERPRETER = os.environ.get("FLOWMAP_SAMPLES_PYTHON", sys.executable)

IMPORT_ALL = r"""
import importlib, json, os, re, socket, sys, traceback
from pathlib import Path

def refuse(*_args, **_kwargs):
    raise OSError("the network is out of reach here")

for name in ("connect", "connect_ex", "sendto", "bind"):
    setattr(socket.socket, name, refuse)
for name in ("create_connection", "getaddrinfo", "gethostbyname"):
    setattr(socket, name, refuse)

sys.path.insert(0, os.getcwd())
own = {p.stem for p in Path().iterdir()}
outcomes = {}

def tried(action):
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

setup = tried(set_django_up) if Path("manage.py").exists() else "imported"
for module in sys.argv[1:]:
    outcomes[module] = setup if setup != "imported" else tried(lambda: importlib.import_module(module))
print("\n" + json.dumps(outcomes))
"""


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


def _outcomes(service: Path) -> dict[str, str]:
    """For each module of a service: `imported`, `missing: LIBRARY` or `failed: TRACEBACK`."""
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG", "SYSTEMROOT", "TMPDIR")}
    environment = (
        kept
        | _deployed_environment(service)
        | {
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": _packages(service),
        }
    )
    command = [INTERPRETER, "-W", "ignore", "-c", IMPORT_ALL, *_modules(service)]
    process = subprocess.run(  # noqa: S603
        command, cwd=service, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert process.returncode == 0, process.stderr
    outcomes: dict[str, str] = json.loads(process.stdout.splitlines()[-1])
    return outcomes


def _packages(service: Path) -> str:
    """The installed packages and the libraries of its workspace that the system of a service brings along, as a search path."""
    installed = [f / PACKAGES for f in service.parents if (f / PACKAGES).is_dir()]
    shared = [p.parent for f in service.parents if f.is_relative_to(SAMPLES) for p in sorted(f.glob("libs/*/pyproject.toml"))]
    return os.pathsep.join(str(f) for f in (*installed, *shared))


FILES = [pytest.param(p, id=p.relative_to(SAMPLES).as_posix()) for p in sorted(SAMPLES.rglob("*.py"))]
SERVICES = [pytest.param(s, id=s.relative_to(SAMPLES).as_posix()) for s in dict.fromkeys(_services()) if _modules(s)]


@pytest.mark.parametrize("path", FILES)
def test_it_compiles(path: Path) -> None:
    compile(path.read_bytes(), str(path), "exec", dont_inherit=True)


@pytest.mark.parametrize("service", SERVICES)
def test_it_can_be_imported(service: Path) -> None:
    outcomes = _outcomes(service)
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
