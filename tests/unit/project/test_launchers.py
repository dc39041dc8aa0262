"""Start commands in containers that lead to a program by way of scripts, wrappers, task runners and supervisors."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flowmap.model.project import Project

Scan = Callable[..., Project]

APP = "import flask\napp = flask.Flask('x')\n"
CODE = {
    "app/web.py": APP,
    "app/jobs.py": "import celery\napp = celery.Celery()\n",
    "app/requirements.txt": "",
    "app/pkg/__init__.py": "",
    "app/pkg/__main__.py": APP,
    "app/pkg/main.py": APP,
    "app/pkg/run.py": APP,
}
RECIPE = "FROM python\nWORKDIR /srv\nCOPY . .\n"
COMPOSE = "services:\n  shop: {{build: app, environment: [{}]}}\n"
DECIDE = 'case "${ROLE:-web}" in\nweb) exec gunicorn web:app;;\n"worker" | "jobs") exec celery -A jobs worker;;\nesac\n'
TEST = 'if [ "$ROLE" = worker ]; then\n  exec python jobs.py\nfi\nexec python web.py\n'
OPTIONS = (
    "while [ $# -gt 0 ]; do\n  case $1 in\n    --worker) MODE=worker; shift;;\n    *) shift;;\n  esac\ndone\n"
    'if [ "$MODE" == "worker" ]; then celery -A jobs worker; else gunicorn web:app; fi\n'
)
FUNCTIONS = 'run_web() {\n exec gunicorn web:app\n}\nrun_jobs() {\n exec python jobs.py\n}\n"run_$1"\n'
UNKNOWN = "R=$(cat /role)\nif [ $R = a ]; then python web.py; else ./two.sh; fi\n"
HANDS_OVER = (
    "import os, sys\nif len(sys.argv) > 2:\n    print()\nos.execvp('gunicorn', ['gunicorn', '-b', sys.argv[1], 'web:app'])\n"
)
WAIT = 'host="$1"\nshift\ncmd="$@"\nuntil nc -z "$host" 1; do sleep 1; done\nexec $cmd\n'
PROJECT = '[project]\nname = "shop"\n[project.scripts]\nshop-run = "pkg.run:main"\n'
PDM = (
    '[project]\nname = "shop"\n[tool.pdm.scripts]\nplain = "python web.py"\ncmd = {cmd = ["python", "web.py"]}\n'
    'shell = {shell = "python web.py"}\ncall = {call = "pkg.run:main"}\nmany = {composite = ["shell"]}\nodd = {x = 1}\n'
)
HATCH = (
    '[project]\nname = "shop"\n[tool.hatch.envs.default.scripts]\nmany = ["alembic upgrade head", "python web.py"]\n'
    '[tool.hatch.envs.prod.scripts]\nserve = "gunicorn web:app"\n'
)
TASKS = (
    '[project]\nname = "shop"\n[tool.poe.tasks]\nweb = {cmd = "python web.py"}\nrun = {script = "pkg.run:main"}\nall = ["web"]\n'
    '[tool.rye.scripts]\nweb = ["python", "web.py"]\n[tool.taskipy.tasks]\nweb = "python web.py"\n'
    '[tool.pixi.tasks]\nweb = "python web.py"\n'
)
MAKE = (
    "PY = python\nAPP ?= web.py\n.PHONY: run\nrun: # starts\n\t@echo hi\n\n\t$(PY) ${APP}\nserve: run\n"
    "later:\n\tpython $(WHICH).py\n"
    "loop: loop\n"
)
JUST = "x := 'web'\nrun: build\n    @python {{x}}.py\nother name='jobs':\n    python {{name}}.py\nbuild:\n    pip install .\n"
RUN = "#!/bin/sh\nexec 2>&1\nexec chpst -u app gunicorn web:app\n"
EXECLINE = "#!/usr/bin/execlineb -P\n# note\nwith-contenv\ns6-setuidgid app\ngunicorn web:app\n"
INCLUDE = "[include]\nfiles = conf.d/*.conf\n"
PROGRAM = "[program:web]\ncommand=gunicorn web:app\n"


@pytest.mark.parametrize(
    ("command", "files", "environment", "entry"),
    [
        # A script decides.
        ("./e.sh", {"e.sh": DECIDE}, "", "web.py"),
        ("./e.sh", {"e.sh": DECIDE}, "ROLE=jobs", "jobs.py"),
        ("./e.sh", {"e.sh": ': "${ROLE:=worker}"\n' + DECIDE}, "", "jobs.py"),
        ("./e.sh", {"e.sh": ': "${ROLE:=worker}"\n' + DECIDE}, "ROLE=web", "web.py"),
        ("./e.sh", {"e.sh": ': ${ROLE:=worker}\n' + DECIDE}, "", "jobs.py"),
        ("./e.sh", {"e.sh": TEST}, "ROLE=worker", "jobs.py"),
        ("./e.sh", {"e.sh": TEST}, "ROLE=web", "web.py"),
        ("./e.sh --worker", {"e.sh": OPTIONS}, "", "jobs.py"),
        ("./e.sh jobs", {"e.sh": FUNCTIONS}, "", "jobs.py"),
        # Nobody knows what it decides: all that it may start, and nothing that only prepares for it.
        ("./e.sh", {"e.sh": TEST}, "", None),
        ("./e.sh", {"e.sh": "case $(cat /role) in\na) exec python web.py;;\nb) exec python jobs.py;;\nesac\n"}, "", None),
        ("./e.sh", {"e.sh": UNKNOWN, "two.sh": "python jobs.py"}, "", None),
        ("./e.sh", {"e.sh": "if [ -f x ]; then python jobs.py; fi\npython web.py\n"}, "", "web.py"),
        ("./e.sh", {"e.sh": "if [ -f x ]; then python -m debugpy web.py; else python web.py; fi\n"}, "", "web.py"),
        # Scripts that run what they are given.
        ("./run.sh kafka gunicorn web:app", {"run.sh": WAIT}, "", "web.py"),
        ("./run.sh kafka sh -c 'gunicorn web:app'", {"run.sh": 'shift\nexec "$@"\n'}, "", "web.py"),
        ("/usr/bin/entry --fast gunicorn web:app", {}, "", "web.py"),
        ("secrets exec -- python -m pkg.run", {}, "", "pkg/run.py"),
        ("note-of python nothing.py", {}, "", None),
        ("python start.py 0:80", {"start.py": HANDS_OVER}, "", "web.py"),
        ("./start.py 0:80", {"start.py": HANDS_OVER.replace("execvp", "popen")}, "", "start.py"),
        ("python start.py", {"start.py": "import os\nos.execl('/usr/bin/python', 'python', 'jobs.py')\n"}, "", "jobs.py"),
        ("python start.py", {"start.py": "import os\nos.execl('/bin/true', 'true')\n"}, "", "start.py"),
        # Preparation.
        ("sh -c 'python manage.py db upgrade && python web.py'", {"manage.py": "import flask_script\n"}, "", "web.py"),
        ("sh -c 'cd pkg && ./e.sh'", {"pkg/e.sh": "python run.py\n"}, "", "pkg/run.py"),
        # Other users, other watchers.
        ("sudo -EHu app bash -c 'source /x/activate && gunicorn web:app'", {}, "", "web.py"),
        ("su app -c 'gunicorn web:app'", {}, "", "web.py"),
        ("runuser -u app -- gunicorn web:app", {}, "", "web.py"),
        ("setpriv --reuid=1 --init-groups gunicorn web:app", {}, "", "web.py"),
        ("watchfiles --filter python 'celery -A jobs worker' .", {}, "", "jobs.py"),
        ("watchfiles pkg.run.main", {}, "", "pkg/run.py"),
        # What projects call their commands.
        ("uv run -m pkg.run", {}, "", "pkg/run.py"),
        ("uv run --no-sync shop-run", {"pyproject.toml": PROJECT}, "", "pkg/run.py"),
        ("pipenv run start --fast", {"Pipfile": '[scripts]\nstart = "python web.py"\n'}, "", "web.py"),
        ("pipenv run start", {"Pipfile": '[scripts]\nother = "python web.py"\n'}, "", None),
        ("pipenv run start", {"Pipfile": "[scripts"}, "", None),
        ("pdm run plain", {"pyproject.toml": PDM}, "", "web.py"),
        ("pdm cmd", {"pyproject.toml": PDM}, "", "web.py"),
        ("pdm run call", {"pyproject.toml": PDM}, "", "pkg/run.py"),
        ("pdm run -p . many", {"pyproject.toml": PDM}, "", "web.py"),
        ("pdm run odd", {"pyproject.toml": PDM}, "", None),
        ("hatch run many", {"pyproject.toml": HATCH}, "", "web.py"),
        ("hatch run prod:serve", {"pyproject.toml": HATCH}, "", "web.py"),
        ("hatch run serve", {"pyproject.toml": HATCH}, "", None),
        ("hatch run python web.py", {"pyproject.toml": HATCH}, "", "web.py"),
        ("poe all", {"pyproject.toml": TASKS}, "", "web.py"),
        ("poetry run poe run", {"pyproject.toml": TASKS}, "", "pkg/run.py"),
        ("rye run web", {"pyproject.toml": TASKS}, "", "web.py"),
        ("task web", {"pyproject.toml": TASKS}, "", "web.py"),
        ("pixi run web", {"pyproject.toml": TASKS}, "", "web.py"),
        ("pixi run -e prod web", {"pyproject.toml": TASKS}, "", "web.py"),
        ("pixi run --manifest-path pyproject.toml --environment prod python web.py", {}, "", "web.py"),
        ("make run", {"Makefile": MAKE}, "", "web.py"),
        ("make", {"Makefile": MAKE}, "", "web.py"),
        ("make serve", {"Makefile": MAKE}, "", "web.py"),
        ("make later WHICH=jobs", {"Makefile": MAKE}, "", "jobs.py"),
        ("make later", {"Makefile": MAKE}, "WHICH=jobs", "jobs.py"),
        ("make -C pkg run", {"pkg/Makefile": "run:\n\tpython run.py\n"}, "", "pkg/run.py"),
        ("make loop", {"Makefile": MAKE}, "", None),
        ("make install", {"Makefile": MAKE}, "", None),
        ("just run", {"justfile": JUST}, "", "web.py"),
        ("just other", {"justfile": JUST}, "", "jobs.py"),
        ("just other web", {"justfile": JUST}, "", "web.py"),
        ("just build", {"justfile": JUST}, "", None),
        # Python itself.
        ("python pkg", {}, "", "pkg/__main__.py"),
        ("python -c 'from pkg.run import main; main()'", {}, "", "pkg/run.py"),
        ("python -c 'import pkg.run as r; r.main()'", {}, "", "pkg/run.py"),
        ("python -c 'import uvicorn; uvicorn.run(\"web:app\")'", {}, "", "web.py"),
        ("sh -c \"python -c 'import time; time.sleep(9)' && python web.py\"", {}, "", "web.py"),
        ("python -c 'import pkg.run'", {}, "", None),
        ("python -c 'print(('", {}, "", None),
        # Servers and workers.
        ("gunicorn -c python:pkg.main web:app", {}, "", "web.py"),
        ("flask --app ./pkg run", {}, "", "pkg/__init__.py"),
        ("taskiq scheduler web:scheduler", {}, "", "web.py"),
        ("celery multi start w1 -A jobs", {}, "", "jobs.py"),
        ("uwsgi --mount /=web:app --http :80", {}, "", "web.py"),
        ("sanic web.app", {}, "", "web.py"),
        ("twistd -ny web.py", {}, "", "web.py"),
        ("saq web.settings", {}, "", "web.py"),
        ("procrastinate --app=web.app worker", {}, "", "web.py"),
        ("procrastinate --app=web.app schema --apply", {}, "", None),
        ("fastmcp run web.py:mcp", {}, "", "web.py"),
        ("kopf run -m pkg.run", {}, "", "pkg/run.py"),
        ("kopf freeze web.py", {}, "", None),
        # Supervisors.
        ("runsvdir -P /srv/sv", {"sv/web/run": RUN}, "", "web.py"),
        ("s6-svscan sv", {"sv/web/run": RUN, "sv/web/finish": "python jobs.py\n"}, "", "web.py"),
        ("s6-svscan sv", {"sv/web/run": RUN, "sv/jobs/run": "exec celery -A jobs worker\n"}, "", None),
        ("supervisord -c s.conf", {"s.conf": INCLUDE, "conf.d/w.conf": PROGRAM, "w.conf": "["}, "", "web.py"),
        ("supervisord -c s.conf", {"s.conf": INCLUDE, "conf.d/x/w.conf": PROGRAM}, "", None),
    ],
)  # fmt: skip
def test_what_a_container_starts(scan: Scan, command: str, files: dict[str, str], environment: str, entry: str | None) -> None:
    inside = {f"app/{path}": text for path, text in files.items()}
    recipe = {"app/Dockerfile": f"{RECIPE}CMD {command}\n", "docker-compose.yml": COMPOSE.format(environment)}
    (service,) = scan({**CODE, **inside, **recipe}).services
    assert service.entry == (f"app/{entry}" if entry is not None else None)


LAYERS = "".join(f"a{n} b{n}: a{n + 1} b{n + 1}\n\techo {n}\n" for n in range(60))
DOUBLED = "".join(f"V{n} = $(V{n + 1})$(V{n + 1})\n" for n in range(60)) + "V60 = x\n"


@pytest.mark.parametrize(
    ("name", "text", "entry"),
    [
        ("Makefile", f"run: a0\n\tpython web.py\n{LAYERS}", "web.py"),
        ("Makefile", f"{DOUBLED}run:\n\techo $(V0)\n\tpython web.py\n", "web.py"),
        ("Makefile", "V = $(W)\nW = $(V)\nrun:\n\techo $(V)\n\tpython web.py\n", "web.py"),
        ("Makefile", "run: run\n\tpython web.py\n", "web.py"),
        ("Makefile", " " * 150_000 + "\nrun:\n\tpython web.py\n", "web.py"),
        ("Makefile", "a" * 150_000 + "\nrun:\n\tpython web.py\n", "web.py"),
        ("justfile", "a" * 150_000 + "\nrun:\n  python web.py\n", "web.py"),
        ("justfile", f"run: a0\n  python web.py\n{LAYERS}", "web.py"),
    ],
    ids=range(8),
)
def test_files_of_ill_will_take_no_time(scan: Scan, name: str, text: str, entry: str) -> None:
    """Each of these would be followed for hours if it were carried out as it stands."""
    recipe = {"app/Dockerfile": f"{RECIPE}CMD {'make' if name == 'Makefile' else 'just'} run\n", f"app/{name}": text}
    (service,) = scan({**CODE, **recipe, "docker-compose.yml": COMPOSE.format("")}).services
    assert service.entry == f"app/{entry}"


def test_scripts_that_call_themselves_over_and_over_come_to_an_end(scan: Scan) -> None:
    files = {"app/run.sh": "#!/bin/sh\n" + "./run.sh\n" * 200 + "python web.py\n", "app/Dockerfile": f"{RECIPE}CMD ./run.sh\n"}
    (service,) = scan({**CODE, **files, "docker-compose.yml": COMPOSE.format("")}).services
    assert service.root == "app"


@pytest.mark.parametrize(
    ("steps", "files"),
    [
        ('COPY s6 /etc/\nENTRYPOINT ["/init"]', {"s6/services.d/web/run": EXECLINE}),
        (
            'COPY etc /etc\nENTRYPOINT ["/init"]',
            {"etc/s6-overlay/s6-rc.d/web/run": RUN, "etc/s6-overlay/s6-rc.d/web/type": "longrun"},
        ),
        ('ENTRYPOINT ["/init"]\nCMD ["gunicorn", "web:app"]', {}),
        ("COPY run.sh /etc/service/web/run\nCMD /sbin/my_init", {"run.sh": RUN}),
        ("RUN printf 'exec gunicorn web:app' > /etc/service/web/run\nCMD /sbin/my_init", {}),
        (
            "COPY sv /etc/supervisor/conf.d/\nCMD supervisord -n",
            {"sv/w.conf": PROGRAM, "sv/n.conf": "[program:n]\ncommand=nginx\n"},
        ),
    ],
)
def test_folders_of_services(scan: Scan, steps: str, files: dict[str, str]) -> None:
    inside = {f"app/{path}": text for path, text in files.items()}
    recipe = {"app/Dockerfile": f"{RECIPE}{steps}\n", "docker-compose.yml": COMPOSE.format("")}
    (service,) = scan({**CODE, **inside, **recipe}).services
    assert (service.root, service.entry) == ("app", "app/web.py")
