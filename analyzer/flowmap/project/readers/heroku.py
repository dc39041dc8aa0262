"""`heroku.yml`: the image that each process of an application of Heroku is built from, and its command; `app.json`: what all of
them are told. Release commands are no processes; add-ons are not looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.descriptor_api import (
    Build,
    Declarations,
    DeclaredProcess,
    DescriptorReader,
    Diagnostic,
    FolderSettings,
    Setting,
)
from flowmap.project.paths import base, join, parent
from flowmap.project.yaml_nodes import Table, Text, YamlError, documents, table, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile

_MANIFEST = ("heroku.yml", "heroku.yaml")
_APPLICATION = frozenset({"addons", "buildpacks", "formation", "env", "stack", "environments"})
"""Keys of an `app.json` of Heroku; other tools have one too."""


def _matches(path: str) -> bool:
    return base(path) in (*_MANIFEST, "app.json")


def _read(file: DescriptorFile) -> Declarations:
    described = base(file.path) == "app.json"
    if described and b'"env"' not in file.content:
        return Declarations()
    try:
        root = next((table(d) for d in documents(file.content)), Table({}, {}, 0))
    except YamlError as error:
        said = Diagnostic(f"heroku.yml cannot be read: {error}", file.at(1))
        return Declarations(diagnostics=() if described else (said,))
    if not described:
        return Declarations(processes=tuple(_processes(file, root)))
    settings = tuple(_told(file, root))
    ours = settings and len(_APPLICATION & root.entries.keys()) > 1
    return Declarations(settings=(FolderSettings(parent(file.path), 1, settings),) if ours else ())


def _processes(file: DescriptorFile, root: Table) -> Iterator[DeclaredProcess]:
    """What `run` names, and what is built without a command of its own, which is then that of its recipe."""
    folder = parent(file.path)
    built, run = table(root.get("build", "docker")), table(root.get("run"))
    config = tuple(_plain(file, table(root.get("setup", "config"))))
    for name in dict.fromkeys((*run.entries, *(n for n in built.entries if n != "release"))):
        stated = run.get(name)
        of = text(table(stated).get("image")) or name
        recipe = text(built.get(of))
        path = join(folder, recipe) if recipe else None
        command = text(stated) or " && ".join(texts(table(stated).get("command")))
        yield DeclaredProcess(
            name=name,
            system="heroku",
            scope=folder,
            location=file.at(run.at(name) if name in run.entries else built.at(name)),
            rank=6,
            folder=folder if path is None else None,
            build=Build(parent(path), path) if path is not None else None,
            command=("sh", "-c", command) if command else (),
            environment=config,
        )


def _plain(file: DescriptorFile, holder: Table) -> Iterator[Setting]:
    for name, value in holder.entries.items():
        if isinstance(value, Text) and not value.null:
            yield Setting(name, value.text, file.at(holder.at(name)))


def _told(file: DescriptorFile, root: Table) -> Iterator[Setting]:
    """`"env": {"NAME": "value", "OTHER": {"value": "..."}}`; what is made up for each application is not known."""
    stated = table(root.get("env"))
    for name, node in stated.entries.items():
        value = node if isinstance(node, Text) else table(node).get("value")
        if isinstance(value, Text) and value.text:
            yield Setting(name, value.text, file.at(stated.at(name)))


READER = DescriptorReader("heroku", _matches, _read)
