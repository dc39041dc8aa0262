"""What a start command starts: the words of one simple command to a module, a script or an installed program, and the port.

Only words are looked at; whether the module or script exists, and where, is the business of `locate`.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from itertools import dropwhile

from flowmap.project.inline import called_in
from flowmap.project.options import MODULE, PORT, port_of, telling
from flowmap.project.servers import PROGRAMS, Start, Words
from flowmap.project.wrappers import unwrap

_PYTHON = re.compile(r"(python|pypy)[\d.]*w?(\.exe)?")
_PYTHON_VALUES = ("-W", "-X")


def parse_start(words: tuple[str, ...]) -> Start | None:
    """What the command starts; None for a command that starts no program of the scan (`sleep`, `alembic`, a shell)."""
    words = unwrap(words)
    if not words:
        return None
    program = posixpath.basename(words[0])
    if _PYTHON.fullmatch(program):
        return _python(words[1:])
    parser = PROGRAMS.get(program)
    if parser is not None:
        start = parser(words[1:])
        return None if start is None else replace(start, program=program)
    if program.endswith(".py"):
        return _script(words)
    if program in _TOOLS or words[0].startswith("-") or not program:
        return None
    return Start(program, console=words[0], port=port_of(words[1:], None), arguments=words[1:], must_exist=True)


def is_launcher(word: str) -> bool:
    """Whether a word is Python, or a server or worker that is given the program it runs."""
    program = posixpath.basename(word)
    return _PYTHON.fullmatch(program) is not None or program in PROGRAMS


def is_tool(words: tuple[str, ...]) -> bool:
    """Whether the command runs tests, migrations, checks or nothing at all: work around a service, not the service."""
    words = unwrap(words)
    if not words:
        return True
    program = posixpath.basename(words[0])
    if _PYTHON.fullmatch(program):
        start = parse_start(words)
        return (words[1:2] == ("-m",) and words[2:3] != () and words[2] in _TOOLS) or (start is not None and start.ends)
    return program in _TOOLS


def _python(words: Words) -> Start | None:
    at = 0
    while at < len(words) and words[at].startswith("-") and words[at] not in ("-m", "-c"):
        if words[at].startswith("-m") and len(words[at]) > len("-m"):
            return _python(("-m", words[at][2:], *words[at + 1 :]))
        at += 2 if words[at] in _PYTHON_VALUES else 1
    rest = words[at:]
    if len(rest) > 1 and rest[0] == "-m":
        return _python_module(rest[1], rest[2:])
    if len(rest) > 1 and rest[0] == "-c":
        modules = called_in(rest[1])
        return Start("python", modules=modules, must_exist=True) if modules else None
    return _script(rest) if rest and rest[0] != "-c" else None


def _python_module(module: str, words: Words) -> Start | None:
    if module in PROGRAMS:
        return parse_start((module, *words))
    if module in _TOOLS or not MODULE.fullmatch(module):
        return None
    return Start("python", modules=(f"{module}.__main__", module), port=port_of(words, None), arguments=telling(words))


def _script(words: Words) -> Start | None:
    name = posixpath.basename(words[0])
    if name in ("manage.py", "django-admin"):
        rest = tuple(dropwhile(lambda w: w.startswith("-"), words[1:]))
        management = rest[0] if rest else ""
        ends = management in _ENDING
        port = _djangoport_of(rest)
        manager = words[0] if name == "manage.py" else ""
        return Start(
            "manage.py",
            whole=True,
            management=management,
            manager=manager,
            port=port,
            arguments=telling(rest[1:]),
            ends=ends,
        )
    if name == "setup.py":
        return None
    return Start("python", script=words[0], port=port_of(words[1:], None), arguments=telling(words[1:]))


def _djangoport_of(words: Words) -> int | None:
    if not words or not words[0].startswith("runserver"):
        return None
    return next((int(m[1]) for w in words[1:] if (m := PORT.fullmatch(w))), 8000)


# Commands of a `manage.py` that do something once.
_ENDING = frozenset({
    "check", "clearsessions", "collectmedia", "collectstatic", "compilemessages", "compress", "create_db", "createcachetable",
    "createsuperuser", "crontab", "db", "dumpdata", "flush", "init_db", "initdb", "loaddata", "makemessages", "makemigrations",
    "migrate", "migrate_schemas", "rebuild_index", "seed", "shell", "shell_plus", "showmigrations", "test", "update_index",
    "version", "wait_for_database", "wait_for_db",
})  # fmt: skip

_TOOLS = frozenset({
    ".", ":", "[", "[[", "alembic", "apk", "apt", "apt-get", "awk", "awslocal", "bash", "black", "break", "cat", "chmod",
    "chown", "command", "conda", "continue", "coverage", "cp", "curl", "date", "declare", "docker", "eval", "exit", "false",
    "find", "flake8", "git", "grep", "http.server", "ipython", "java", "jupyter", "kill", "ln", "local", "ls", "make", "mkdir",
    "mv", "mypy", "nc", "nginx", "node", "nox", "npm", "npx", "pip", "pip3", "pipenv", "poetry", "printf", "psql", "pwd",
    "pylint", "pytest", "read", "rm", "ruff", "sed", "sh", "shift", "sleep", "source", "tail", "touch", "tox", "true", "ulimit",
    "umask", "unittest", "unset", "uv", "venv", "wait", "wget", "which", "yarn", "yoyo",
})  # fmt: skip
