"""API documents as trees of texts, and the references (`$ref`) between their parts.

A reference is followed inside its document and into files of the scan, never out of it, and only so often: a document that refers
to more than people write is read as far as that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowmap.model.location import Location
from flowmap.project.paths import join, parent
from flowmap.project.yaml_nodes import Node, Table, YamlError, documents, text

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_FILES = 500
_MOST_HOPS = 20


class DocumentError(ValueError):
    """A document that cannot be read; `line` is where that shows."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def root_of(path: str, content: bytes) -> Table | None:
    """The document in a file of YAML or JSON; None if that holds no mapping. Raises DocumentError."""
    try:
        # Tabs indent JSON, where none can stand inside a text; YAML's parser does not take them.
        found = documents(content.replace(b"\t", b" ") if path.endswith(".json") else content)
    except YamlError as error:
        line = re.search(r"in line (\d+)", str(error))
        raise DocumentError(str(error), int(line[1]) if line else 1) from error
    return found[0] if found and isinstance(found[0], Table) else None


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
        self._roots: dict[str, Table | None] = {path: root}
        self._look = look

    def part(self, node: Node, path: str) -> Part:
        """What stands there, or what that refers to; an empty part if it leads nowhere or in circles."""
        name = ""
        for _ in range(_MOST_HOPS):
            if not isinstance(node, Table):
                break
            if not (reference := text(node.get("$ref"))):
                return Part(node, path, name)
            file, _, pointer = reference.partition("#")
            target = join(parent(path), file) if file else path
            root = self._root(target) if target is not None else None
            if target is None or root is None:
                break
            keys = [k.replace("~1", "/").replace("~0", "~") for k in pointer.split("/") if k]
            node, path, name = root.get(*keys), target, keys[-1] if keys else ""
        return Part(Table({}, {}, 0), path, name)

    def _root(self, path: str) -> Table | None:
        if path not in self._roots and len(self._roots) <= _MOST_FILES:
            content = self._look(path)
            try:
                self._roots[path] = root_of(path, content) if content is not None else None
            except DocumentError:
                self._roots[path] = None
        return self._roots.get(path)
