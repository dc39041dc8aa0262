"""From the argument vector of a process to the program it is: through shells, start scripts and wrappers, to one entry file."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from flowmap.project.commands import flask_application, is_tool, parse_start
from flowmap.project.locate import entry_of, script_at
from flowmap.project.shell import Simple, simple_commands
from flowmap.project.start_files import SUPERVISORS, from_file
from flowmap.project.wrappers import unwrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import Setting
    from flowmap.project.commands import Start
    from flowmap.project.locate import Layout
    from flowmap.project.world import World

_SHELL = re.compile(r"(ba|da|a|z|k)?sh")
_FOR_PYTHON = re.compile(rb"#![^\n]*\b(python|pypy)[\d.]*\b")
_DEEPEST_SCRIPT = 6


@dataclass(frozen=True, slots=True)
class Program:
    """A command that was understood, and the Python file it leads to; None where that is the whole folder, or not found."""

    command: Simple
    start: Start
    entry: str | None

    @property
    def lasts(self) -> bool:
        """Whether it is a server, a worker or a process in the background, not a script that may be preparation."""
        return self.start.program != "python" or self.command.background


def program_of(words: tuple[str, ...], layout: Layout, environment: tuple[Setting, ...], world: World) -> Program | None:
    """The program that a process is. One that starts several that last has no one entry; scripts before those prepare."""
    programs = tuple(_programs(words, layout, environment, world))
    if not programs:
        return None
    lasting = [p for p in programs if p.lasts]
    if lasting and lasting[-1].command.background and not programs[-1].lasts:
        lasting.append(programs[-1])
    if len({p.entry for p in lasting}) > 1:
        return replace(lasting[-1], entry=None)
    return (lasting or programs)[-1]


def is_idle(words: tuple[str, ...], layout: Layout, environment: tuple[Setting, ...], world: World) -> bool:
    """Whether all that a process runs are tools."""
    variables = tuple((s.name, s.value) for s in environment)
    commands = [c.words for c in _expanded(Simple(words), layout, variables, world, 0)]
    return bool(commands) and all(is_tool(c) for c in commands)


def _programs(words: tuple[str, ...], layout: Layout, environment: tuple[Setting, ...], world: World) -> Iterator[Program]:
    variables = tuple((s.name, s.value) for s in environment)
    for command in _expanded(Simple(words), layout, variables, world, 0):
        start = parse_start(command.words)
        if start is None:
            continue
        if start.program == "flask" and start.modules == ("wsgi", "app"):
            named = dict(command.settings).get("FLASK_APP") or dict(variables).get("FLASK_APP")
            start = flask_application(named, start.port) if named else start
        there = replace(layout, working_dir=posixpath.normpath(posixpath.join(layout.working_dir, command.folder)))
        entry = entry_of(start, there, world.declared.distributions, world.index)
        if entry is not None or not start.console:
            yield Program(command, start, entry)


def _expanded(
    command: Simple, layout: Layout, variables: tuple[tuple[str, str], ...], world: World, depth: int
) -> Iterator[Simple]:
    """The simple commands behind shells and start scripts."""
    words = unwrap(command.words)
    if not words or depth > _DEEPEST_SCRIPT:
        return
    stated = from_file(words, dict((*variables, *command.settings)), partial(_text_at, layout=layout, world=world))
    if stated is not None and posixpath.basename(words[0]) in SUPERVISORS:
        for inner in stated:
            yield from _expanded(_within(inner, command), layout, variables, world, depth + 1)
        return
    if stated is not None:
        yield from (_within(inner, command) for inner in stated)
        return
    text, arguments = _shell_text(words, layout, world)
    if text is None:
        yield replace(command, words=words)
        return
    inner_ones = simple_commands(text, variables, arguments) or simple_commands(text, variables)
    for inner in inner_ones:
        yield from _expanded(_within(inner, command), layout, variables, world, depth + 1)


def _within(inner: Simple, outer: Simple) -> Simple:
    """A command that another one runs, in the folder and with the settings of both."""
    folder = posixpath.join(outer.folder, inner.folder)
    background = inner.background or outer.background
    return replace(inner, folder=folder, settings=(*outer.settings, *inner.settings), background=background)


def _text_at(path: str, layout: Layout, world: World) -> str | None:
    """The text of a file that a process reads."""
    found = script_at(path, layout, world.index)
    if found is None:
        return None
    content = world.index.contents.get(found) or world.index.look(found)
    return content.decode("utf-8", errors="replace") if content is not None and b"\0" not in content else None


def _shell_text(words: tuple[str, ...], layout: Layout, world: World) -> tuple[str | None, tuple[str, ...]]:
    """The shell text that a command runs and the arguments it gives to it; None if the command is no shell's."""
    if words[0] == "make":
        return _target(words, layout, world), ()
    if _SHELL.fullmatch(posixpath.basename(words[0])):
        at = 1
        while at < len(words) and words[at].startswith("-"):
            if words[at].endswith("c") and not words[at].startswith("--") and at + 1 < len(words):
                return words[at + 1], words[at + 3 :]
            at += 1
        words = words[at:]
    elif not (words[0].endswith((".sh", ".bash")) or "/" in words[0] or "entrypoint" in words[0]):
        return None, ()
    there = posixpath.normpath(posixpath.join(layout.working_dir, words[0])) if words else ""
    if (written := next((text for path, text in layout.written if path == there), None)) is not None:
        return written, words[1:]
    path = script_at(words[0], layout, world.index) if words else None
    content = world.index.look(path) if path is not None and not path.endswith(".py") else None
    if content is not None and _FOR_PYTHON.match(content):
        return None, ()
    if content is not None and b"\0" not in content:
        return content.decode("utf-8", errors="replace"), words[1:]
    # A script that is not in the scan usually ends by running its arguments.
    absent = len(words) > 1 and words[0].endswith(".sh")
    return ('exec "$@"' if absent else None), words[1:]


def _target(words: tuple[str, ...], layout: Layout, world: World) -> str | None:
    """The commands of a Makefile's target."""
    name = next((w for w in words[1:] if not w.startswith("-") and "=" not in w), "")
    for spelling in ("Makefile", "makefile", "GNUmakefile"):
        path = script_at(spelling, layout, world.index)
        content = world.index.look(path) if path is not None else None
        if content is not None:
            found = re.search(
                rf"^{re.escape(name)}\s*:(?!=).*\n((?:\t.*\n?)*)", content.decode("utf-8", errors="replace"), re.MULTILINE
            )
            return re.sub(r"^\t[@-]*", "", found[1], flags=re.MULTILINE).replace("$$", "$") if found else None
    return None
