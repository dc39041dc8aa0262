"""Units of systemd that start a program: its command and its environment. Timers, sockets and dependencies are not looked at."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DeclaredProcess, DescriptorReader, Diagnostic, Setting
from flowmap.project.paths import base, parent, spoken_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile

_NAME = re.compile(r"(?P<unit>[\w.-]+?)@?\.service(\.(in|tmpl|template|example|sample))?")
_PREFIX = re.compile(r"^[-@:+!|]+")
_LARGEST = 100_000


def _matches(path: str) -> bool:
    return bool(_NAME.fullmatch(base(path)))


def _read(file: DescriptorFile) -> Declarations:
    match = _NAME.fullmatch(base(file.path))
    if len(file.content) > _LARGEST:
        said = Diagnostic(f"unit of systemd is larger than {_LARGEST:,} bytes and not read", file.at(1))
        return Declarations(diagnostics=(said,))
    entries = list(_entries(file.text))
    command = next(((_PREFIX.sub("", value), line) for key, value, line in entries if key == "ExecStart" and value), None)
    if match is None or command is None or not _words(command[0]):
        return Declarations()
    pairs = [(word.partition("="), line) for key, value, line in entries if key == "Environment" for word in _words(value)]
    process = DeclaredProcess(
        name=match["unit"],
        system="systemd",
        scope=parent(file.path),
        location=file.at(command[1]),
        rank=4 if "@" in base(file.path) else 3,  # what runs is the instance, not what starts all of them
        folder=spoken_of(file.path),
        command=_words(command[0]),
        environment=tuple(Setting(name, value, file.at(line)) for (name, given, value), line in reversed(pairs) if given),
    )
    return Declarations(processes=(process,))


def _entries(text: str) -> Iterator[tuple[str, str, int]]:
    """The settings of the section that starts the program, with their lines; lines that go on are one."""
    section = ""
    lines = enumerate(text.splitlines(), 1)
    for number, line in lines:
        whole = line.strip()
        while whole.endswith("\\"):
            whole = whole[:-1].rstrip() + " " + next(lines, (0, ""))[1].strip()
        if whole.startswith("["):
            section = whole
        key, given, value = whole.partition("=")
        if section == "[Service]" and given and not whole.startswith(("#", ";")):
            yield key.strip(), value.strip(), number


def _words(text: str) -> tuple[str, ...]:
    try:
        return tuple(shlex.split(text))
    except ValueError:
        return ()


READER = DescriptorReader("systemd", _matches, _read)
