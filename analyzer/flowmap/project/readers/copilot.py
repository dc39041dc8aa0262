"""AWS Copilot: the manifest of each service or job in the folder `copilot`, with what its container is told.

What a variable imports from a stack is looked up like any import; a queue, topic, stream or bus that no template of the scan
defines goes by the name of the import, which is the same for all who import it. Secrets are not read.
"""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Build, Declarations, DeclaredProcess, DescriptorReader, Diagnostic, Setting
from flowmap.project.exports import HOLE, marked
from flowmap.project.paths import base, join, parent
from flowmap.project.yaml_nodes import Table, Text, YamlError, documents, table, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile
    from flowmap.project.yaml_nodes import Node

_PATH = re.compile(r"(?:.*/)?copilot/(?!environments/|pipelines/)[^/]+/manifest\.ya?ml")
_CODE = re.compile(r"(?i)service|job")
_PRODUCTION = ("prod", "production", "live")
_VARIABLE = re.compile(r"\$\{\w+\}")
_A_CHANNEL = re.compile(r"(?i)(.*(?:queue|topic|stream|bus))(?:url|uri|arn|name)?")


def _matches(path: str) -> bool:
    return bool(_PATH.fullmatch(path))


def _read(file: DescriptorFile) -> Declarations:
    try:
        root = next((table(d) for d in documents(file.content)), Table({}, {}, 0))
    except YamlError as error:
        return Declarations(diagnostics=(Diagnostic(f"manifest cannot be read: {error}", file.at(1)),))
    name = text(root.get("name")) or base(parent(file.path))
    if not _CODE.search(text(root.get("type"))):
        return Declarations()
    top = parent(parent(parent(file.path)))
    return Declarations(
        processes=(
            DeclaredProcess(
                name=name,
                system="copilot",
                scope=top,
                location=file.at(root.at("name")),
                rank=10,
                build=_build(root.get("image", "build"), top),
                image=text(root.get("image", "location")),
                entrypoint=_words(root.get("entrypoint")),
                command=_words(root.get("command")),
                environment=tuple(_variables(file, root)),
                fallbacks=tuple(_imported(file, root)),
            ),
        )
    )


def _build(node: Node, top: str) -> Build | None:
    """What the image is built from; paths are as seen from the folder that holds `copilot`."""
    recipe = text(node) if isinstance(node, Text) else text(table(node).get("dockerfile"))
    context = text(table(node).get("context")) or parent(recipe) if recipe or table(node).entries else ""
    folder = join(top, context or ".")
    if folder is None or not (recipe or context):
        return None
    return Build(folder, join(top, recipe) if recipe else None, target=text(table(node).get("target")))


def _words(node: Node) -> tuple[str, ...]:
    if not isinstance(node, Text):
        return texts(node)
    try:
        return tuple(shlex.split(node.text))
    except ValueError:
        return ()


def _tables(root: Table) -> Iterator[Table]:
    """The variables of production, then those of all environments."""
    for environment in _PRODUCTION:
        yield table(root.get("environments", environment, "variables"))
    yield table(root.get("variables"))


def _variables(file: DescriptorFile, root: Table) -> Iterator[Setting]:
    for variables in _tables(root):
        for name, node in variables.entries.items():
            imported = text(table(node).get("from_cfn"))
            value = marked(f"export:{_VARIABLE.sub(HOLE, imported)}") if imported else _VARIABLE.sub(HOLE, text(node))
            if value:
                yield Setting(name, value, file.at(variables.at(name)))


def _imported(file: DescriptorFile, root: Table) -> Iterator[Setting]:
    """What channels that are imported are called, should nobody define them."""
    for variables in _tables(root):
        for name, node in variables.entries.items():
            found = _A_CHANNEL.fullmatch(text(table(node).get("from_cfn")).rpartition("}")[2].lstrip("-_"))
            if found is not None:
                yield Setting(name, found[1], file.at(variables.at(name)))


READER = DescriptorReader("copilot", _matches, _read)
