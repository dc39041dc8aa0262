"""Files that say what a command starts: supervisord, systemd, uwsgi, gunicorn, Paste."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flowmap.descriptor_api import Declarations
from flowmap.model.project import Project
from flowmap.project.readers import systemd
from flowmap.project.supervision import supervised

Read = Callable[..., Declarations]
Scan = Callable[..., Project]

APP = "import flask\napp = flask.Flask('x')\n"
DOCKER = "FROM python\nWORKDIR /srv\nCOPY . .\nCMD {}\n"
CODE = {"app/web.py": APP, "app/jobs.py": "import celery\napp = celery.Celery()\n", "app/requirements.txt": "", "app/other.py": APP}
COMPOSE = {"docker-compose.yml": "services:\n  shop: {build: app}\n"}
WEB = "[program:web]\ncommand=gunicorn web:app\n"
JOBS = "[program:jobs]\ncommand=celery -A jobs worker\n"


@pytest.mark.parametrize(
    ("command", "files", "entry"),
    [
        ("supervisord", {"supervisord.conf": WEB + "[program:nginx]\ncommand=nginx\n"}, "app/web.py"),
        ("supervisord -n -c conf/s.conf", {"conf/s.conf": WEB}, "app/web.py"),
        ("supervisord -c /srv/conf/s.conf", {"conf/s.conf": WEB}, "app/web.py"),
        ("supervisord", {"supervisord.conf": WEB + JOBS}, None),
        ("supervisord", {"supervisord.conf": WEB + JOBS + "autostart=false\n"}, "app/web.py"),
        ("supervisord", {"supervisord.conf": WEB.replace("gunicorn", "sh -c 'exec gunicorn") + "[x]\n"}, None),
        ("supervisord", {"supervisord.conf": WEB + "[program:once]\ncommand=python jobs.py\nstartsecs=0\n"}, "app/web.py"),
        ("supervisord", {"supervisord.conf": "command=gunicorn web:app\n"}, None),
        ("supervisord", {}, None),
        ("honcho -f P start", {"P": "web: gunicorn web:app\n"}, "app/web.py"),
        ("honcho -f P start", {"P": "web: gunicorn web:app\nrelease: python jobs.py\n"}, "app/web.py"),
        ("honcho -f P start", {"P": "web: gunicorn web:app\nwork: celery -A jobs worker\n"}, None),
        ("honcho -f P start work", {"P": "web: gunicorn web:app\nwork: celery -A jobs worker\n"}, "app/jobs.py"),
        (
            "honcho -f conf/P --no-prefix start -c web=2",
            {"conf/P": "web: ./web.sh\n", "web.sh": "exec gunicorn web:app"},
            "app/web.py",
        ),
        ("honcho --procfile=/srv/conf/P start", {"conf/P": "# c\nweb: FLAG=1 gunicorn web:app\n"}, "app/web.py"),
        (
            "sh one.sh web",
            {
                "one.sh": "case $1 in\nweb)\n exec ./two.sh\n;;\nesac\n",
                "two.sh": "exec honcho -f P --app-root /srv start\n",
                "P": "web: /srv/three.sh\n",
                "three.sh": "exec ${BEFORE:-} gunicorn web:app\n",
            },
            "app/web.py",
        ),
        ("foreman start -f P", {"P": "web: gunicorn web:app\n"}, "app/web.py"),
        ("honcho -f P check", {"P": "web: gunicorn web:app\n"}, None),
        ("honcho -f P start other", {"P": "web: gunicorn web:app\n"}, None),
        ("honcho start", {}, None),
        ("uwsgi --ini uwsgi.ini", {"uwsgi.ini": "[uwsgi]\nmodule = web:app\nhttp = :80\n"}, "app/web.py"),
        ("uwsgi uwsgi.ini", {"uwsgi.ini": "[uwsgi]\nwsgi-file = web.py\n"}, "app/web.py"),
        ("uwsgi --ini conf/u.ini:prod", {"conf/u.ini": "[uwsgi]\nchdir = /srv\nmodule = web\n"}, "app/web.py"),
        ("uwsgi --ini uwsgi.ini", {"uwsgi.ini": "module = web\n"}, None),
        ("gunicorn", {"gunicorn.conf.py": "wsgi_app = 'web:app'\n"}, "app/web.py"),
        ("gunicorn -c conf.py", {"conf.py": "wsgi_app = 'web:app'\nbind = '0.0.0.0:80'\n"}, "app/web.py"),
        ("gunicorn -c conf.py other:app", {"conf.py": "wsgi_app = 'web:app'\n"}, "app/other.py"),
        ("gunicorn -c conf.py", {"conf.py": "wsgi_app = name()\n"}, None),
        ("gunicorn --paste p.ini", {"p.ini": "[app:main]\nuse = call:web:make\n"}, "app/web.py"),
        (
            "gunicorn --paste p.ini",
            {"p.ini": "[pipeline:main]\npipeline: x\n[app:x]\npaste.app_factory = web:make\n"},
            "app/web.py",
        ),
        ("pserve p.ini#main", {"p.ini": "[app:main]\nuse = egg:web\n"}, "app/web.py"),
        ("pserve p.ini", {"p.ini": "[app:main]\nuse = egg:Paste#static\n"}, None),
    ],
)
def test_what_a_container_starts_by_a_file(scan: Scan, command: str, files: dict[str, str], entry: str | None) -> None:
    inside = {f"app/{path}": text for path, text in files.items()}
    (service,) = scan({**CODE, **COMPOSE, **inside, "app/Dockerfile": DOCKER.format(command)}).services
    assert (service.name, service.root, service.entry) == ("shop", "app", entry)


UNIT = """\
[Unit]
Description=x
[Service]
Environment=A=1 "B=two words"
Environment=A=2
ExecStart=-/opt/venv/bin/{} \\
  {}
