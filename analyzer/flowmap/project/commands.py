"""What a start command starts: the words of one simple command to a module, a script or an installed program, and the port.

Only words are looked at; whether the module or script exists, and where, is the business of `locate`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import dropwhile
from typing import TypeAlias

from flowmap.project.options import MODULE, PORT, application, option, port_of, positionals, telling
from flowmap.project.wrappers import unwrap

_PYTHON = re.compile(r"(python|pypy)[\d.]*w?(\.exe)?")
_PYTHON_VALUES = ("-W", "-X")


@dataclass(frozen=True, slots=True)
class Start:
    """What is started. One of `modules` (dotted, any of them), `script` (a path) and `console` (an installed command, as it is
    called) is set, or none: then the whole folder is (`whole`), or a command that its code adds to its framework (`management`).
    `folders` are looked into first. `arguments` tell runs of one script apart."""

    program: str
    modules: tuple[str, ...] = ()
    script: str = ""
    console: str = ""
    whole: bool = False
    management: str = ""
    folders: tuple[str, ...] = ()
    port: int | None = None
    arguments: tuple[str, ...] = ()


_Words: TypeAlias = tuple[str, ...]
_Parser: TypeAlias = Callable[[_Words], Start | None]


def parse_start(words: tuple[str, ...]) -> Start | None:
    """What the command starts; None for a command that starts no program of the scan (`sleep`, `alembic`, a shell)."""
    words = unwrap(words)
    if not words:
        return None
    program = posixpath.basename(words[0])
    if _PYTHON.fullmatch(program):
        return _python(words[1:])
    parser = _PROGRAMS.get(program)
    if parser is not None:
        start = parser(words[1:])
        return None if start is None else replace(start, program=program)
    if program.endswith(".py"):
        return _script(words)
    if program in _TOOLS or words[0].startswith("-") or not program:
        return None
    return Start(program, console=words[0], port=port_of(words[1:], None), arguments=words[1:])


def is_tool(words: tuple[str, ...]) -> bool:
    """Whether the command runs tests, migrations, checks or nothing at all: work around a service, not the service."""
    words = unwrap(words)
    if not words:
        return True
    program = posixpath.basename(words[0])
    if _PYTHON.fullmatch(program):
        return words[1:2] == ("-m",) and words[2:3] != () and words[2] in _TOOLS
    return program in _TOOLS


def _python(words: _Words) -> Start | None:
    at = 0
    while at < len(words) and words[at].startswith("-") and words[at] not in ("-m", "-c"):
        if words[at].startswith("-m") and len(words[at]) > len("-m"):
            return _python(("-m", words[at][2:], *words[at + 1 :]))
        at += 2 if words[at] in _PYTHON_VALUES else 1
    rest = words[at:]
    if len(rest) > 1 and rest[0] == "-m":
        return _python_module(rest[1], rest[2:])
    if not rest or rest[0] == "-c":
        return None
    return _script(rest)


def _python_module(module: str, words: _Words) -> Start | None:
    if module in _PROGRAMS:
        return parse_start((module, *words))
    if module in _TOOLS or not MODULE.fullmatch(module):
        return None
    return Start("python", modules=(f"{module}.__main__", module), port=port_of(words, None), arguments=telling(words))


def _script(words: _Words) -> Start | None:
    name = posixpath.basename(words[0])
    if name in ("manage.py", "django-admin"):
        rest = tuple(dropwhile(lambda w: w.startswith("-"), words[1:]))
        management = rest[0] if rest else ""
        return Start("manage.py", whole=True, management=management, port=_djangoport_of(rest), arguments=telling(rest[1:]))
    if name == "setup.py":
        return None
    return Start("python", script=words[0], port=port_of(words[1:], None), arguments=telling(words[1:]))


def _djangoport_of(words: _Words) -> int | None:
    if not words or not words[0].startswith("runserver"):
        return None
    return next((int(m[1]) for w in words[1:] if (m := PORT.fullmatch(w))), 8000)


def _server(default: int | None, folder_option: str = "") -> _Parser:
    """A program that is given `module:application` and listens."""

    def parse(words: _Words) -> Start | None:
        module = application(words)
        if not module:
            return None
        folder = option(words, folder_option) if folder_option else ""
        return Start("", modules=(module,), folders=(folder,) if folder else (), port=port_of(words, default))

    return parse


def _worker(*subcommands: str) -> _Parser:
    """A program that is given the modules of a worker, `module:broker` or `module.Class`, behind a subcommand if it has one."""

    def parse(words: _Words) -> Start | None:
        rest = words
        if subcommands:
            if not words or words[0] not in subcommands:
                return None
            rest = words[1:]
        module = application(rest)
        return Start("", modules=(module, module.rpartition(".")[0]) if "." in module else (module,)) if module else None

    return parse


def _celery(words: _Words) -> Start | None:
    application = option(words, "--app", "-A").partition(":")[0]
    if not application or not {"worker", "beat"} & set(words):
        return None
    return Start("", modules=(f"{application}.celery", application, application.rpartition(".")[0]))


def _faust(words: _Words) -> Start | None:
    application = option(words, "--app", "-A").partition(":")[0]
    return Start("", modules=(application,)) if application else None


def _flask(words: _Words) -> Start | None:
    if "run" not in words:
        return None
    return flask_application(option(words, "--app", "-A", "-a"), port_of(words, 5000))


def flask_application(name: str, port: int | None) -> Start:
    """What `--app` or FLASK_APP names: a path, a module, either with an object behind a colon, or nothing."""
    name = name.partition(":")[0]
    if name.endswith(".py") or "/" in name:
        return Start("flask", script=name, port=port)
    return Start("flask", modules=(name,) if name else ("wsgi", "app"), port=port)


def _fastapi(words: _Words) -> Start | None:
    if not words or words[0] not in ("run", "dev"):
        return None
    entrypoint = option(words, "--entrypoint", "-e").partition(":")[0]
    if entrypoint:
        return Start("", modules=(entrypoint,), port=port_of(words, 8000))
    script = next((w for w in positionals(words[1:]) if w), "")
    if script.endswith(".py"):
        return Start("", script=script, port=port_of(words, 8000))
    package = script.strip("./").replace("/", ".")
    names = ("main", "app", "api", "app.main", "app.app", "app.api")
    return Start("", modules=tuple(f"{package}.{n}" if package else n for n in names), port=port_of(words, 8000))


def _litestar(words: _Words) -> Start:
    return flask_application(option(words, "--app"), port_of(words, 8000))


def _file(default: int | None, *subcommands: str) -> _Parser:
    """A program that is given a script behind a subcommand."""

    def parse(words: _Words) -> Start | None:
        if subcommands and (not words or words[0] not in subcommands):
            return None
        script = next((w for w in words if w.endswith(".py")), "")
        return Start("", script=script, port=port_of(words, default)) if script else None

    return parse


def _functions_framework(words: _Words) -> Start:
    return Start("", script=option(words, "--source") or "main.py", port=port_of(words, 8080))


def _uwsgi(words: _Words) -> Start:
    script = option(words, "--wsgi-file", "--file")
    module = option(words, "--module", "-w").partition(":")[0]
    port = PORT.fullmatch(option(words, "--http-socket", "--http", "--socket"))
    number = int(port[1]) if port else None
    return Start("", script=script, modules=(module,) if module else (), whole=not (script or module), port=number)


def _scrapy(words: _Words) -> Start | None:
    """A spider by its file, or by its name in a project whose settings decide which code runs."""
    script = next((w for w in words[1:] if w.endswith(".py")), "")
    if words[:1] == ("runspider",) and script:
        return Start("", script=script)
    return Start("", whole=True) if words[:1] == ("crawl",) else None


def _whole(words: _Words) -> Start:
    return Start("", whole=True, port=port_of(words, None))


_PROGRAMS: dict[str, _Parser] = {
    "uvicorn": _server(8000, "--app-dir"),
    "gunicorn": _server(8000, "--chdir"),
    "hypercorn": _server(8000),
    "daphne": _server(8000),
    "granian": _server(8000),
    "sanic": _server(8000),
    "waitress-serve": _server(8080),
    "bentoml": _server(3000),
    "litestar": _litestar,
    "fastapi": _fastapi,
    "flask": _flask,
    "quart": _flask,
    "uwsgi": _uwsgi,
    "scrapy": _scrapy,
    "celery": _celery,
    "faust": _faust,
    "faststream": _worker("run"),
    "taskiq": _worker("worker", "scheduler"),
    "nameko": _worker("run"),
    "dramatiq": _worker(),
    "dramatiq-gevent": _worker(),
    "arq": _worker(),
    "huey_consumer": _worker(),
    "huey_consumer.py": _worker(),
    "functions-framework": _functions_framework,
    "functions_framework": _functions_framework,
    "streamlit": _file(8501, "run"),
    "chainlit": _file(8000, "run"),
    "tomodachi": _file(9700, "run"),
    "bokeh": _file(5006, "serve"),
    "panel": _file(5006, "serve"),
    "locust": _file(8089),
    "spark-submit": _file(None),
    **dict.fromkeys(("rq", "rqworker", "chalice", "django-admin", "kedro", "dagster", "func", "honcho"), _whole),
}

_TOOLS = frozenset({
    ".", ":", "[", "[[", "alembic", "apk", "apt", "apt-get", "awk", "awslocal", "bash", "black", "break", "cat", "chmod",
    "chown", "command", "conda", "continue", "coverage", "cp", "curl", "date", "declare", "docker", "eval", "exit", "false",
    "find", "flake8", "git", "grep", "http.server", "ipython", "java", "jupyter", "kill", "ln", "local", "ls", "make", "mkdir",
    "mv", "mypy", "nc", "nginx", "node", "nox", "npm", "npx", "pip", "pip3", "pipenv", "poetry", "printf", "psql", "pwd",
    "pylint", "pytest", "read", "rm", "ruff", "sed", "sh", "shift", "sleep", "source", "tail", "touch", "tox", "true", "ulimit",
    "umask", "unittest", "unset", "uv", "venv", "wait", "wget", "which", "yarn", "yoyo",
})  # fmt: skip
