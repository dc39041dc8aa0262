"""Containers of Podman as units of systemd (`orders.container`): the image, what it runs, its environment and its names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Address, Declarations, DeclaredProcess, DescriptorReader, Diagnostic
from flowmap.project.paths import base, parent
from flowmap.project.units import LARGEST_UNIT, entries, variables, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile

_SUFFIX = ".container"


def _matches(path: str) -> bool:
    return path.endswith(_SUFFIX)


def _read(file: DescriptorFile) -> Declarations:
    if len(file.content) > LARGEST_UNIT:
        said = Diagnostic(f"unit of Podman is larger than {LARGEST_UNIT:,} bytes and not read", file.at(1))
        return Declarations(diagnostics=(said,))
    found = entries(file.text, "Container")
    given = {key: value for key, value, _ in reversed(found)}
    image = next(((value, line) for key, value, line in found if key == "Image" and value), None)
    if image is None:
        return Declarations()
    unit = re.sub(r"@$", "", base(file.path).removesuffix(_SUFFIX))
    named = given.get("ContainerName", "")
    hosts = [n for n in (named or f"systemd-{unit}", given.get("HostName", "")) if n and "%" not in n]
    hosts += [o.partition("=")[2] for k, v, _ in found if k in {"NetworkAlias", "PodmanArgs"} for o in _aliases(k, v)]
    where = file.at(image[1])
    process = DeclaredProcess(
        name=unit,
        system="quadlet",
        scope=parent(file.path),
        location=where,
        rank=4,
        image="" if image[0].endswith((".build", ".image")) else image[0],
        entrypoint=words(given.get("Entrypoint", "")),
        command=words(given.get("Exec", "")),
        working_dir=given.get("WorkingDir", ""),
        environment=tuple(variables(file, found)),
        addresses=tuple(Address(h.lower(), None, where) for h in dict.fromkeys(hosts)),
        aliases=(named,) if named and named != unit and "%" not in named else (),
    )
    return Declarations(processes=(process,))


def _aliases(key: str, value: str) -> Iterator[str]:
    yield from (f"alias={value}",) if key == "NetworkAlias" else (w for w in words(value) if w.startswith("--network-alias="))


READER = DescriptorReader("quadlet", _matches, _read)
