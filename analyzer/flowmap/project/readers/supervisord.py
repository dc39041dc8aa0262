"""Configurations of supervisord: the programs that it keeps running on a host.

What it runs in a container is found from the command of that; discovery lets those come first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DeclaredProcess, DescriptorReader, Setting
from flowmap.project.paths import base, parent, spoken_of
from flowmap.project.supervision import supervised

if TYPE_CHECKING:
    from flowmap.descriptor_api import DescriptorFile

_NAME = re.compile(r".*\.conf|.*supervisor.*\.(conf|ini|conf\.\w+)", re.IGNORECASE)
_PROGRAM = re.compile(rb"^\[program:", re.MULTILINE)


def _matches(path: str) -> bool:
    return bool(_NAME.fullmatch(base(path)))


def _read(file: DescriptorFile) -> Declarations:
    if not _PROGRAM.search(file.content):
        return Declarations()
    processes = tuple(
        DeclaredProcess(
            name=program.name,
            system="supervisord",
            scope=parent(file.path),
            location=file.at(program.line),
            rank=4,
            folder=spoken_of(file.path),
            command=program.words,
            environment=tuple(Setting(name, value, file.at(program.line)) for name, value in program.settings),
        )
        for program in supervised(file.text, {})
    )
    return Declarations(processes=processes)


READER = DescriptorReader("supervisord", _matches, _read)
