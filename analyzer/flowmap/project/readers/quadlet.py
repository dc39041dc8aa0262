"""Containers of Podman as units of systemd (`orders.container`): the image, what it runs, its environment and its names."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Address, Declarations, DeclaredProcess, DescriptorReader, Diagnostic, Setting
from flowmap.project.paths import base, parent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile

_SUFFIX = ".container"
_LARGEST = 100_000


def _matches(path: str) -> bool:
    return path.endswith(_SUFFIX)


def _read(file: DescriptorFile) -> Declarations:
    if len(file.content) > _LARGEST:
        said = Diagnostic(f"unit of Podman is larger than {_LARGEST:,} bytes and not read", file.at(1))
        return Declarations(diagnostics=(said,))
    entries = list(_entries(file.text))
    given = {key: value for key, value, _ in reversed(entries)}
    image = next(((value, line) for key, value, line in entries if key == "Image" and value), None)
    if image is None:
        return Declarations()
    unit = re.sub(r"@$", "", base(file.path).removesuffix(_SUFFIX))
    named = given.get("ContainerName", "")
    hosts = [n for n in (named or f"systemd-{unit}", given.get("HostName", "")) if n and "%" not in n]
    hosts += [o.partition("=")[2] for k, v, _ in entries if k in {"NetworkAlias", "PodmanArgs"} for o in _aliases(k, v)]
    where = file.at(image[1])
    process = DeclaredProcess(
        name=unit,
        system="quadlet",
        scope=parent(file.path),
        location=where,
        rank=4,
        image="" if image[0].endswith((".build", ".image")) else image[0],
        entrypoint=_words(given.get("Entrypoint", "")),
        command=_words(given.get("Exec", "")),
        working_dir=given.get("WorkingDir", ""),
        environment=tuple(_settings(file, entries)),
        addresses=tuple(Address(h.lower(), None, where) for h in dict.fromkeys(hosts)),
        aliases=(named,) if named and named != unit and "%" not in named else (),
    )
    return Declarations(processes=(process,))


def _aliases(key: str, value: str) -> Iterator[str]:
    yield from (f"alias={value}",) if key == "NetworkAlias" else (w for w in _words(value) if w.startswith("--network-alias="))


def _settings(file: DescriptorFile, entries: list[tuple[str, str, int]]) -> Iterator[Setting]:
    """The variables; of several with one name the last one holds, which comes first here."""
    for key, value, line in reversed(entries):
        for word in _words(value) if key == "Environment" else ():
            name, given, told = word.partition("=")
            if given:
                yield Setting(name, told, file.at(line))


def _entries(text: str) -> Iterator[tuple[str, str, int]]:
    """The settings of the container, with their lines; lines that go on are one."""
    section = ""
    lines = enumerate(text.splitlines(), 1)
    for number, line in lines:
        whole = line.strip()
        while whole.endswith("\\"):
            whole = whole[:-1].rstrip() + " " + next(lines, (0, ""))[1].strip()
        if whole.startswith("["):
            section = whole
        key, given, value = whole.partition("=")
        if section == "[Container]" and given and not whole.startswith(("#", ";")):
            yield key.strip(), value.strip(), number


def _words(text: str) -> tuple[str, ...]:
    try:
        return tuple(shlex.split(text))
    except ValueError:
        return ()


READER = DescriptorReader("quadlet", _matches, _read)
