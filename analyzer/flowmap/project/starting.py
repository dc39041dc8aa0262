"""From the argument vector of a process to the program it is: through shells, start scripts and wrappers, to one entry file."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flowmap.project.bounds import cut
from flowmap.project.commands import is_launcher, is_tool, parse_start
from flowmap.project.container_files import ContainerFiles
from flowmap.project.inline import handed_over
from flowmap.project.locate import entry_of, script_at
from flowmap.project.servers import flask_application
from flowmap.project.shell import Simple, simple_commands
from flowmap.project.start_files import completed
from flowmap.project.supervisors import supervised_by
from flowmap.project.task_files import task
from flowmap.project.wrappers import stages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import Location, Setting
    from flowmap.project.locate import Layout
    from flowmap.project.servers import Start
    from flowmap.project.world import World

_SHELL = re.compile(r"(ba|da|a|z|k)?sh")
_FOR_PYTHON = re.compile(r"#![^\n]*\b(python|pypy)[\d.]*\b")
_DEEPEST_SCRIPT = 6
_MOST_COMMANDS = 3_000
_LONGEST_WRAPPER = 20


@dataclass(frozen=True, slots=True)
class Program:
    """A command that was understood, and the Python file it leads to; None where that is the whole folder, or not found, or where
    it may be one of several. `near` are files that it has to do with then."""

    command: Simple
    start: Start
    entry: str | None
    near: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that say where its code is."""
        return (self.entry,) if self.entry is not None else self.near

    @property
    def lasts(self) -> bool:
        """Whether it is a server, a worker or a process in the background, not a script that may be preparation."""
        return self.command.background or not (self.start.program == "python" or self.start.ends)


@dataclass(frozen=True, slots=True)
class Course:
    """What a process comes to: its program, None where nothing of it is understood, and whether all that it runs are tools."""

    program: Program | None
    idle: bool


def course_of(words: tuple[str, ...], layout: Layout, environment: tuple[Setting, ...], world: World, at: Location) -> Course:
    """What a process runs that starts with these words; `at` is where that is said, for what cannot be followed to its end."""
    variables = tuple((s.name, s.value) for s in environment)
    expansion = _Expansion(layout, variables, world)
    commands = tuple(expansion.of(Simple(words)))
    if expansion.left < 0:
        world.faults.append(cut(_MOST_COMMANDS, "commands of one process", at))
    programs = tuple(p for c in commands if (p := _first_program(c, layout, variables, world)) is not None)
    return Course(_of_all(programs), bool(commands) and all(is_tool(c.words) for c in commands))


def _of_all(programs: tuple[Program, ...]) -> Program | None:
    """The program that a process is. One that starts several that last has no one entry; scripts before those prepare."""
    if not programs:
        return None
    ends = _ends(programs)
    lasting = [p for n, p in enumerate(programs) if p.lasts or n in ends]
    if lasting and lasting[-1].command.background and not programs[-1].lasts:
        lasting.append(programs[-1])
    if len({p.entry for p in lasting}) > 1:
        return replace(lasting[-1], entry=None, near=tuple(path for p in lasting for path in p.paths))
    return (lasting or programs)[-1]


def _ends(programs: tuple[Program, ...]) -> set[int]:
    """The programs, by their numbers, with which one of several possible courses ends: nothing is run behind them for certain."""
    branches = [p.command.branch for p in programs]
    certain = max((n for n, branch in enumerate(branches) if not branch), default=-1)
    last = {branch: n for n, branch in enumerate(branches) if n > certain}
    return {n for branch, n in last.items() if not any(m > n and branch[: len(b)] == b for b, m in last.items())}


def _first_program(command: Simple, layout: Layout, variables: tuple[tuple[str, str], ...], world: World) -> Program | None:
    """The program of a command, or the first that it may be given to start."""
    possible = (command.words, *_inside(command.words))
    found = (_program(replace(command, words=words), layout, variables, world) for words in possible)
    return next((program for program in found if program is not None), None)


