"""Dapr multi-app run files: applications with their folder, command, port and environment. Subscription resources: the topics that
are brought to which route of which applications. Components are not looked at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DeclaredProcess, DescriptorReader, Setting, Wire
from flowmap.project.local_hosts import local_addresses
from flowmap.project.paths import base, join, parent
from flowmap.project.yaml_nodes import Table, Text, YamlError, documents, table, tables, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile

_OURS = re.compile(rb"^apps\s*:|^\s*kind\s*:\s*Subscription\b", re.MULTILINE)


def _matches(path: str) -> bool:
    return path.endswith((".yml", ".yaml"))


def _read(file: DescriptorFile) -> Declarations:
    if not (b"apps" in file.content or b"Subscription" in file.content) or not _OURS.search(file.content):
        return Declarations()
    try:
        roots = documents(file.content)
    except YamlError:
        return Declarations()
    return Declarations(
        processes=tuple(p for root in roots for p in _processes(file, table(root))),
        wires=tuple(w for root in roots for w in _wires(file, table(root))),
    )


def _wires(file: DescriptorFile, root: Table) -> Iterator[Wire]:
    """`kind: Subscription` of dapr.io, with its default route and those of its rules."""
    if text(root.get("kind")) != "Subscription" or not text(root.get("apiVersion")).startswith("dapr.io/"):
        return
    spec = table(root.get("spec"))
    topic = text(spec.get("topic"))
    routes = [text(spec.get("route")), text(spec.get("routes", "default"))]
    routes += [text(rule.get("path")) for rule in tables(spec.get("routes", "rules"))]
    for route in dict.fromkeys(r for r in routes if r):
        if topic:
            yield Wire("dapr", topic, file.at(spec.at("topic")), texts(root.get("scopes")), route)


def _processes(file: DescriptorFile, root: Table) -> Iterator[DeclaredProcess]:
    common = _environment(file, table(root.get("common", "env")))
    for app in tables(root.get("apps")):
        folder = join(parent(file.path), text(app.get("appDirPath")) or ".")
        if folder is None or not ({"appDirPath", "appID", "command"} & app.entries.keys()):
            continue
        port = text(app.get("appPort"))
        where = file.at(app.line)
        yield DeclaredProcess(
            name=text(app.get("appID")) or base(folder),
            system="dapr",
            scope=parent(file.path),
            location=where,
            rank=10,
            folder=folder,
            command=texts(app.get("command")),
            environment=(*_environment(file, table(app.get("env"))), *common),
            addresses=local_addresses(int(port), where) if port.isdecimal() else (),
        )


def _environment(file: DescriptorFile, node: Table) -> tuple[Setting, ...]:
    return tuple(
        Setting(name, value.text, file.at(node.at(name)))
        for name, value in node.entries.items()
        if isinstance(value, Text) and not value.null
    )


READER = DescriptorReader("dapr", _matches, _read)
