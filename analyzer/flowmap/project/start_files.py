"""Start commands that leave to a file what they start: uwsgi with an INI file, gunicorn with its configuration in Python, and what
Paste's INI files name. The files are read, never run."""

from __future__ import annotations

import ast
import configparser
import posixpath
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from flowmap.project.options import application, option
from flowmap.project.shell import Simple

if TYPE_CHECKING:
    from flowmap.project.container_files import ContainerFiles

_UWSGI = ("module", "wsgi-file", "file", "http", "http-socket", "socket", "wsgi", "mount")
_PASTE = re.compile(r"(?:call:([\w.]+):\w+|egg:([\w.]+))")
_LARGEST = 200_000


def completed(words: tuple[str, ...], files: ContainerFiles) -> Simple | None:
    """The command with what its file adds to it; None if it says all itself."""
    server = _SERVERS.get(posixpath.basename(words[0]))
    return server(words, files) if server is not None else None


def _uwsgi(words: tuple[str, ...], files: ContainerFiles) -> Simple | None:
    path = option(words[1:], "--ini") or next((w for w in words[1:] if w.endswith(".ini")), "")
    text = files.text(path.partition(":")[0]) if path else None
    given = _sections(text or "").get("uwsgi", {})
    if not given:
        return None
    options = [word for key in _UWSGI if key in given for word in (f"--{'module' if key == 'wsgi' else key}", given[key])]
    folder = given.get("chdir", "")
    return Simple(("uwsgi", *words[1:], *options), folder if "%" not in folder else "")


def _gunicorn(words: tuple[str, ...], files: ContainerFiles) -> Simple | None:
    more: list[str] = []
    paste = option(words[1:], "--paste", "--paster")
    pasted = _sections(files.text(paste) or "") if paste else {}
    if (module := _pasted(pasted)) and not _given(words):
        more.append(module)
    config = option(words[1:], "--config", "-c").removeprefix("file:")
    stated = _constants(files.text(config or "gunicorn.conf.py") or "")
    if "wsgi_app" in stated and not more and not _given(words):
        more.append(stated["wsgi_app"])
    if "bind" in stated and not option(words[1:], "--bind", "-b"):
        more += ["--bind", stated["bind"]]
    if "chdir" in stated and not option(words[1:], "--chdir"):
        more += ["--chdir", stated["chdir"]]
    return Simple(("gunicorn", *more, *words[1:])) if more else None


def _pserve(words: tuple[str, ...], files: ContainerFiles) -> Simple | None:
    path = next((w for w in words[1:] if w.partition("#")[0].endswith(".ini")), "").partition("#")[0]
    module = _pasted(_sections(files.text(path) or "")) if path else ""
    return Simple(("gunicorn", module)) if module else None


def _given(words: tuple[str, ...]) -> bool:
    """Whether the command itself says which application it serves."""
    without = [w for n, w in enumerate(words[1:], 1) if words[n - 1] not in ("--paste", "--paster", "--config", "-c")]
    return any(":" in w and application((w,)) for w in without)


def _pasted(sections: dict[str, dict[str, str]]) -> str:
    """The `module:function` that makes the application of a Paste file."""
    for name, options in sections.items():
        used = _PASTE.fullmatch(options.get("use", "")) if name.startswith("app:") else None
        if used is not None:
            return f"{used[1] or used[2]}:main"
        if name.startswith("app:") and "paste.app_factory" in options:
            return options["paste.app_factory"]
    return ""


def _sections(text: str) -> dict[str, dict[str, str]]:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(text if len(text) <= _LARGEST else "")
    except configparser.Error:
        return {}
    return {name: dict(parser.items(name)) for name in parser.sections()}


def _constants(text: str) -> dict[str, str]:
    """The texts that a module in Python gives to names at its top."""
    try:
        tree = ast.parse(text if len(text) <= _LARGEST else "")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    return {
        target.id: statement.value.value
        for statement in tree.body
        if isinstance(statement, ast.Assign)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }


_SERVERS: dict[str, Callable[[tuple[str, ...], ContainerFiles], Simple | None]] = {
    "uwsgi": _uwsgi,
    "gunicorn": _gunicorn,
    "pserve": _pserve,
}
