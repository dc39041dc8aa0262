"""Programs that keep others running, and the files that say which: supervisord, runners of Procfiles, and the service folders of
runit and s6. The files are read, never run."""

from __future__ import annotations

import posixpath
import re
import shlex
from collections.abc import Callable
from typing import TYPE_CHECKING

from flowmap.project.options import option
from flowmap.project.shell import Simple
from flowmap.project.supervision import included, procfile, supervised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.project.container_files import ContainerFiles

_SUPERVISOR_FILES = (
    "supervisord.conf", "etc/supervisord.conf", "/etc/supervisord.conf", "/etc/supervisor/supervisord.conf",
    "/etc/supervisor/conf.d/supervisord.conf",
)  # fmt: skip
_SUPERVISOR_FOLDERS = ("/etc/supervisor/conf.d/*.conf", "/etc/supervisord.d/*.ini", "/etc/supervisor.d/*.ini")
"""What the configurations that distributions install take in."""
_OF_HONCHO = ("-f", "--procfile", "-d", "--app-root", "-e", "--env", "-p", "--port", "-c", "--concurrency", "-q", "--quiet", "-m")
"""Options that are given a value, as a word of its own or behind `=`."""
_EXECLINE = re.compile(r"#![^\n]*\bexeclineb\b[^\n]*\n")
_COMMENT = re.compile(r"^\s*#[^\n]*$", re.MULTILINE)
_OF_S6 = ("/etc/services.d/*/run", "/etc/s6-overlay/s6-rc.d/*/run", "/etc/s6-overlay/s6-rc.d/*/up")
_LARGEST = 200_000


def supervised_by(words: tuple[str, ...], variables: dict[str, str], files: ContainerFiles) -> tuple[Simple, ...] | None:
    """The commands that a program keeps running; None if it is no such program, or its files are not known."""
    supervisor = _SUPERVISORS.get(posixpath.basename(words[0]))
    return supervisor(words, variables, files) if supervisor is not None else None


def _supervisord(words: tuple[str, ...], variables: dict[str, str], files: ContainerFiles) -> tuple[Simple, ...] | None:
    named = option(words[1:], "--configuration", "-c")
    path = next((p for p in ((named,) if named else _SUPERVISOR_FILES) if files.text(p) is not None), None)
    text = files.text(path) if path is not None else None
    patterns = included(text, posixpath.dirname(path or "")) if text is not None else () if named else _SUPERVISOR_FOLDERS
    more = [files.text(p) or "" for pattern in patterns for p in files.matching(pattern)]
    if text is None and not more:
        return None
    programs = [p for one in (text or "", *more) for p in supervised(one, variables)]
    return tuple(Simple(p.words, p.folder, p.settings, background=True) for p in programs if p.words)


def _procfile(words: tuple[str, ...], _: dict[str, str], files: ContainerFiles) -> tuple[Simple, ...] | None:
    plain = [w for n, w in enumerate(words[1:], 1) if not w.startswith("-") and words[n - 1] not in _OF_HONCHO]
    folder = option(words[1:], "--app-root", "--root", "-d")
    path = option(words[1:], "--procfile", "-f") or "Procfile"
    text = files.text(posixpath.join(folder, path)) if plain[:1] == ["start"] else None
    if text is None or len(text) > _LARGEST:
        return None
    wanted = [command for _, name, command in procfile(text) if name in plain[1:] or not plain[1:]]
    return tuple(Simple(("sh", "-c", command), folder, background=True) for command in wanted)


def _folders(*patterns: str) -> Callable[[tuple[str, ...], dict[str, str], ContainerFiles], tuple[Simple, ...] | None]:
    """A program that runs what service folders hold: those that are known, else those in the folder that it is given. What else
    it is given is one more command."""

    def parse(words: tuple[str, ...], _: dict[str, str], files: ContainerFiles) -> tuple[Simple, ...] | None:
        given = [w for w in words[1:] if not w.startswith("-")]
        wanted = patterns or tuple(posixpath.join(w, "*/run") for w in given[-1:])
        runs = [Simple(c, background=True) for pattern in wanted for path in files.matching(pattern) for c in _run(path, files)]
        command = [Simple(words[1:])] if patterns and given else []
        return (*runs, *command) if runs else None

    return parse


def _run(path: str, files: ContainerFiles) -> Iterator[tuple[str, ...]]:
    """What a `run` file is as a command; one in execline is a single command over many lines."""
    text = (files.text(path) or "")[:_LARGEST]
    if _EXECLINE.match(text) is None:
        yield ("sh", path)
        return
    try:
        yield tuple(w for w in shlex.split(_COMMENT.sub("", text)) if w not in ("{", "}", "foreground", "exec"))
    except ValueError:
        return


_SUPERVISORS: dict[str, Callable[[tuple[str, ...], dict[str, str], ContainerFiles], tuple[Simple, ...] | None]] = {
    "supervisord": _supervisord,
    "honcho": _procfile,
    "foreman": _procfile,
    "runsvdir": _folders(),
    "s6-svscan": _folders(),
    "runit": _folders("/etc/service/*/run"),
    "runsvinit": _folders("/etc/service/*/run"),
    "my_init": _folders("/etc/service/*/run"),
    "init": _folders(*_OF_S6),
}
