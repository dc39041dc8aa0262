"""The keys of one compose service, each turned into what discovery speaks of.

Both the short and the long spelling of every key are known, and `${VARIABLES}` are replaced by what the `.env` file says.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Address, Build, Mount, Setting, SettingReference
from flowmap.project.dockerfile import command_words
from flowmap.project.interpolation import interpolate
from flowmap.project.local_hosts import local_addresses
from flowmap.project.paths import above, join
from flowmap.project.readers.dotenv import filled_in, samples_of
from flowmap.project.yaml_nodes import Items, Table, Text, items, table, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flowmap.descriptor_api import DescriptorFile
    from flowmap.project.yaml_nodes import Node

_MOST_PORTS = 50
_ALONE = re.compile(r"\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))")
_OPERATOR = re.compile(r"&&?|\|\|?|.*;|>.*|<.*|.*\$.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Compose:
    """A compose file: its services and configs as written, and the variables that may stand in them. `folder` is where its relative
    paths begin."""

    file: DescriptorFile
    folder: str
    services: Table
    variables: Mapping[str, str]
    rank: int
    configs: Table

    def text(self, node: Node) -> str:
        return interpolate(text(node), self.variables).text

    def place(self, path: str) -> str | None:
        """The path as seen from the file; from a folder above it if it is only there, as people start it from the top."""
        own = join(self.folder, path)
        candidates = [own, *(join(folder, path) for folder in above(self.folder))]
        return next((c for c in candidates if c is not None and (self.file.is_folder(c) or self.file.look(c) is not None)), own)

    def committed(self, path: str) -> str | None:
        """The place of a file; that of a committed sample of it where it is only made when the system is set up."""
        own = self.place(path)
        made = own is not None and not self.file.is_folder(own) and self.file.look(own) is None
        samples = (join(self.folder, s) for s in samples_of(path)) if made else ()
        return next((s for s in samples if s is not None and self.file.look(s) is not None), own)

    def texts(self, node: Node) -> tuple[str, ...]:
        return tuple(interpolate(t, self.variables).text for t in texts(node))


def build_of(compose: Compose, node: Node) -> Build | None:
    if isinstance(node, Items) or (isinstance(node, Text) and node.null):
        return None
    context = compose.place(_relative(text(node) or text(table(node).get("context")), compose) or ".")
    if context is None:
        return None
    dockerfile = compose.text(table(node).get("dockerfile"))
    args = _pairs(compose, table(node).get("args"))
    target = compose.text(table(node).get("target"))
    return Build(context, join(context, dockerfile) if dockerfile else None, tuple(args), target)


def _pairs(compose: Compose, node: Node) -> Iterator[tuple[str, str]]:
    """A mapping, or a list of `name=value`."""
    if isinstance(node, Table):
        yield from ((name, compose.text(value)) for name, value in node.entries.items())
    for item in compose.texts(node):
        name, given, value = item.partition("=")
        if given:
            yield name, value


def command_of(compose: Compose, node: Node) -> tuple[str, ...]:
    if isinstance(node, Items):
        return compose.texts(node)
    # `$$` is compose's way to leave a dollar sign to the shell.
    written = compose.text(node)
    try:
        words = tuple(shlex.split(written))
    except ValueError:
        return command_words(written)
    # There is no shell here, but whoever writes its operators and variables believes so.
    return command_words(written) if "\n" in written.strip() or any(_OPERATOR.fullmatch(w) for w in words) else words


def environment_of(compose: Compose, node: Node) -> tuple[tuple[Setting, ...], tuple[SettingReference, ...]]:
    """What is given a value here or passed through from the `.env` file, and what only whoever deploys knows. What is made of
    unknown parts is left out."""
    given: list[Setting] = []
    passed: list[Setting] = []
    asked: list[SettingReference] = []
    for name, raw, line in _variables_of(node):
        where = compose.file.at(line)
        if raw is None:
            if name in compose.variables:
                passed.append(Setting(name, compose.variables[name], where))
            else:
                asked.append(SettingReference("", key=name, variable=name))
            continue
        value = interpolate(raw, compose.variables)
        if not value.missing:
            given.append(Setting(name, value.text, where))
        elif alone := _ALONE.fullmatch(raw.strip()):
            asked.append(SettingReference("", key=alone[1] or alone[2], variable=name))
    return (*given, *passed), tuple(asked)


def _variables_of(node: Node) -> Iterator[tuple[str, str | None, int]]:
    for name, value in table(node).entries.items():
        if isinstance(value, Text):
            yield name, None if value.null else value.text, table(node).at(name)
    for item in items(node):
        if isinstance(item, Text):
            name, given, value_text = item.text.partition("=")
            yield name.strip(), value_text if given else None, item.line


def env_file_settings(compose: Compose, node: Node) -> Iterator[Setting]:
    """The variables of the files, the last file first because it wins."""
    listed = items(node) if isinstance(node, Items) else (node,)
    names = [compose.text(n.get("path")) if isinstance(n, Table) else compose.text(n) for n in listed]
    for name in reversed([n for n in names if n]):
        for candidate in (name, *samples_of(name)):
            path = join(compose.folder, candidate)
            content = compose.file.look(path) if path is not None else None
            if path is not None and content is not None:
                yield from filled_in(replace(compose.file, path=path, content=content), compose.variables)
                break


def mounts_of(compose: Compose, node: Table) -> Iterator[Mount]:
    for item in items(node.get("volumes")):
        if isinstance(item, Table):
            source, target = compose.text(item.get("source")), compose.text(item.get("target"))
        else:
            source, _, target = _relative(text(item), compose).partition(":")
        path = compose.committed(source) if source.startswith(".") else None
        if path is not None and target:
            yield Mount(path, target.partition(":")[0].rstrip("/") or "/")
    yield from _configs_of(compose, node)


def _configs_of(compose: Compose, node: Table) -> Iterator[Mount]:
    """The files of the project that a service which is built here gets as configs, at the places that it names or under their own
    names at the top."""
    for item in items(node.get("configs")) if "build" in node.entries else ():
        name = compose.text(table(item).get("source")) or compose.text(item)
        file = compose.text(table(compose.configs.get(name)).get("file"))
        path = compose.place(file) if file else None
        if path is not None:
            yield Mount(path, compose.text(table(item).get("target")) or f"/{name}")


def _relative(path: str, compose: Compose) -> str:
    """A path as written, with values put in and the shell's current folder as the one that the file is read from."""
    return interpolate(re.sub(r"^\$(PWD\b|\{PWD\})", ".", path), compose.variables).text


