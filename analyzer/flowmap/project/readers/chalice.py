"""`.chalice/config.json`: an application of Chalice, with the variables that a stage gives it; the rest is about deployment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DeclaredProcess, DescriptorReader, Diagnostic
from flowmap.project.paths import base, parent
from flowmap.project.settings_tables import settings_in
from flowmap.project.yaml_nodes import Table, YamlError, documents, table, text

if TYPE_CHECKING:
    from flowmap.descriptor_api import DescriptorFile


def _matches(path: str) -> bool:
    return base(path) == "config.json" and base(parent(path)) == ".chalice"


def _read(file: DescriptorFile) -> Declarations:
    try:
        root = next((table(d) for d in documents(file.content)), Table({}, {}, 0))
    except YamlError as error:
        return Declarations(diagnostics=(Diagnostic(f"configuration of Chalice cannot be read: {error}", file.at(1)),))
    name, folder = text(root.get("app_name")), parent(parent(file.path))
    if not name:
        return Declarations()
    stages = [table(n) for n in table(root.get("stages")).entries.values()]
    told = [table(holder.get("environment_variables")) for holder in (*stages[:1], root)]
    process = DeclaredProcess(
        name=name,
        system="chalice",
        scope=folder,
        location=file.at(root.at("app_name")),
        rank=10,
        folder=folder,
        environment=tuple(s for holder in told for s in settings_in(file, holder)),
    )
    return Declarations(processes=(process,))


READER = DescriptorReader("chalice", _matches, _read)
