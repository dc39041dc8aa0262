"""Procfiles: named processes that run in the folder of the file. Release steps are no processes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DeclaredProcess, DescriptorReader
from flowmap.project.paths import base, parent

if TYPE_CHECKING:
    from flowmap.descriptor_api import DescriptorFile

_LINE = re.compile(r"([A-Za-z0-9_-]+):\s*(\S.*)")


def _matches(path: str) -> bool:
    return base(path) == "Procfile"


def _read(file: DescriptorFile) -> Declarations:
    folder = parent(file.path)
    lines = [(number, _LINE.fullmatch(line.strip())) for number, line in enumerate(file.text.splitlines(), 1)]
    processes = tuple(
        DeclaredProcess(
            name=match[1],
            system="procfile",
            scope=folder,
            location=file.at(number),
            rank=5,
            folder=folder,
            command=("sh", "-c", match[2]),
        )
        for number, match in lines
        if match is not None and match[1] != "release"
    )
    return Declarations(processes=processes)


READER = DescriptorReader("procfile", _matches, _read)