def aliases_of(compose: Compose, node: Table) -> tuple[str, ...]:
    names = [compose.text(node.get("container_name")), compose.text(node.get("hostname"))]
    for network in table(node.get("networks")).entries.values():
        names += compose.texts(table(network).get("aliases"))
    return tuple(dict.fromkeys(n for n in names if n and "{" not in n))


def addresses_of(compose: Compose, name: str, node: Table) -> Iterator[Address]:
    """Inside the network any port under each name; on this machine the published ports."""
    where = compose.file.at(compose.services.at(name))
    for host in (name, *aliases_of(compose, node)):
        yield Address(host.lower(), None, where)
    for item in items(node.get("ports")):
        line = item.line
        published = compose.text(item.get("published")) if isinstance(item, Table) else _published(compose.text(item))
        for port in _range(published):
            yield from local_addresses(port, compose.file.at(line))


def _published(text: str) -> str:
    """The host's part of `[ip:]host:container[/protocol]`; nothing is published at a fixed port without it."""
    pieces = text.partition("/")[0].rsplit(":", 2)
    return pieces[-2] if len(pieces) > 1 else ""


def _range(text: str) -> Iterator[int]:
    first, _, last = text.partition("-")
    if first.isdecimal() and (not last or last.isdecimal()):
        start, end = int(first[:6]), int((last or first)[:6])
        yield from (port for port in range(start, min(end, start + _MOST_PORTS) + 1) if 0 < port < 65_536)
