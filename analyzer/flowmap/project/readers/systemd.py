"""Units of systemd that start a program: its command and its environment. Timers, sockets and dependencies are not looked at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DeclaredProcess, DescriptorReader, Diagnostic
from flowmap.project.paths import base, parent, spoken_of
from flowmap.project.units import LARGEST_UNIT, entries, variables, words

if TYPE_CHECKING:
    from flowmap.descriptor_api import DescriptorFile

_NAME = re.compile(r"(?P<unit>[\w.-]+?)@?\.service(\.(in|tmpl|template|example|sample))?")
_PREFIX = re.compile(r"^[-@:+!|]+")


def _matches(path: str) -> bool:
    return bool(_NAME.fullmatch(base(path)))


def _read(file: DescriptorFile) -> Declarations:
    match = _NAME.fullmatch(base(file.path))
    if len(file.content) > LARGEST_UNIT:
        said = Diagnostic(f"unit of systemd is larger than {LARGEST_UNIT:,} bytes and not read", file.at(1))
        return Declarations(diagnostics=(said,))
    found = entries(file.text, "Service")
    command = next(((_PREFIX.sub("", value), line) for key, value, line in found if key == "ExecStart" and value), None)
    if match is None or command is None or not words(command[0]):
        return Declarations()
    process = DeclaredProcess(
        name=match["unit"],
        system="systemd",
        scope=parent(file.path),
        location=file.at(command[1]),
        rank=4 if "@" in base(file.path) else 3,  # what runs is the instance, not what starts all of them
        folder=spoken_of(file.path),
        command=words(command[0]),
        environment=tuple(variables(file, found)),
    )
    return Declarations(processes=(process,))


READER = DescriptorReader("systemd", _matches, _read)
