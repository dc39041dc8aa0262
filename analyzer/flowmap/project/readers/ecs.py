"""Tasks of Amazon ECS: definitions in JSON files of their own, as `aws ecs register-task-definition` and the actions that deploy
take them, and resources of CloudFormation templates. Containers of one task reach one another on this machine; those of a
template also by the names of the services that run it, and those that Service Connect and Cloud Map give them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Address, Declarations, DeclaredProcess, DescriptorReader, Setting
from flowmap.project.aws.names import HOLE
from flowmap.project.aws.template import Template, resources_of
from flowmap.project.local_hosts import local_addresses
from flowmap.project.paths import parent
from flowmap.project.yaml_nodes import Node, Table, Text, YamlError, documents, table, tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile

_TASK, _SERVICE = "AWS::ECS::TaskDefinition", "AWS::ECS::Service"
_OURS = re.compile(rb"\"containerDefinitions\"|AWS::ECS::TaskDefinition")
_MOST = 200


def _matches(path: str) -> bool:
    return path.endswith((".json", ".yml", ".yaml", ".template"))


def _read(file: DescriptorFile) -> Declarations:
    if not _OURS.search(file.content):
        return Declarations()
    try:
        root = next((table(d) for d in documents(file.content, tagged=True)), Table({}, {}, 0))
    except YamlError:
        return Declarations()  # what is no template is nothing; the reader of templates says what is wrong with one
    template = Template(file, root, resources_of(root))
    found = list(_containers(template, table(root.get("taskDefinition")) if "taskDefinition" in root.entries else root))
    for task in template.of(_TASK):
        found += _containers(template, task.properties, task.name)
    return Declarations(processes=tuple(found[:_MOST]))


def _containers(template: Template, task: Table, logical: str = "") -> Iterator[DeclaredProcess]:
    containers = [c for c in tables(_get(task, "containerDefinitions")) if _text(template, c, "name")]
    names = _names(template, logical) if logical else ()
    scope = f"{parent(template.file.path)}#{logical or _text(template, task, 'family')}"
    for container in containers:
        where = template.file.at(container.line)
        mapped = list(tables(_get(container, "portMappings")))
        ports = [int(p) for m in mapped if (p := _text(template, m, "containerPort")[:5]).isdecimal()]
        hosts = [n for m in mapped if (n := _text(template, m, "name"))]
        aliases = names if ports or len(containers) == 1 else ()
        beside = [a for port in ports for a in local_addresses(port, where)] if len(containers) > 1 else []
        yield DeclaredProcess(
            name=_text(template, container, "name"),
            system="ecs",
            scope=scope,
            location=where,
            rank=5,
            image=_image(_text(template, container, "image")),
            entrypoint=template.texts(_get(container, "entryPoint")),
            command=template.texts(_get(container, "command")),
            working_dir=_text(template, container, "workingDirectory"),
            environment=tuple(_settings(template, container)),
            addresses=(*(Address(n.lower(), port, where) for n in dict.fromkeys((*aliases, *hosts)) for port in ports), *beside),
            aliases=aliases,
        )


def _names(template: Template, logical: str) -> tuple[str, ...]:
    """What the services that run a task are called, by themselves and by what registers them."""
    asked = template.text(_referred(logical))
    found: list[str] = []
    for service in template.of(_SERVICE):
        own = service.properties
        if template.text(own.get("TaskDefinition")) == asked:
            found.append(template.text(own.get("ServiceName")))
            registries = [template.text(r.get("RegistryArn")) for r in tables(own.get("ServiceRegistries"))]
            for registered in template.of("AWS::ServiceDiscovery::Service"):
                if {registered.name, template.text(_referred(registered.name))} & set(registries):
                    found.append(template.text(registered.properties.get("Name")))
            for connected in tables(own.get("ServiceConnectConfiguration", "Services")):
                found += [_text(template, a, "dnsName") for a in tables(_get(connected, "clientAliases"))]
    return tuple(dict.fromkeys(n for n in found if n and n.replace("-", "").replace(".", "").isalnum()))


def _referred(name: str) -> Table:
    return Table({"Ref": Text(name, 0)}, {}, 0)


def _get(node: Table, key: str) -> Node:
    """An entry as JSON files and as templates write it: `portMappings`, `PortMappings`."""
    return node.get(key if key in node.entries else key[0].upper() + key[1:])


def _text(template: Template, node: Table, key: str) -> str:
    return template.text(_get(node, key))


def _image(image: str) -> str:
    """The image without what nobody knows of its registry and tag; nothing where its own name is not known."""
    name = image.rpartition("/")[2].partition(":")[0]
    return "" if HOLE in name or "<" in name or "$" in name else image


def _settings(template: Template, container: Table) -> Iterator[Setting]:
    for variable in tables(_get(container, "environment")):
        name, value = _text(template, variable, "name"), _text(template, variable, "value")
        if name and value and value != HOLE:
            yield Setting(name, value, template.file.at(variable.line))


READER = DescriptorReader("ecs", _matches, _read)
