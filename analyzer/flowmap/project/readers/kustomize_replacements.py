"""Replacements of a kustomization: values that it copies from one resource, or from a ConfigMap that it generates, into the
environment of others.

What they put into other fields is not looked at. https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/replacements
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.descriptor_api import DeclaredProcess, Setting
from flowmap.project.paths import parent
from flowmap.project.readers.kubernetes_resources import rank_of, stated_by
from flowmap.project.readers.kustomize_files import documents_of, other_file
from flowmap.project.yaml_nodes import Items, Table, Text, items, table, tables, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from flowmap.descriptor_api import DescriptorFile, NamedSettings
    from flowmap.project.readers.kustomize_files import Listed
    from flowmap.project.yaml_nodes import Node

_STEP = re.compile(r"\[(?P<key>[^=\]]+)=(?P<value>[^\]]*)\]|(?P<plain>(?:\\.|[^.\\\[])+)")
_OF_A_CONTAINER = re.compile(r"(?P<container>.*\.containers\.[^.]+)\.env\.(?P<variable>\[name=[^\]]+\]|\d+)\.value")
_MOST = 1_000


def replaced(file: DescriptorFile, root: Table, listed: Listed, generated: Sequence[NamedSettings]) -> Iterator[DeclaredProcess]:
    """The processes whose variables are replaced, each with those alone."""
    stated = list(_stated(file, root))
    if not stated:
        return
    made = [(o, table(d)) for o in listed.resources for d in documents_of(o.content)]
    for where, replacement in stated[:_MOST]:
        source = table(replacement.get("source"))
        value = _source(source, made, generated)
        if value is None:
            continue
        for target in tables(replacement.get("targets")):
            for other, manifest in made:
                if _is_meant(table(target.get("select")), manifest) and not _is_rejected(target, manifest):
                    yield from _targets(file, where, target, (other, manifest), value)


def _stated(file: DescriptorFile, root: Table) -> Iterator[tuple[DescriptorFile, Table]]:
    """The replacements, each with the file in which it stands: the kustomization, or one that it names."""
    for node in tables(root.get("replacements")):
        path = text(node.get("path"))
        other = other_file(file, path) if path else None
        if other is None:
            yield file, node
            continue
        for document in documents_of(other.content):
            yield from ((other, inner) for inner in (items(document) or (document,)) if isinstance(inner, Table))


def _source(source: Table, made: Iterable[tuple[DescriptorFile, Table]], generated: Sequence[NamedSettings]) -> str | None:
    """The value that is copied; None if the scan does not tell."""
    path = text(source.get("fieldPath")) or "metadata.name"
    manifest = next((m for _, m in made if _is_meant(source, m)), None)
    found = next((n for n in _at(manifest, path) if isinstance(n, Text) and not n.null), None) if manifest is not None else None
    value = found.text if found is not None else None
    if value is None and text(source.get("kind")) == "ConfigMap":
        groups = (g for g in generated if g.name == text(source.get("name")))
        value = next((s.value for g in groups for s in g.settings if path.replace("\\.", ".") == f"data.{s.name}"), None)
    pieces = _pieces(source, value) if value is not None else None
    return value if pieces is None else next(iter(pieces[0][pieces[1] : pieces[1] + 1]), None)


def _pieces(holder: Table, value: str) -> tuple[list[str], int] | None:
    """A value in pieces, and which of them is meant; None if all of it is."""
    sign, number = text(holder.get("options", "delimiter")), text(holder.get("options", "index")) or "0"
    return (value.split(sign), int(number[:9])) if sign and number.isdecimal() else None


def _is_meant(select: Table, manifest: Table) -> bool:
    kind, name = text(select.get("kind")), text(select.get("name"))
    return (
        bool(kind or name)
        and kind in ("", text(manifest.get("kind")))
        and name in ("", text(manifest.get("metadata", "name")))
        and bool(manifest.entries)
    )


def _is_rejected(target: Table, manifest: Table) -> bool:
    return any(_is_meant(r, manifest) for r in tables(target.get("reject")))


def _targets(
    file: DescriptorFile, where: DescriptorFile, target: Table, made: tuple[DescriptorFile, Table], value: str
) -> Iterator[DeclaredProcess]:
    """The variables of one resource that get the value. A kustomization holds over what it lists, and of several that for
    production."""
    other, manifest = made
    names = [p.name for p in stated_by(other, (manifest,)).processes]
    paths = [m for path in texts(target.get("fieldPaths")) if (m := _OF_A_CONTAINER.fullmatch(path)) is not None]
    for path in paths:
        for container in _at(manifest, path["container"]):
            shown = names[0] if len(names) == 1 else text(table(container).get("name"))
            for name, old in _variables(table(container), path["variable"], target):
                new = _renewed(target, old, value)
                if shown in names and name and new is not None:
                    location = where.at(target.at("fieldPaths"))
                    yield DeclaredProcess(
                        name=shown,
                        system="kubernetes",
                        scope=parent(file.path),
                        location=location,
                        rank=rank_of(file.path) + 1,
                        environment=(Setting(name, new, location),),
                    )


def _variables(container: Table, step: str, target: Table) -> Iterator[tuple[str, str]]:
    """The variables of a container that are meant, with their values; one that is missing may be made."""
    found = [table(item) for item in _at(container.get("env"), step)]
    yield from ((text(item.get("name")), text(item.get("value"))) for item in found)
    if not found and text(target.get("options", "create")) == "true" and step.startswith("["):
        yield step.partition("=")[2].rstrip("]"), ""


def _renewed(target: Table, old: str, value: str) -> str | None:
    """What stands in a field once the value, or the piece that is meant, is replaced."""
    pieces = _pieces(target, old)
    if pieces is None:
        return value
    parts, number = pieces
    return (
        text(target.get("options", "delimiter")).join((*parts[:number], value, *parts[number + 1 :]))
        if number < len(parts)
        else None
    )


def _at(node: Node, path: str) -> tuple[Node, ...]:
    """The nodes that a path of fields leads to: `a.b`, `a.0`, `a.*`, `a.[name=x]`; a dot in a name is `\\.`."""
    found: tuple[Node, ...] = (node,)
    for step in _STEP.finditer(path):
        plain = (step["plain"] or "").replace("\\.", ".")
        found = tuple(n for parent_node in found for n in _step(parent_node, step, plain))[:_MOST]
    return found


def _step(node: Node, step: re.Match[str], plain: str) -> tuple[Node, ...]:
    if not isinstance(node, Items):
        inner = table(node)
        return (inner.entries[plain],) if plain in inner.entries else ()
    if step["key"]:
        return tuple(t for t in tables(node) if text(t.get(step["key"])) == step["value"])
    if plain == "*":
        return node.items
    return node.items[int(plain) : int(plain) + 1] if plain.isdecimal() and len(plain) < 9 else ()
