"""`.env` files: variables that a program loads from its own folder, and the samples that are often the only ones committed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DescriptorReader, FolderSettings, Setting
from flowmap.project.interpolation import interpolate
from flowmap.project.merging import is_sample
from flowmap.project.paths import base, parent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flowmap.descriptor_api import DescriptorFile

_LINE = re.compile(r"\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*=\s*(.*)")
_NAME = re.compile(r"\.env(\..+)?|\.flaskenv|[\w.-]+\.env(\..+)?|env\.(example|sample|dist|template)|\.env[-_].+", re.IGNORECASE)
_TEST = re.compile(r"(^|[._-])(test|testing|tests|ci)([._-]|$)", re.IGNORECASE)
EXAMPLES = (".example", ".sample", ".dist", ".template")


def parse_dotenv(file: DescriptorFile, given: Mapping[str, str] | None = None) -> tuple[Setting, ...]:
    """The variables of a file in order. A value may refer to earlier ones and to `given`; one that refers to anything else is
    unknown and left out."""
    known = dict(given or {})
    found: dict[str, Setting] = {}
    for number, line in enumerate(file.text.splitlines(), 1):
        match = _LINE.match(line)
        if match is None or line.lstrip().startswith("#"):
            continue
        name, raw = match[1], match[2].strip()
        value = _value(raw, known)
        if value is not None:
            known[name] = value
            found[name] = Setting(name, value, file.at(number))
    return tuple(found.values())


def _value(raw: str, known: Mapping[str, str]) -> str | None:
    if raw.startswith("'"):
        return raw[1:].partition("'")[0]
    if raw.startswith('"'):
        raw = raw[1:].partition('"')[0].replace("\\n", "\n")
    else:
        raw = re.split(r"(?:^|\s)#", raw, maxsplit=1)[0].strip()
    done = interpolate(raw, known)
    return None if done.missing else done.text


def _rank(name: str) -> int:
    if is_sample(name):
        return 0
    return 3 if name in (".env", ".flaskenv") else 2


def _matches(path: str) -> bool:
    name = base(path)
    return bool(_NAME.fullmatch(name)) and not _TEST.search(name)


def _read(file: DescriptorFile) -> Declarations:
    settings = parse_dotenv(file)
    if not settings:
        return Declarations()
    return Declarations(settings=(FolderSettings(parent(file.path), _rank(base(file.path)), settings),))


READER = DescriptorReader("dotenv", _matches, _read)
