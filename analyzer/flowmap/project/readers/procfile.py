"""Procfiles: named processes that run in the folder of the file. Release steps are no processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DeclaredProcess, DescriptorReader
from flowmap.project.paths import base, parent
from flowmap.project.supervision import procfile

if TYPE_CHECKING:
    from flowmap.descriptor_api import DescriptorFile


def _matches(path: str) -> bool:
    return base(path).lower() == "procfile"


def _read(file: DescriptorFile) -> Declarations:
    folder = parent(file.path)
    processes = tuple(
        DeclaredProcess(
            name=name,
            system="procfile",
            scope=folder,
            location=file.at(number),
            rank=5,
            folder=folder,
            command=("sh", "-c", command),
        )
        for number, name, command in procfile(file.text)
    )
    return Declarations(processes=processes)


READER = DescriptorReader("procfile", _matches, _read)
