"""Quix: `quix.yaml` says which applications of a pipeline run with which variables, and which topics there are; `app.yaml` says of
an application which variables it has and what starts it.

What Quix brings itself, and secrets, are not looked at.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from flowmap.descriptor_api import (
    Address,
    Build,
    Declarations,
    DeclaredProcess,
    DescriptorReader,
    Diagnostic,
    Existing,
    Setting,
)
from flowmap.project.paths import base, join, parent
from flowmap.project.yaml_nodes import Table, Text, YamlError, documents, table, tables, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile

_PIPELINE = "quix.yaml"
_APPLICATION = "app.yaml"
_OWN = re.compile(rb"^(?:runEntryPoint|defaultFile|language)[ \t]*:", re.MULTILINE)


def _matches(path: str) -> bool:
    return base(path) in (_PIPELINE, _APPLICATION)


def _read(file: DescriptorFile) -> Declarations:
    alone = base(file.path) == _APPLICATION
    if alone and not (_OWN.search(file.content) and b"variables" in file.content):
        return Declarations()
    try:
        root = next((table(d) for d in documents(file.content)), Table({}, {}, 0))
    except YamlError as error:
        return Declarations(diagnostics=(Diagnostic(f"{base(file.path)} of Quix cannot be read: {error}", file.at(1)),))
    if alone:
        around = join(parent(parent(file.path)), _PIPELINE)
        deployed = around is not None and file.look(around) is not None
        name = base(parent(file.path)).lstrip(".") or text(root.get("name"))
        return Declarations(processes=() if deployed else (_process(file, root, name, file),))
    return Declarations(processes=tuple(_deployed(file, root)), existing=tuple(_topics(file, root)))


def _deployed(file: DescriptorFile, root: Table) -> Iterator[DeclaredProcess]:
    for deployment in tables(root.get("deployments")):
        stated = text(deployment.get("application"))
        path = join(parent(file.path), f"{stated}/{_APPLICATION}")
        if stated and path is not None and file.is_folder(parent(path)):
            application = replace(file, path=path, content=file.look(path) or b"")
            yield _process(file, deployment, text(deployment.get("name")) or base(stated), application)


def _process(file: DescriptorFile, stated: Table, name: str, application: DescriptorFile) -> DeclaredProcess:
    """An application as it is deployed, or as it is by itself."""
    try:
        described = next((table(d) for d in documents(application.content)), Table({}, {}, 0))
    except YamlError:
        described = Table({}, {}, 0)
    folder = parent(application.path)
    recipe = join(folder, text(described.get("dockerfile")) or "dockerfile")
    built = recipe is not None and file.look(recipe) is not None
    start = text(described.get("runEntryPoint")) or text(described.get("defaultFile"))
    host = text(stated.get("network", "serviceName")).lower()
    ports = [int(p) for node in tables(stated.get("network", "ports")) if (p := text(node.get("port"))).isdecimal()]
    where = file.at(max(stated.at("name"), 1))
    return DeclaredProcess(
        name=name,
        system="quix",
        scope=parent(file.path),
        location=where,
        rank=10,
        folder=None if built else folder,
        build=Build(folder, recipe) if built else None,
        command=("python", start) if start and not built else (),
        environment=tuple(_variables(file, stated, "value")),
        fallbacks=tuple(_variables(application, described, "defaultValue")),
        addresses=tuple(Address(host, port, where) for port in ports or (None,)) if host else (),
    )


def _variables(file: DescriptorFile, holder: Table, key: str) -> Iterator[Setting]:
    for variable in tables(holder.get("variables")):
        name, value = text(variable.get("name")), variable.get(key)
        plain = isinstance(value, Text) and not value.null and "{{" not in value.text
        if name and plain and text(variable.get("inputType")) not in ("Secret", "HiddenText"):
            yield Setting(name, text(value), file.at(variable.at(key)))


def _topics(file: DescriptorFile, root: Table) -> Iterator[Existing]:
    for topic in tables(root.get("topics")):
        name = text(topic.get("name"))
        if name and "{" not in name:
            yield Existing("kafka", name, file.at(topic.at("name")))


READER = DescriptorReader("quix", _matches, _read)
