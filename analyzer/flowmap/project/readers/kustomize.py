"""Kustomizations: ConfigMaps that they generate, patches and replacements as far as they set an environment, and the names that
Services and images get.

What they list as resources is found by itself. Transformers of other kinds and helm charts are not looked at.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from flowmap.descriptor_api import (
    Declarations,
    DeclaredHost,
    DeclaredProcess,
    DescriptorReader,
    NamedSettings,
    RenamedImage,
    Setting,
)
from flowmap.project.paths import base, join, parent
from flowmap.project.readers.dotenv import parse_dotenv
from flowmap.project.readers.kubernetes_resources import env_files_in, rank_of, stated_by
from flowmap.project.readers.kustomize_files import Listed, documents_of, is_kustomization, other_file, root_of
from flowmap.project.readers.kustomize_replacements import replaced
from flowmap.project.yaml_nodes import Items, Table, Text, YamlError, documents, table, tables, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile
    from flowmap.project.yaml_nodes import Node

# Kinds that give host names, or may hold resources that do; most of what is listed is neither, and is not read again.
_HOSTED = re.compile(rb"kind[\"']?[ \t]*:[ \t]*[\"']?(Service|StatefulSet|Template|\w*List)\b")


def _read(file: DescriptorFile) -> Declarations:
    root = root_of(file)
    listed = Listed(file, root)
    patched = [_patched(file, patch) for patch in _patches(file, root)]
    generated = (*_generated(file, root), *(g for declared in patched for g in declared.groups))
    return Declarations(
        processes=(*(p for declared in patched for p in declared.processes), *replaced(file, root, listed, generated)),
        groups=generated,
        hosts=tuple(_renamed(root, listed)),
        renamed=tuple(_images(file, listed)),
        diagnostics=tuple(listed.faults),
    )


def _images(file: DescriptorFile, listed: Listed) -> Iterator[RenamedImage]:
    """The images that go by another name than that by which the manifests ask for them."""
    found = [(f, i) for f, part in listed.parts() for i in tables(part.get("images"))]
    named = [(f, i, text(i.get("name")), text(i.get("newName"))) for f, i in found]
    different = [entry for entry in named if entry[2] and entry[3] and base(entry[2]) != base(entry[3])]
    paths = tuple(o.path for o in listed.resources) if different else ()
    for where, image, name, new in different:
        if paths:
            yield RenamedImage(name, new, paths, rank_of(file.path), where.at(image.at("newName")))


def _generated(file: DescriptorFile, root: Table) -> Iterator[NamedSettings]:
    """ConfigMaps from literals, from files of variables, and from files that are one value each."""
    for generator in tables(root.get("configMapGenerator")):
        settings: list[Setting] = []
        where = file.at(generator.at("literals"))
        for literal in texts(generator.get("literals")):
            name, given, value = literal.partition("=")
            settings += [Setting(name.strip(), value.strip("\"'"), where)] if given else []
        for name in (*texts(generator.get("envs")), *texts(generator.get("env"))):
            other = other_file(file, name)
            settings += parse_dotenv(other) if other is not None else ()
        for entry in texts(generator.get("files")):
            key, _, path = entry.rpartition("=")
            other = other_file(file, path)
            settings += [Setting(key or base(path), other.text, other.at(1))] if other is not None else []
        yield NamedSettings(text(generator.get("name")), tuple(settings))
        yield from env_files_in(file, text(generator.get("name")), tuple(settings))


def _other(file: DescriptorFile, name: str) -> DescriptorFile | None:
    path = join(parent(file.path), name)
    content = file.look(path) if path is not None else None
    return replace(file, path=path, content=content) if path is not None and content is not None else None


def _patches(file: DescriptorFile, root: Table) -> Iterator[tuple[Table, Node, DescriptorFile, int]]:
    """The patches that stand in the file itself, and the operations of others: the target, the patch, its file, and how many lines
    of that come before it."""
    for patch in (*tables(root.get("patches")), *tables(root.get("patchesJson6902"))):
        target, inline, path = table(patch.get("target")), patch.get("patch"), text(patch.get("path"))
        if isinstance(inline, Text) and not inline.null:
            yield target, inline, file, inline.line
        elif path and target.entries and (other := other_file(file, path)) is not None:
            yield target, Text(other.text, 0), other, 0
    for inline_patch in texts(root.get("patchesStrategicMerge")):
        if "\n" in inline_patch:
            yield table(Text("", 0)), Text(inline_patch, 0), file, root.at("patchesStrategicMerge")


def _patched(file: DescriptorFile, patch: tuple[Table, Node, DescriptorFile, int]) -> Declarations:
    target, node, other, before = patch
    try:
        roots = documents(text(node), range(before + 1, before + text(node).count("\n") + 3))
    except YamlError:
        return Declarations()
    operations = [op for root in roots if isinstance(root, Items) for op in tables(root)]
    if not operations:
        return stated_by(other, roots)
    settings = tuple(s for operation in operations for s in _set(other, operation))
    name = text(target.get("name"))
    if not settings or not name:
        return Declarations()
    where = settings[0].location
    rank = rank_of(file.path)
    process = DeclaredProcess(
        name=name, system="kubernetes", scope=parent(file.path), location=where, rank=rank, environment=settings
    )
    return Declarations(processes=(process,))


def _set(file: DescriptorFile, operation: Table) -> Iterator[Setting]:
    """The variables that one operation of a JSON patch sets in a container."""
    path, value = text(operation.get("path")), operation.get("value")
    if "/containers/" not in path or "/env" not in path or text(operation.get("op")) not in ("add", "replace"):
        return
    for item in [value] if isinstance(value, Table) else tables(value):
        name, given = text(item.get("name")), item.get("value")
        if name and isinstance(given, Text) and not given.null:
            yield Setting(name, given.text, file.at(item.at("name")))


def _renamed(root: Table, listed: Listed) -> Iterator[DeclaredHost]:
    """The Services of the resources under the names, and in the namespace, that this kustomization gives them."""
    start, end, namespace = (text(root.get(key)) for key in ("namePrefix", "nameSuffix", "namespace"))
    if not (start or end or namespace):
        return
    for other in (o for o in listed.resources if _HOSTED.search(o.content)):
        declared = stated_by(other, documents_of(other.content))
        for host in declared.hosts:
            names = {a.host.partition(".")[0]: a for a in host.addresses}
            ports = {a.port: a for a in host.addresses}
            for name in names:
                new = f"{start}{name}{end}".lower()
                there = namespace or "default"
                spellings = (new, f"{new}.{there}", f"{new}.{there}.svc", f"{new}.{there}.svc.cluster.local")
                yield replace(host, addresses=tuple(replace(a, host=h) for h in spellings for a in ports.values()))


READER = DescriptorReader("kustomize", is_kustomization, _read)
