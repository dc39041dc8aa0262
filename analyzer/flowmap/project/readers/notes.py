"""READMEs, Makefiles and start scripts: lines for people that say on which port of this machine something is started.

Only ports are taken from here, with the words around them; whose port it is, is decided where the services are known.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DescriptorReader, PortNote
from flowmap.project.paths import base, parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile

_NAME = re.compile(r"readme(\..*)?|makefile|.*\.mk|justfile|taskfile\.ya?ml|(run|start)[\w-]*\.(sh|bat|ps1)", re.IGNORECASE)
_OPTION = re.compile(r"(?:--(?:app-)?port[= ]|(?<=\s)-p[= ]|(?<=\s)(?:--bind|-b)[= ]\S*:)(\d{4,5})\b")
_MENTION = re.compile(r"(?:(?:localhost|127\.0\.0\.1|0\.0\.0\.0):|(?<![\w-])ports?\b\W{0,4}|\|\s*`?:?)(\d{4,5})\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d{4}")
_WORD = re.compile(r"[A-Za-z][\w.-]*(?:/[\w.-]+)*")
_ENTERED = re.compile(r"\b(?:cd|pushd)\s+([\w./-]+)")
# Ports on which brokers, databases and sidecars listen, which a README names for every service that uses them.
_OF_PRODUCTS = frozenset(
    {1433, 1883, 2181, 3306, 3500, 4222, 4566, 5432, 5672, 6379, 8222, 9000, 9042, 9092, 9200, 11211, 15672, 27017}
)
_LONGEST = 200_000
_DEEPEST = 4


def _matches(path: str) -> bool:
    return bool(_NAME.fullmatch(base(path))) and len(parts(path)) <= _DEEPEST


def _read(file: DescriptorFile) -> Declarations:
    return Declarations(notes=tuple(_notes(file)))


def _notes(file: DescriptorFile) -> Iterator[PortNote]:
    entered = ""
    for number, line in enumerate(file.text[:_LONGEST].splitlines(), 1):
        if match := _ENTERED.search(line):
            entered = match[1]
        elif not line.strip() or line.startswith("#"):
            entered = ""
        if not _NUMBER.search(line):
            continue
        given = _OPTION.findall(line)
        ports = {int(p) for p in given or _MENTION.findall(line)} - _OF_PRODUCTS
        if len(ports) == 1:
            words = dict.fromkeys((*_WORD.findall(line), *([entered] if entered else [])))
            yield PortNote(ports.pop(), bool(given), tuple(words), file.at(number))


READER = DescriptorReader("notes", _matches, _read)
