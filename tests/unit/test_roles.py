"""One program that several processes run in different roles: what each of them does is what its role leads to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flowmap.analysis import Settings, analyse_system
from flowmap.config import Config
from flowmap.project.systems import alone

TASKS = """\
from kafka import KafkaConsumer, KafkaProducer

producer = KafkaProducer()

def announce():
    producer.send("announced", b"")

def consume():
    for message in KafkaConsumer("announced"):
        producer.send("mailed", b"")

def clean():
    for message in KafkaConsumer("mailed"):
        producer.send("cleaned", b"")
"""
APART = {
    "api": {"publish announced"},
    "mailer": {"subscribe announced", "publish mailed"},
    "cleaner": {"subscribe mailed", "publish cleaned"},
}
TOGETHER = {"publish announced", "subscribe announced", "publish mailed", "subscribe mailed", "publish cleaned"}
ROLES = (("api", "api"), ("mailer", "worker"), ("cleaner", "cleaner"))
IMPORTS = "import argparse, os, sys\nimport click, typer\nfrom tasks import announce, clean, consume\n"
TABLE = '{"api": announce, "worker": consume, "cleaner": clean}'
CHOICE = 'if role == "api":\n    announce()\nelif role in ("worker", "jobs"):\n    consume()\nelse:\n    clean()\n'
INSIDE = "".join(f"    {line}\n" for line in CHOICE.splitlines())

COMMANDS = (
    "app = {}\n@app.command()\ndef api():\n    announce()\n@app.command('worker')\ndef work():\n    consume()\n"
    "@app.command(name='cleaner')\ndef tidy():\n    clean()\napp()\n"
)


def _by_environment(name: str = "ROLE") -> str:
    return "services:\n" + "".join(f"  {n}: {{build: app, environment: [{name}={r}]}}\n" for n, r in ROLES)


def _by_command(command: str) -> str:
    return "services:\n" + "".join(f"  {n}: {{build: app, command: {json.dumps(command.format(r))}}}\n" for n, r in ROLES)


def _switches() -> str:
    return _by_command("python main.py --{}").replace(" --api", "")


_REPLICAS = _by_environment().replace("worker", "api").replace("cleaner]", "api]")


def _does(tmp_path: Path, compose: str, main: str) -> dict[str, set[str]]:
    root = tmp_path / "system"
    files = {
        "docker-compose.yml": compose,
        "app/Dockerfile": 'FROM python\nWORKDIR /srv\nCOPY . .\nCMD ["python", "main.py"]\n',
        "app/requirements.txt": "",
        "app/main.py": main,
        "app/tasks.py": TASKS,
    }
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    flow = analyse_system(alone(root, Config()), Settings(workers=1)).flow
    found: dict[str, set[str]] = {s.name: set() for s in flow.services}
    for interaction in flow.interactions:
        found[interaction.service].add(f"{interaction.role} {interaction.channel}")
    return found


@pytest.mark.parametrize(
    ("compose", "main"),
    [
        pytest.param(_by_environment(), f'role = os.environ["ROLE"]\n{CHOICE}', id="variable"),
        pytest.param(_by_environment(), f'def main():\n    role = os.getenv("ROLE", "api").lower()\n{INSIDE}main()\n', id="inside"),
        pytest.param(_by_environment(), f'RUN = {TABLE}\nRUN[os.environ["ROLE"]]()\n', id="table"),
        pytest.param(
            _by_environment(), f'RUN = {TABLE}\nrun = RUN.get(os.getenv("ROLE", "api"))\nif run:\n    run()\n', id="looked up"
        ),
        pytest.param(
            _by_environment(),
            'match os.environ["ROLE"]:\n    case "api":\n        announce()\n    case "worker":\n        consume()\n'
            "    case _:\n        clean()\n",
            id="match",
        ),
        pytest.param(
            _by_environment("APP_ROLE"),
            "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    app_role: str = 'api'\n"
            f"role = S().app_role\n{CHOICE}",
            id="settings",
        ),
        pytest.param(
            _by_environment(),
            'if os.environ["ROLE"] == "api":\n    from tasks import announce as run\nelif os.environ["ROLE"] == "worker":\n'
            "    from tasks import consume as run\nelse:\n    from tasks import clean as run\nrun()\n",
            id="imports",
        ),
        pytest.param(_by_command("python main.py {}"), f"role = sys.argv[1]\n{CHOICE}", id="word"),
        pytest.param(
            _by_command("python main.py --mode {}"),
            f"p = argparse.ArgumentParser()\np.add_argument('--mode', default='api')\nrole = p.parse_args().mode\n{CHOICE}",
            id="option",
        ),
        pytest.param(
            _by_command("python main.py {}"),
            f"p = argparse.ArgumentParser()\np.add_argument('role')\nargs = p.parse_args()\n{TABLE}[args.role]()\n",
            id="argument",
        ),
        pytest.param(
            _by_command("python main.py {} --x 1"),
            "p = argparse.ArgumentParser()\nsub = p.add_subparsers(dest='part')\nsub.add_parser('api').add_argument('--x')\n"
            f"sub.add_parser('worker')\nsub.add_parser('cleaner')\nrole = p.parse_args().part\n{CHOICE}",
            id="part of a parser",
        ),
        pytest.param(
            _by_command("python main.py --mode {}"),
            f"@click.command()\n@click.option('--mode', default='api')\ndef main(mode):\n    role = mode\n{INSIDE}main()\n",
            id="option of a command",
        ),
        pytest.param(
            _by_command("python main.py --mode {}"),
            f"def main(role: str = typer.Option('api', '--mode')):\n{INSIDE}typer.run(main)\n",
            id="parameter",
        ),
        pytest.param(
            _by_command("python main.py --server {}"),
            "from oslo_config import cfg\nOPTION = cfg.ListOpt('server', default=['all'])\ndef launch():\n"
            f"    for name in cfg.CONF.server:\n        {TABLE}[name]()\n"
            "cfg.CONF.register_cli_opts([OPTION])\ncfg.CONF(sys.argv[1:])\nlaunch()\n",
            id="registered option",
        ),
        pytest.param(_by_command("python main.py {}"), COMMANDS.format("click.Group()"), id="commands of click"),
        pytest.param(_by_command("python main.py -v {}"), COMMANDS.format("typer.Typer()"), id="commands of typer"),
        pytest.param(
            _switches(),
            "p = argparse.ArgumentParser()\np.add_argument('--worker', action='store_true')\n"
            "p.add_argument('--cleaner', action='store_true')\nargs = p.parse_args()\n"
            "if args.worker:\n    consume()\nelif args.cleaner:\n    clean()\nelse:\n    announce()\n",
            id="switches",
        ),
        pytest.param(
            _switches(),
            'if "--worker" in sys.argv:\n    consume()\nelif "--cleaner" in sys.argv:\n    clean()\nelse:\n    announce()\n',
            id="words anywhere",
        ),
    ],
)
def test_each_does_what_its_role_leads_to(tmp_path: Path, compose: str, main: str) -> None:
    assert _does(tmp_path, compose, IMPORTS + main) == APART


@pytest.mark.parametrize(
    ("compose", "main", "number"),
    [
        pytest.param(_by_environment("NAME"), "announce()\nconsume()\nclean()\n", 3, id="no code knows the variable"),
        pytest.param(_by_environment("NODE"), 'print(os.environ["NODE"])\nannounce()\nconsume()\nclean()\n', 3, id="or its values"),
        pytest.param(_REPLICAS, f'role = os.environ["ROLE"]\n{CHOICE}', 1, id="replicas"),
        pytest.param(_by_command("python main.py {}"), f'role = os.environ["ROLE"]\n{CHOICE}', 3, id="words that nobody reads"),
    ],
)
def test_what_no_role_decides_is_done_by_all(tmp_path: Path, compose: str, main: str, number: int) -> None:
    """A branch that nobody takes counts as taken: it may be tomorrow."""
    assert list(_does(tmp_path, compose, IMPORTS + main).values()) == [TOGETHER] * number
