"""Tasks of Ansible that start containers, by Docker's or Podman's modules: image, command, environment and names, with the
variables of the role and of all hosts put in. Loops count once, conditions as met; tasks that stop or remove a container say
nothing."""

from __future__ import annotations

import re
import shlex
from functools import partial
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Address, Declarations, DeclaredProcess, DescriptorReader, Setting
from flowmap.project.jinja import known_beside, rendered, restored
from flowmap.project.paths import parent
from flowmap.project.yaml_nodes import Items, Node, Table, Text, YamlError, documents, items, table, tables, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile

_MODULES = ("docker_container", "docker_swarm_service", "podman_container")
_OURS = re.compile(rb"^\s*-?\s*[\w.]*(?:docker_container|docker_swarm_service|podman_container)\s*:", re.MULTILINE)
_BLOCKS = ("block", "rescue", "always", "tasks", "pre_tasks", "post_tasks", "handlers")
_DEEPEST = 12


def _matches(path: str) -> bool:
    return path.endswith((".yml", ".yaml"))


def _read(file: DescriptorFile) -> Declarations:
    if not _OURS.search(file.content):
        return Declarations()
    try:
        roots = documents(rendered(file.text, partial(known_beside, file.look, file.path)), tagged=True)
    except YamlError:
        return Declarations()
    processes = tuple(p for root in roots for task in _tasks(root, 0) for p in _started(file, task))
    return restored(Declarations(processes=processes), {})


def _tasks(node: Node, depth: int) -> Iterator[Table]:
    """The tasks of a file, those in blocks and plays too."""
    for task in tables(node) if depth < _DEEPEST else ():
        yield task
        for name in _BLOCKS:
            yield from _tasks(task.get(name), depth + 1)


def _started(file: DescriptorFile, task: Table) -> Iterator[DeclaredProcess]:
    for module, node in task.entries.items():
        own = table(node)
        name, image = text(own.get("name")), text(own.get("image"))
        if module.rpartition(".")[2] not in _MODULES or not image or text(own.get("state")) in {"absent", "stopped"}:
            continue
        where = file.at(task.at(module))
        aliases = [a for n in tables(own.get("networks")) for a in texts(n.get("aliases"))]
        hosts = [h for h in (name, text(own.get("hostname")), *aliases) if h]
        yield DeclaredProcess(
            name=name,
            system="ansible",
            scope=parent(file.path),
            location=where,
            rank=5,
            image=image,
            entrypoint=_words(own.get("entrypoint")),
            command=_words(own.get("command")),
            working_dir=text(own.get("working_dir")) or text(own.get("workdir")),
            environment=tuple(_settings(file, own.get("env"))),
            addresses=tuple(Address(h.lower(), None, where) for h in dict.fromkeys(hosts)),
        )


def _words(node: Node) -> tuple[str, ...]:
    if isinstance(node, Items):
        return texts(node)
    try:
        return tuple(shlex.split(text(node)))
    except ValueError:
        return ()


def _settings(file: DescriptorFile, node: Node) -> Iterator[Setting]:
    """Variables as a mapping, or as a list of `NAME=value`."""
    given = table(node)
    for name, value in given.entries.items():
        if isinstance(value, Text) and not value.null:
            yield Setting(name, value.text, file.at(given.at(name)))
    for item in items(node):
        name, stated, told = text(item).partition("=")
        if stated:
            yield Setting(name, told, file.at(item.line))


READER = DescriptorReader("ansible", _matches, _read)
