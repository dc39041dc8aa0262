"""Start commands that leave to a file what they start: supervisord, runners of Procfiles, uwsgi with an INI file, gunicorn with its
configuration in Python, and what Paste's INI files name. The files are read, never run."""

from __future__ import annotations

import ast
import configparser
import posixpath
import re
from collections.abc import Callable
from typing import TypeAlias

from flowmap.project.options import application, option
from flowmap.project.shell import Simple
from flowmap.project.supervision import supervised

Reading: TypeAlias = Callable[[str], str | None]
"""The text of a file by the path that a process knows it by; None if it is not in the scan."""

_SUPERVISOR_FILES = (
    "supervisord.conf", "etc/supervisord.conf", "/etc/supervisord.conf", "/etc/supervisor/supervisord.conf",
    "/etc/supervisor/conf.d/supervisord.conf",
)  # fmt: skip
SUPERVISORS = ("supervisord", "honcho", "foreman")
"""Programs whose files hold whole commands, shells among them."""
_OF_HONCHO = ("-f", "--procfile", "-d", "--app-root", "-e", "--env", "-p", "--port", "-c", "--concurrency", "-q", "--quiet", "-m")
"""Options that are given a value, as a word of its own or behind `=`."""
_PROCESS = re.compile(r"([A-Za-z0-9_-]+):\s*(\S.*)")
_UWSGI = ("module", "wsgi-file", "file", "http", "http-socket", "socket", "wsgi")
_PASTE = re.compile(r"(?:call:([\w.]+):\w+|egg:([\w.]+))")
_LARGEST = 200_000


def from_file(words: tuple[str, ...], variables: dict[str, str], read: Reading) -> tuple[Simple, ...] | None:
    """The commands that a command stands for; None if it says all itself."""
    parser = _PROGRAMS.get(posixpath.basename(words[0]))
    return parser(words, variables, read) if parser is not None else None


def _supervisord(words: tuple[str, ...], variables: dict[str, str], read: Reading) -> tuple[Simple, ...] | None:
    named = option(words[1:], "--configuration", "-c")
    text = next((t for path in ((named,) if named else _SUPERVISOR_FILES) if (t := read(path)) is not None), None)
    if text is None:
        return None
    return tuple(Simple(p.words, p.folder, p.settings, background=True) for p in supervised(text, variables) if p.words)


def _procfile(words: tuple[str, ...], _: dict[str, str], read: Reading) -> tuple[Simple, ...] | None:
    plain = [w for n, w in enumerate(words[1:], 1) if not w.startswith("-") and words[n - 1] not in _OF_HONCHO]
    folder = option(words[1:], "--app-root", "--root", "-d")
    path = option(words[1:], "--procfile", "-f") or "Procfile"
    text = read(posixpath.join(folder, path)) if plain[:1] == ["start"] else None
    if text is None or len(text) > _LARGEST:
        return None
    stated = [match for line in text.splitlines() if (match := _PROCESS.fullmatch(line.strip()))]
    wanted = [m for m in stated if m[1] in plain[1:] or (not plain[1:] and m[1] != "release")]
    return tuple(Simple(("sh", "-c", m[2]), folder, background=True) for m in wanted)


def _uwsgi(words: tuple[str, ...], _: dict[str, str], read: Reading) -> tuple[Simple, ...] | None:
    path = option(words[1:], "--ini") or next((w for w in words[1:] if w.endswith(".ini")), "")
    text = read(path.partition(":")[0]) if path else None
    given = _sections(text or "").get("uwsgi", {})
    if not given:
        return None
    options = [word for key in _UWSGI if key in given for word in (f"--{'module' if key == 'wsgi' else key}", given[key])]
    folder = given.get("chdir", "")
    return (Simple(("uwsgi", *words[1:], *options), folder if "%" not in folder else ""),)


def _gunicorn(words: tuple[str, ...], _: dict[str, str], read: Reading) -> tuple[Simple, ...] | None:
    more: list[str] = []
    pasted = _sections(read(option(words[1:], "--paste", "--paster")) or "") if option(words[1:], "--paste", "--paster") else {}
    if (module := _pasted(pasted)) and not _given(words):
        more.append(module)
    config = option(words[1:], "--config", "-c").removeprefix("file:")
    stated = _constants(read(config or "gunicorn.conf.py") or "")
    if "wsgi_app" in stated and not more and not _given(words):
        more.append(stated["wsgi_app"])
    if "bind" in stated and not option(words[1:], "--bind", "-b"):
        more += ["--bind", stated["bind"]]
    if "chdir" in stated and not option(words[1:], "--chdir"):
        more += ["--chdir", stated["chdir"]]
    return (Simple(("gunicorn", *more, *words[1:])),) if more else None


def _pserve(words: tuple[str, ...], _: dict[str, str], read: Reading) -> tuple[Simple, ...] | None:
    path = next((w for w in words[1:] if w.partition("#")[0].endswith(".ini")), "").partition("#")[0]
    module = _pasted(_sections(read(path) or "")) if path else ""
    return (Simple(("gunicorn", module)),) if module else None


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


_PROGRAMS: dict[str, Callable[[tuple[str, ...], dict[str, str], Reading], tuple[Simple, ...] | None]] = {
    "supervisord": _supervisord,
    "honcho": _procfile,
    "foreman": _procfile,
    "uwsgi": _uwsgi,
    "gunicorn": _gunicorn,
    "pserve": _pserve,
}