def _inside(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """What a program that nobody knows may be given to start: words that begin with one that is known."""
    start = parse_start(words)
    if start is not None and start.console:
        yield from (words[n:] for n in range(1, min(len(words), _LONGEST_WRAPPER)) if is_launcher(words[n]))


def _program(command: Simple, layout: Layout, variables: tuple[tuple[str, str], ...], world: World) -> Program | None:
    start = parse_start(command.words)
    if start is None:
        return None
    if start.program == "flask" and start.modules == ("wsgi", "app"):
        named = dict(command.settings).get("FLASK_APP") or dict(variables).get("FLASK_APP")
        start = flask_application(named, start.port) if named else start
    there = replace(layout, working_dir=posixpath.normpath(posixpath.join(layout.working_dir, command.folder)))
    entry = entry_of(start, there, world.declared.distributions, world.index)
    manager = script_at(start.manager, there, world.index) if entry is None and start.manager else None
    return Program(command, start, entry, (manager,) if manager else ()) if entry is not None or not start.must_exist else None


@dataclass(slots=True)
class _Expansion:
    """What one process runs, followed into texts; `left` is how many commands may still be looked at on its behalf."""

    layout: Layout
    variables: tuple[tuple[str, str], ...]
    world: World
    left: int = _MOST_COMMANDS

    def of(self, command: Simple, depth: int = 0) -> Iterator[Simple]:
        """The simple commands behind shells, start scripts, and programs whose files name others."""
        self.left -= 1
        if depth > _DEEPEST_SCRIPT or self.left < 0:
            return
        files = ContainerFiles(self.layout, self.world, command.folder)
        for words in stages(command.words):
            inner_ones = self._stated(words, command, files) if words else ()
            if inner_ones is not None:
                for inner in inner_ones:
                    yield from self.of(_within(inner, command), depth + 1)
                return
        if (served := completed(words, files)) is not None:
            yield _within(served, command)
            return
        text, arguments = _shell_text(words, files)
        if text is None:
            for last in _handed_over(words, files) or (words,):
                yield replace(command, words=last)
            return
        for inner in simple_commands(text, self.variables, arguments) or simple_commands(text, self.variables):
            yield from self.of(_within(inner, command), depth + 1)

    def _stated(self, words: tuple[str, ...], command: Simple, files: ContainerFiles) -> tuple[Simple, ...] | None:
        """The commands that files of a task runner or a supervisor name; None if it is neither."""
        named = task(words, files)
        return (named,) if named is not None else supervised_by(words, dict((*self.variables, *command.settings)), files)


def _handed_over(words: tuple[str, ...], files: ContainerFiles) -> tuple[tuple[str, ...], ...]:
    """The commands that a script in Python makes of its own process in the end."""
    start = parse_start(words)
    text = files.text(start.script) if start is not None and start.script and start.program == "python" else None
    return tuple(w for w in handed_over(text or "") if is_launcher(w[0]))


def _within(inner: Simple, outer: Simple) -> Simple:
    """A command that another one runs, in the folder and with the settings of both."""
    return replace(
        inner,
        folder=posixpath.join(outer.folder, inner.folder),
        settings=(*outer.settings, *inner.settings),
        background=inner.background or outer.background,
        branch=(*outer.branch, *inner.branch),
    )


def _shell_text(words: tuple[str, ...], files: ContainerFiles) -> tuple[str | None, tuple[str, ...]]:
    """The shell text that a command runs and the arguments it gives to it; None if the command is no shell's."""
    if _SHELL.fullmatch(posixpath.basename(words[0])):
        at = 1
        while at < len(words) and words[at].startswith("-"):
            if words[at].endswith("c") and not words[at].startswith("--") and at + 1 < len(words):
                return words[at + 1], words[at + 3 :]
            at += 1
        words = words[at:]
    elif not (words[0].endswith((".sh", ".bash")) or "/" in words[0] or "entrypoint" in words[0]):
        return None, ()
    text = files.text(words[0]) if words and not files.is_python(words[0]) else None
    if text is not None:
        return (None, ()) if _FOR_PYTHON.match(text) else (text, words[1:])
    # A script that is not in the scan usually ends by running its arguments.
    absent = len(words) > 1 and words[0].endswith(".sh")
    return ('exec "$@"' if absent else None), words[1:]
