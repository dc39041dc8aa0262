"""`config.yaml` of python-lambda: a function of Lambda in a folder of its own, with what it is told there and in the files of its
stages (`config/production.yaml`), and what wakes it, in `event_sources*.json` as AWS and node-lambda write it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DeclaredProcess, DescriptorReader, Setting, Wire
from flowmap.project.aws.functions import handler_at
from flowmap.project.aws.names import conduit
from flowmap.project.paths import base, parent
from flowmap.project.settings_tables import settings_in
from flowmap.project.yaml_nodes import Table, YamlError, documents, items, table, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile

_ORDER = ("prod", "stag", "qa", "", "test", "dev", "local")
"""What the names of stages begin with, the one that counts most first."""
_STAGE = re.compile(r"(?<![a-z])(prod|stag|qa|test|dev|local)")


def _matches(path: str) -> bool:
    return base(path) in ("config.yaml", "config.yml")


def _read(file: DescriptorFile) -> Declarations:
    root = _table(file.content)
    name, folder = text(root.get("function_name")), parent(file.path)
    handler = handler_at(file, folder, text(root.get("handler")))
    if not name or not handler:
        return Declarations()
    process = DeclaredProcess(
        name=base(folder) if folder != "." else name,
        system="python-lambda",
        scope=folder,
        location=file.at(root.at("function_name")),
        rank=10,
        folder=folder,
        environment=tuple(_told(file, root)),
        aliases=(name,),
    )
    return Declarations(processes=(process,), wires=tuple(_wakes(file, process, handler)))


def _table(content: bytes) -> Table:
    try:
        return next((table(d) for d in documents(content)), Table({}, {}, 0))
    except YamlError:
        return Table({}, {}, 0)


def _told(file: DescriptorFile, root: Table) -> Iterator[Setting]:
    """The variables of the stages, and those of all of them."""
    stages = [p for p in file.below(f"{parent(file.path)}/config") if p.endswith((".yaml", ".yml"))]
    for path in sorted(stages, key=_rank):
        stage = _other(file, path)
        yield from settings_in(stage, table(_table(stage.content).get("environment_variables")))
    yield from settings_in(file, table(root.get("environment_variables")))


def _rank(path: str) -> tuple[int, str]:
    found = _STAGE.search(base(path))
    return _ORDER.index(found[1] if found is not None else ""), path


def _other(file: DescriptorFile, path: str) -> DescriptorFile:
    return replace(file, path=path, content=file.look(path) or b"")


def _wakes(file: DescriptorFile, process: DeclaredProcess, handler: str) -> Iterator[Wire]:
    said: set[str] = set()
    for path in sorted((p for p in file.below(parent(file.path)) if re.fullmatch(r"event_sources?.*\.json", base(p))), key=_rank):
        stage = _other(file, path)
        for mapping in items(_table(stage.content).get("EventSourceMappings")):
            source = conduit(text(table(mapping).get("EventSourceArn")))
            if source is not None and source.channel not in said:
                said.add(source.channel)
                where = stage.at(table(mapping).at("EventSourceArn"))
                yield Wire(source.transport, source.channel, where, (process.name,), handler=handler)


READER = DescriptorReader("python-lambda", _matches, _read)
