"""Specifications of DigitalOcean's App Platform (`.do/app.yaml`): components with their folder, what starts them, and what they are
told, also by each other. Databases, domains and scaling are not looked at; secrets are not read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Address, Build, Declarations, DeclaredProcess, DescriptorReader, Diagnostic, Setting
from flowmap.project.paths import base, join, parent
from flowmap.project.yaml_nodes import Table, Text, YamlError, documents, table, tables, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flowmap.descriptor_api import DescriptorFile

_KINDS = ("services", "workers", "jobs")
_BOUND = re.compile(r"\$\{([\w-]+)\.(PRIVATE_URL|PRIVATE_DOMAIN|PRIVATE_PORT)\}")
_PORT = "8080"


def _matches(path: str) -> bool:
    return base(parent(path)) == ".do" and path.endswith((".yaml", ".yml"))


def _read(file: DescriptorFile) -> Declarations:
    try:
        root = next((table(d) for d in documents(file.content)), Table({}, {}, 0))
    except YamlError as error:
        return Declarations(diagnostics=(Diagnostic(f"specification of an app cannot be read: {error}", file.at(1)),))
    spec = table(root.get("spec")) if "spec" in root.entries else root
    components = [c for kind in _KINDS for c in tables(spec.get(kind)) if text(c.get("name"))]
    ports = {text(c.get("name")): text(c.get("http_port")) or _PORT for c in components}
    shared = tuple(_settings(file, spec, ports))
    return Declarations(processes=tuple(_process(file, c, ports, shared) for c in components))


def _process(file: DescriptorFile, component: Table, ports: Mapping[str, str], shared: tuple[Setting, ...]) -> DeclaredProcess:
    top = parent(parent(file.path))
    name, where = text(component.get("name")), file.at(component.at("name"))
    folder = join(top, text(component.get("source_dir")).lstrip("/") or ".") or top
    recipe = join(top, text(component.get("dockerfile_path")).lstrip("/")) if "dockerfile_path" in component.entries else None
    image = text(component.get("image", "repository"))
    command = text(component.get("run_command"))
    port = ports[name]
    return DeclaredProcess(
        name=name,
        system="digitalocean",
        scope=top,
        location=where,
        rank=6,
        folder=folder if recipe is None and not image else None,
        build=Build(folder, recipe) if recipe is not None else None,
        image=image,
        command=("sh", "-c", command) if command else (),
        environment=(*_settings(file, component, ports), *shared),
        addresses=(Address(name.lower(), int(port[:5]) if port.isdecimal() else None, where),),
    )


def _settings(file: DescriptorFile, holder: Table, ports: Mapping[str, str]) -> Iterator[Setting]:
    for variable in tables(holder.get("envs")):
        name, value = text(variable.get("key")), variable.get("value")
        if name and isinstance(value, Text) and not value.null and text(variable.get("type")) != "SECRET":
            told = _BOUND.sub(lambda match: _of_another(match, ports), value.text)
            if "${" not in told:
                yield Setting(name, told, file.at(variable.at("key")))


def _of_another(match: re.Match[str], ports: Mapping[str, str]) -> str:
    name, port = match[1], ports.get(match[1], _PORT)
    return {"PRIVATE_URL": f"http://{name}:{port}", "PRIVATE_DOMAIN": name, "PRIVATE_PORT": port}[match[2]]


READER = DescriptorReader("digitalocean", _matches, _read)
