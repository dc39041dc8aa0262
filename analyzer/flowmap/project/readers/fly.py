"""Applications of Fly (`fly.toml`): the image they are built from, one process for each group, and what these are told.

Machines, checks and volumes are not looked at.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, TypeAlias

from flowmap.descriptor_api import Address, Build, Declarations, DeclaredProcess, DescriptorReader, Diagnostic, Setting
from flowmap.project.paths import base, join, parent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flowmap.descriptor_api import DescriptorFile

_NAME = re.compile(r"fly(?:[._-][\w.-]+)?\.toml")
_OTHER = re.compile(r"[._-](dev|development|staging|stage|test|testing|review|preview|example)[._-]", re.IGNORECASE)
_LARGEST = 200_000
_Table: TypeAlias = "Mapping[str, object]"


def _matches(path: str) -> bool:
    return bool(_NAME.fullmatch(base(path)))


def _read(file: DescriptorFile) -> Declarations:
    if len(file.content) > _LARGEST:
        return Declarations(diagnostics=(Diagnostic(f"fly.toml is larger than {_LARGEST:,} bytes and not read", file.at(1)),))
    try:
        root: _Table = tomllib.loads(file.text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Declarations(diagnostics=(Diagnostic(f"fly.toml cannot be read: {error}", file.at(1)),))
    name = _text(root.get("app"))
    if not name:
        return Declarations()
    return Declarations(processes=tuple(_processes(file, root, name)))


def _processes(file: DescriptorFile, root: _Table, name: str) -> Iterator[DeclaredProcess]:
    folder = parent(file.path)
    stated = _table(root.get("build"))
    recipe = _text(stated.get("dockerfile")) or "Dockerfile"
    path = join(folder, recipe)
    image = _text(stated.get("image"))
    built = not image and path is not None and file.look(path) is not None
    groups = {group: _text(command) for group, command in _table(root.get("processes")).items()} or {"app": ""}
    for group, command in groups.items():
        where = file.at(_line(file, group) if len(groups) > 1 else _line(file, "app"))
        hosts = (
            f"{group}.process.{name}.internal",
            *((f"{name}.internal", f"{name}.flycast", f"{name}.fly.dev") if _serves(root, group) else ()),
        )
        yield DeclaredProcess(
            name=name if len(groups) == 1 else f"{name}-{group}",
            system="fly",
            scope=folder,
            location=where,
            rank=5 if _OTHER.search(base(file.path)) else 6,
            folder=None if built or image else folder,
            build=Build(folder, path, target=_text(stated.get("build-target"))) if built else None,
            image=image,
            command=("sh", "-c", command) if command else (),
            environment=tuple(_variables(file, root)),
            addresses=tuple(Address(host.lower(), None, where) for host in hosts),
        )


def _serves(root: _Table, group: str) -> bool:
    """Whether requests to the application reach a group: no service says which groups take them, or one names it."""
    services = root.get("services")
    holders = [_table(root.get("http_service")), *(_table(s) for s in (services if isinstance(services, list) else ()))]
    named = [p for holder in holders if isinstance(groups := holder.get("processes"), list) for p in groups]
    return not named or group in named


def _variables(file: DescriptorFile, root: _Table) -> Iterator[Setting]:
    for name, value in _table(root.get("env")).items():
        if isinstance(value, str | int | float):
            yield Setting(name, str(value), file.at(_line(file, name)))


def _line(file: DescriptorFile, key: str) -> int:
    """Where a key is assigned, 1 if that is not plain."""
    pattern = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
    return next((number for number, line in enumerate(file.text.splitlines(), 1) if pattern.match(line)), 1)


def _table(value: object) -> _Table:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


READER = DescriptorReader("fly", _matches, _read)
