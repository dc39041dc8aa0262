"""API documents as trees of texts, and the references (`$ref`) between their parts.

A reference is followed inside its document and into files of the scan, never out of it, and only so often: a document that refers
to more than people write is read as far as that. One that leads nowhere is told of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Diagnostic, Location
from flowmap.project.paths import join, parent
from flowmap.project.yaml_nodes import Node, Table, YamlError, documents, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from flowmap.descriptor_api import DescriptorFile

_MOST_FILES = 500
_MOST_HOPS = 20
_MOST_FAULTS = 20
_LONGEST = 200
_TEMPLATE = re.compile(rb"\{\{|\{%|<%|\$\{")
_ELSEWHERE = re.compile(r"[A-Za-z][\w+.-]*:|//")


class DocumentError(ValueError):
    """A document that cannot be read; `line` is where that shows."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def root_of(content: bytes, first: int = 1, *, tabs: bool = False) -> Table | None:
    """The document in a text of YAML or JSON that begins in line `first` of its file; None if that holds no mapping. Tabs indent
    JSON, where none can stand inside a text; YAML's parser does not take them. Raises DocumentError."""
    try:
        lines = range(first, first + content.count(b"\n") + 2) if first > 1 else ()
        found = documents(content.replace(b"\t", b" ") if tabs else content, lines)
    except YamlError as error:
        line = re.search(r"in line (\d+)", str(error))
        raise DocumentError(str(error), int(line[1]) + first - 1 if line else first) from error
    return found[0] if found and isinstance(found[0], Table) else None


def opened(
    file: DescriptorFile, called: str, content: bytes | None = None, first: int = 1
) -> tuple[Table | None, tuple[Diagnostic, ...]]:
    """The document in a file, or in a `content` that it holds from its line `first` on, None if there is none, and what keeps it
    from being read; a template of one is no fault."""
    given = file.content if content is None else content
    try:
        return root_of(given, first, tabs=file.path.endswith(".json") or first > 1), ()
    except DocumentError as error:
        said = Diagnostic(f"{called} cannot be read: {error}", file.at(error.line))
        return None, () if _TEMPLATE.search(given) else (said,)


@dataclass(frozen=True, slots=True)
class Part:
    """A mapping of a document, or an empty one; the file it stands in, and the key under which it was last referred to."""

    table: Table
    path: str
    name: str = ""

    def at(self, key: str) -> Location:
        """The line of a key."""
        line = max(self.table.at(key), 1)
        return Location(self.path, line, line)


class References:
    """The parts of one document. `look` gives the content of a file of the scan, None if it has none."""

    def __init__(self, path: str, root: Table, look: Callable[[str], bytes | None]) -> None:
        self._roots: dict[str, Table | str] = {path: root}
        self._look = look
        self._faults: dict[tuple[str, int, str], str] = {}

    def part(self, node: Node, path: str) -> Part:
        """What stands there, or what that refers to; an empty part if it leads nowhere or in circles."""
        name, begun = "", (path, node.at("$ref"), text(node.get("$ref"))) if isinstance(node, Table) else ("", 0, "")
        for _ in range(_MOST_HOPS):
            if not isinstance(node, Table):
                break
            if not (reference := text(node.get("$ref"))):
                return Part(node, path, name)
            file, _, pointer = reference.partition("#")
            target = join(parent(path), file) if file else path
            root = self._root(file, target)
            keys = [k.replace("~1", "/").replace("~0", "~") for k in pointer.split("/") if k]
            found = root.get(*keys) if isinstance(root, Table) else None
            if target is None or not isinstance(found, Table):
                self._faults[path, node.at("$ref"), reference] = root if isinstance(root, str) else "which has no such part"
                break
            node, path, name = found, target, keys[-1] if keys else ""
        else:
            self._faults[begun] = "which leads in circles"
        return Part(Table({}, {}, 0), path, name)

    @property
    def faults(self) -> tuple[Diagnostic, ...]:
        """Where the parts that were asked for refer to what cannot be had; of many, the first."""
        said = [
            Diagnostic(f"refers to {target[:_LONGEST]}, {why}", Location(path, max(line, 1), max(line, 1)))
            for (path, line, target), why in self._faults.items()
        ]
        if len(said) <= _MOST_FAULTS:
            return tuple(said)
        more = Diagnostic(f"{len(said) - _MOST_FAULTS} more references lead nowhere", said[_MOST_FAULTS].location)
        return (*said[:_MOST_FAULTS], more)

    def _root(self, file: str, path: str | None) -> Table | str:
        """The document of a file, whose name is as it was written; if there is none, why."""
        if _ELSEWHERE.match(file):
            return "which lies elsewhere, and nothing is fetched"
        if path is None:
            return "which lies outside of what is read"
        if path not in self._roots:
            self._roots[path] = self._read(path)
        return self._roots[path]

    def _read(self, path: str) -> Table | str:
        if len(self._roots) > _MOST_FILES:
            return f"and more than {_MOST_FILES} files are not read for one document"
        content = self._look(path)
        if content is None:
            return "which is not there or cannot be read"
        try:
            return root_of(content, tabs=path.endswith(".json")) or "which has no mapping in it"
        except DocumentError as error:
            return f"which cannot be read: {error}"
