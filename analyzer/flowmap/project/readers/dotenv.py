"""`.env` files: variables that a program loads from its own folder, and the samples that are often the only ones committed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DescriptorReader, FolderSettings, Setting
from flowmap.project.interpolation import interpolate
from flowmap.project.merging import is_sample
from flowmap.project.paths import base, parent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flowmap.descriptor_api import DescriptorFile

_LINE = re.compile(r"\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*=\s*(.*)")
_NAME = re.compile(r"\.env(\..+)?|\.flaskenv|[\w.-]+\.env(\..+)?|env\.(example|sample|dist|template)|\.env[-_].+", re.IGNORECASE)
_TEST = re.compile(r"(^|[._-])(test|testing|tests|ci)([._-]|$)", re.IGNORECASE)
_TO_COPY = ("example", "sample", "dist", "template", "tmpl", "default", "defaults")
_ADDRESS = re.compile(r"(^|_)(url|uri|host|hostname|endpoint|address|server|origin)s?$", re.IGNORECASE)
_CONDUIT = re.compile(r"(^|_)(queue|topic|stream|bus|channel|subject|exchange)s?_", re.IGNORECASE)
_TO_FILL_IN = re.compile(
    r"<[^<>]+>|\[[^\[\]]+\]|(your|my)[-_ ].+|.+[-_ ]here|(change|replace|fill|insert)[-_ ]?(me|this|it|in)?"
    r"|placeholder|todo|tbd|x{3,}|\.{3}",
    re.IGNORECASE,
)


def samples_of(path: str) -> Iterator[str]:
    """The paths under which people commit the file of variables at `path` for others to copy and fill in, the likeliest first."""
    folder, slash, name = path.rpartition("/")
    plain, stem = name.removeprefix("."), name.removesuffix(".env").removeprefix(".")
    for word in _TO_COPY:
        forms = [f"{name}.{word}", f"{name}-{word}", f"{name}_{word}", f"{word}.{plain}", f".{word}.{plain}", f"{plain}.{word}"]
        forms += [f"{stem}.{word}.env", f"{stem}-{word}.env"] if stem and name.endswith(".env") else []
        yield from (folder + slash + form for form in dict.fromkeys(forms))


def filled_in(file: DescriptorFile, given: Mapping[str, str] | None = None) -> tuple[Setting, ...]:
    """The variables of a file, without those that a file to be copied leaves to whoever copies it."""
    return tuple(s for s in _said(file, parse_dotenv(file, given)) if s.value or not is_sample(file.path))


def _said(file: DescriptorFile, found: tuple[Setting, ...]) -> tuple[Setting, ...]:
    """The variables of a file, in one to be copied without addresses of which it only says that somebody is to fill them in."""
    if not is_sample(file.path):
        return found
    return tuple(s for s in found if not (_TO_FILL_IN.fullmatch(s.value) and _is_address(s.name)))


def _is_address(name: str) -> bool:
    """Whether a variable's name speaks of an address, and not of that of a queue or topic, which is a name all the same."""
    return bool(_ADDRESS.search(name)) and not _CONDUIT.search(name)


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
    settings = _said(file, parse_dotenv(file))
    if not settings:
        return Declarations()
    return Declarations(settings=(FolderSettings(parent(file.path), _rank(base(file.path)), settings),))


READER = DescriptorReader("dotenv", _matches, _read)