"""


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"app/supervisord.conf": WEB + JOBS}, {"web": "app/web.py", "jobs": "app/jobs.py"}),
        ({"app/deploy/supervisor/shop.conf": WEB + JOBS}, {"web": "app/web.py", "jobs": "app/jobs.py"}),
        (
            {"app/etc/web.service": UNIT.format("gunicorn", "web:app"), "app/jobs.service": UNIT.format("sanic", "jobs:app")},
            {"web": "app/web.py", "jobs": "app/jobs.py"},
        ),
        (
            {**COMPOSE, "app/Dockerfile": DOCKER.format("gunicorn other:app"), "app/supervisord.conf": WEB + JOBS},
            {"shop": "app/other.py"},
        ),
        (
            {"config/services/web.service": UNIT.format("gunicorn", "web:app"), "tools/x.service": UNIT.format("nginx", "-g")},
            {"web": "app/web.py"},
        ),
        (
            {"config/services/web.service": UNIT.format("python", "/opt/other/gone.py")},
            {"web": "app/web.py", "jobs": "app/jobs.py", "other": "app/other.py"},
        ),
        ({**COMPOSE, "app/Dockerfile": DOCKER.format("gunicorn other:app"), "x.service": UNIT.format("python", "app/web.py")}, {
            "shop": "app/other.py",
        }),
    ],
)  # fmt: skip
def test_what_a_host_keeps_running(scan: Scan, files: dict[str, str], expected: dict[str, str]) -> None:
    assert {s.name: s.entry for s in scan({**CODE, **files}).services} == expected


MANAGE = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"
DJANGO = {
    "acme+store/src/manage.py": MANAGE,
    "acme+store/src/shop/__init__.py": "",
    "acme+store/src/shop/asgi.py": APP,
    "acme+store/requirements.txt": "",
}
CLUSTER = "[program:cluster]\ncommand=python manage.py qcluster\n"


@pytest.mark.parametrize(
    ("path", "programs", "expected"),
    [
        ("docker/supervisord.conf", WEB.replace("web", "gunicorn").replace("gunicorn:", "shop.asgi:") + CLUSTER, "store"),
        ("docker/supervisord.conf", CLUSTER.replace("cluster]", "celery]") + WEB.replace("web:", "shop.asgi:"), "store"),
        ("docker/supervisord.conf", CLUSTER.replace("cluster]", "shop-jobs]") + CLUSTER.replace("cluster]", "shop-web]"), "shop"),
        ("docker/supervisord.conf", CLUSTER.replace("cluster]", "ledger]") + WEB.replace("web:", "shop.asgi:"), "ledger"),
        ("supervisord.conf", CLUSTER, "cluster"),
    ],
)
def test_django_under_a_supervisor(scan: Scan, path: str, programs: str, expected: str) -> None:
    """Commands of libraries run where `manage.py` lies, and what says only which program it is names nothing."""
    (service, *_) = [s for s in scan({**DJANGO, f"acme+store/{path}": programs}).services if s.root.endswith("src")]
    assert service.name == expected


SCRIPT = "#!/usr/bin/env python3\nfrom app.work import main\nmain()\n"
SETUP = "from setuptools import setup\nsetup(name='app', scripts=['bin/shop-work'])\n"
INSTALLED = {"app/setup.py": SETUP, "app/bin/shop-work": SCRIPT, "app/app/__init__.py": "", "app/app/work.py": APP}
SHOP_WORK = "[Service]\nExecStart=/opt/shop/bin/shop-work $ARGUMENTS\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"packaging/deb/systemd/work.service": SHOP_WORK}, [("work", "app", "app/app/work.py")]),
        ({"debian/work.service": SHOP_WORK, "packaging/rpm/work.service": SHOP_WORK}, [("work", "app", "app/app/work.py")]),
        (
            {
                "pkg/work.service": "[Service]\nExecStart=/bin/bash /opt/shop/bin/all.sh start\n",
                "pkg/work@.service": SHOP_WORK,
                "app/bin/all.sh": "systemctl $1 work@1\n",
            },
            [("work", "app", "app/app/work.py")],
        ),
        ({"work.service": SHOP_WORK, "app/bin/shop-work": "#!/bin/sh\nexec sleep 1\n"}, []),
    ],
)
def test_a_unit_runs_an_installed_command(scan: Scan, files: dict[str, str], expected: list[tuple[str, str, str]]) -> None:
    found = scan({**INSTALLED, **files}).services
    assert [(s.name, s.root, s.entry) for s in found if "systemd" in s.evidence[0].what and s.entry] == expected


def test_a_unit_gives_its_environment(scan: Scan) -> None:
    (service,) = scan({"app/web.py": APP, "app/web.service": UNIT.format("gunicorn", "web:app")}).services
    assert {s.name: (s.value, s.location.line) for s in service.environment} == {"A": ("2", 5), "B": ("two words", 4)}


@pytest.mark.parametrize("unit", ["[Unit]\nExecStart=python web.py\n", "[Service]\nType=oneshot\n", "[Service]\nExecStart='\n", ""])
def test_units_that_start_nothing(read: Read, unit: str) -> None:
    assert read(systemd.READER, {"app/x.service": unit}).processes == ()


def test_programs_with_everything() -> None:
    text = (
        "[supervisord]\nenvironment=A=\"1\",B='2'\n[program:x] ; note\ncommand=%(ENV_RUN)s -n %(program_name)s@%%h ; note\n"
        'directory=/srv/%(ENV_PLACE)s\nenvironment=C=3,D="a,b"\n[program:y]\ndirectory=/\n[program:z]\ncommand=\'open\n'
    )
    (program,) = supervised(text, {"RUN": "python x.py"})
    assert (program.name, program.words, program.folder, program.line) == ("x", ("python", "x.py", "-n", "x@%h"), "/srv/", 3)
    assert program.settings == (("A", "1"), ("B", "2"), ("C", "3"), ("D", "a,b"))
