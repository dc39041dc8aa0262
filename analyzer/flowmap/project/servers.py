"""The command lines of servers, workers and the like: which module or script each is given, and on which port it listens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from flowmap.project.options import PORT, application, option, port_of, positionals


@dataclass(frozen=True, slots=True)
class Start:
    """What is started. One of `modules` (dotted, any of them), `script` (a path) and `console` (an installed command, as it is
    called) is set, or none: then the whole folder is (`whole`), or a command that its code adds to its framework (`management`), by
    way of the script `manager`. `folders` are looked into first. `arguments` tell runs of one script apart. One that `must_exist`
    counts only where the scan has it; one that `ends` prepares for others."""

    program: str
    modules: tuple[str, ...] = ()
    script: str = ""
    console: str = ""
    whole: bool = False
    management: str = ""
    manager: str = ""
    folders: tuple[str, ...] = ()
    port: int | None = None
    arguments: tuple[str, ...] = ()
    must_exist: bool = False
    ends: bool = False


Words: TypeAlias = tuple[str, ...]
Parser: TypeAlias = Callable[[Words], Start | None]


def _server(default: int | None, folder_option: str = "") -> Parser:
    """A program that is given `module:application` and listens."""

    def parse(words: Words) -> Start | None:
        module = application(words)
        if not module:
            return None
        folder = option(words, folder_option) if folder_option else ""
        return Start("", modules=(module,), folders=(folder,) if folder else (), port=port_of(words, default))

    return parse


def _worker(*subcommands: str) -> Parser:
    """A program that is given the modules of a worker, `module:broker` or `module.Class`, behind a subcommand if it has one."""

    def parse(words: Words) -> Start | None:
        rest = words
        if subcommands:
            if not words or words[0] not in subcommands:
                return None
            rest = words[1:]
        module = application(rest)
        return Start("", modules=(module, module.rpartition(".")[0]) if "." in module else (module,)) if module else None

    return parse


def _celery(words: Words) -> Start | None:
    application = option(words, "--app", "-A").partition(":")[0]
    if not application or not {"worker", "beat", "multi"} & set(words):
        return None
    return Start("", modules=(f"{application}.celery", application, application.rpartition(".")[0]))


def _faust(words: Words) -> Start | None:
    application = option(words, "--app", "-A").partition(":")[0]
    return Start("", modules=(application,)) if application else None


def _flask(words: Words) -> Start | None:
    if "run" not in words:
        return None
    return flask_application(option(words, "--app", "-A", "-a"), port_of(words, 5000))


def flask_application(name: str, port: int | None) -> Start:
    """What `--app` or FLASK_APP names: a path, a module, either with an object behind a colon, or nothing."""
    name = name.partition(":")[0]
    if name.endswith(".py") or "/" in name:
        return Start("flask", script=name, port=port)
    return Start("flask", modules=(name,) if name else ("wsgi", "app"), port=port)


def _fastapi(words: Words) -> Start | None:
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


def _litestar(words: Words) -> Start:
    return flask_application(option(words, "--app"), port_of(words, 8000))


def _file(default: int | None, *subcommands: str) -> Parser:
    """A program that is given a script behind a subcommand."""

    def parse(words: Words) -> Start | None:
        if subcommands and (not words or words[0] not in subcommands):
            return None
        script = next((w for w in words if w.endswith(".py")), "")
        return Start("", script=script, port=port_of(words, default)) if script else None

    return parse


def _of_file_or_module(*subcommands: str) -> Parser:
    """A program that is given a script, which may name an object in it (`server.py:app`), or a module behind `-m`."""

    def parse(words: Words) -> Start | None:
        if subcommands and (not words or words[0] not in subcommands):
            return None
        script = next((w for w in (v.partition(":")[0] for v in words) if w.endswith(".py")), "")
        module = option(words, "--module", "-m").partition(":")[0]
        if script:
            return Start("", script=script, port=port_of(words, None))
        return Start("", modules=(module,), port=port_of(words, None)) if module else None

    return parse


def _with_attribute(default: int | None) -> Parser:
    """A server that is given `module:application` or `module.application`."""

    def parse(words: Words) -> Start | None:
        module = application(words)
        modules = (module, module.rpartition(".")[0])
        return Start("", modules=modules, port=port_of(words, default)) if module else None

    return parse


def _procrastinate(words: Words) -> Start | None:
    module = option(words, "--app", "-a")
    return Start("", modules=(module, module.rpartition(".")[0])) if module and "worker" in words else None


def _functions_framework(words: Words) -> Start:
    return Start("", script=option(words, "--source") or "main.py", port=port_of(words, 8080))


def _uwsgi(words: Words) -> Start:
    script = option(words, "--wsgi-file", "--file")
    module = (option(words, "--module", "-w") or option(words, "--mount").rpartition("=")[2]).partition(":")[0]
    port = PORT.fullmatch(option(words, "--http-socket", "--http", "--socket"))
    number = int(port[1]) if port else None
    return Start("", script=script, modules=(module,) if module else (), whole=not (script or module), port=number)


def _scrapy(words: Words) -> Start | None:
    """A spider by its file, or by its name in a project whose settings decide which code runs."""
    script = next((w for w in words[1:] if w.endswith(".py")), "")
    if words[:1] == ("runspider",) and script:
        return Start("", script=script)
    return Start("", whole=True) if words[:1] == ("crawl",) else None


def _whole(words: Words) -> Start:
    return Start("", whole=True, port=port_of(words, None))


WORKERS = ("rq", "rqworker")
"""Programs that do the tasks of a queue without being told where these are declared."""

PROGRAMS: dict[str, Parser] = {
    "uvicorn": _server(8000, "--app-dir"),
    "gunicorn": _server(8000, "--chdir"),
    "hypercorn": _server(8000),
    "daphne": _server(8000),
    "granian": _server(8000),
    "sanic": _with_attribute(8000),
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
    "saq": _worker(),
    "procrastinate": _procrastinate,
    "strawberry": _worker("server"),
    "kopf": _of_file_or_module("run"),
    "mcp": _of_file_or_module("run", "dev"),
    "fastmcp": _of_file_or_module("run", "dev"),
    "robyn": _of_file_or_module(),
    "gradio": _of_file_or_module(),
    "twistd": _of_file_or_module(),
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
