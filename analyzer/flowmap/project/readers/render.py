"""Blueprints of Render (`render.yaml`): services with their folder, what starts them, and what they are told, also by each other.

Databases, disks and scaling are not looked at; what only Render's own pages know (`sync: false`) is not told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.descriptor_api import (
    Address,
    Build,
    Declarations,
    DeclaredProcess,
    DescriptorReader,
    Diagnostic,
    NamedSettings,
    Setting,
    SettingReference,
)
from flowmap.project.paths import base, join, parent
from flowmap.project.yaml_nodes import Table, Text, YamlError, documents, table, tables, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile

_KINDS = ("web", "worker", "pserv", "cron", "keyvalue", "redis")
_STORES = ("keyvalue", "redis")
_PORT = 10_000
"""Where a service listens unless it is told another port."""


def _matches(path: str) -> bool:
    return base(path) in ("render.yaml", "render.yml")


def _read(file: DescriptorFile) -> Declarations:
    try:
        root = next((table(d) for d in documents(file.content)), Table({}, {}, 0))
    except YamlError as error:
        return Declarations(diagnostics=(Diagnostic(f"blueprint cannot be read: {error}", file.at(1)),))
    environments = [table(e) for p in tables(root.get("projects")) for e in tables(p.get("environments"))]
    holders = (root, *environments)
    services = [s for h in holders for s in tables(h.get("services")) if text(s.get("type")) in _KINDS and text(s.get("name"))]
    ports = {text(s.get("name")): _port(s) for s in services}
    return Declarations(
        processes=tuple(_process(file, service, ports) for service in services if text(service.get("runtime")) != "static"),
        groups=tuple(
            NamedSettings(text(group.get("name")), tuple(_settings(file, group, ports)))
            for holder in holders
            for group in tables(holder.get("envVarGroups"))
        ),
    )


def _port(service: Table) -> int:
    own = (text(v.get("value")) for v in tables(service.get("envVars")) if text(v.get("key")) == "PORT")
    return next((int(p[:5]) for p in own if p.isdecimal()), 6379 if text(service.get("type")) in _STORES else _PORT)


def _process(file: DescriptorFile, service: Table, ports: dict[str, int]) -> DeclaredProcess:
    name, top = text(service.get("name")), parent(file.path)
    folder = join(top, text(service.get("rootDir")) or ".") or top
    runtime = text(service.get("runtime")) or text(service.get("env"))
    store = text(service.get("type")) in _STORES
    image = "redis" if store else text(service.get("image", "url"))
    context = join(folder, text(service.get("dockerContext")) or ".") or folder
    build = Build(context, join(folder, text(service.get("dockerfilePath")) or "Dockerfile")) if runtime == "docker" else None
    command = text(service.get("dockerCommand")) or text(service.get("startCommand"))
    where = file.at(service.at("name"))
    web = (Address(f"{name}.onrender.com", None, where),) if text(service.get("type")) == "web" else ()
    return DeclaredProcess(
        name=name,
        system="render",
        scope=top,
        location=where,
        rank=6,
        folder=folder if build is None and not image else None,
        build=build,
        image=image,
        command=("sh", "-c", command) if command else (),
        environment=tuple(_settings(file, service, ports)),
        references=tuple(SettingReference(g) for v in tables(service.get("envVars")) if (g := text(v.get("fromGroup")))),
        addresses=(Address(name.lower(), ports[name], where), *web),
    )


def _settings(file: DescriptorFile, holder: Table, ports: dict[str, int]) -> Iterator[Setting]:
    for variable in tables(holder.get("envVars")):
        name, value = text(variable.get("key")), variable.get("value")
        told = value.text if isinstance(value, Text) and not value.null else _of_another(table(variable.get("fromService")), ports)
        if name and told:
            yield Setting(name, told, file.at(variable.at("key")))


def _of_another(source: Table, ports: dict[str, int]) -> str:
    """What another service of the blueprint is known by; empty if it is not one, or something else is asked for."""
    name = text(source.get("name"))
    port = ports.get(name, _PORT)
    stated = {
        "host": name,
        "port": str(port),
        "hostport": f"{name}:{port}",
        "connectionString": f"redis://{name}:{port}",
    }
    return stated.get(text(source.get("property")), "") if name else ""


READER = DescriptorReader("render", _matches, _read)
