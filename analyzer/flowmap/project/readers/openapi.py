"""OpenAPI 2 and 3 documents whose operations name the functions that answer them. Path items may lie in files of their own.

Whether a program serves what a document describes is not decided here; schemas, parameters and security are not looked at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DescriptorReader, Document, Location, Operation
from flowmap.project.paths import base, join, parent
from flowmap.project.yaml_nodes import Table, YamlError, documents, table, tables, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile

_OURS = re.compile(rb"""^[ \t{]*["']?(?:openapi|swagger)["']?[ \t]*:""", re.MULTILINE)
_NAMED = re.compile(r"(?i)api|spec|swagger")
_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_CONTROLLERS = ("x-openapi-router-controller", "x-swagger-router-controller")
_MOST_OPERATIONS = 5_000
_MOST_FILES = 500


def _matches(path: str) -> bool:
    return path.endswith((".yml", ".yaml")) or (path.endswith(".json") and _NAMED.search(base(path)) is not None)


def _read(file: DescriptorFile) -> Declarations:
    root = _root(file.content) if _OURS.search(file.content) and b"paths" in file.content else None
    if root is None or not {"openapi", "swagger"} & root.entries.keys():
        return Declarations()
    found: list[Operation] = []
    files = 0
    for path, node in table(root.get("paths")).entries.items():
        item, where = table(node), file.path
        if (reference := text(item.get("$ref"))) and files < _MOST_FILES:
            files += 1
            item, where = _elsewhere(file, reference)
        found += _operations(path, item, where)
        if len(found) >= _MOST_OPERATIONS:
            break
    documented = (Document(file.path, _base(root), tuple(found[:_MOST_OPERATIONS])),) if found else ()
    return Declarations(documents=documented)


def _root(content: bytes) -> Table | None:
    try:
        found = documents(content)
    except YamlError:
        return None
    return found[0] if found and isinstance(found[0], Table) else None


def _elsewhere(file: DescriptorFile, reference: str) -> tuple[Table, str]:
    """The path item in another file of the scan, and that file; an empty one if it is not there."""
    name, _, pointer = reference.partition("#")
    path = join(parent(file.path), name) if name else None
    content = file.look(path) if path is not None else None
    root = _root(content) if content is not None else None
    if path is None or root is None:
        return Table({}, {}, 0), file.path
    keys = [k.replace("~1", "/").replace("~0", "~") for k in pointer.split("/") if k]
    return table(root.get(*keys)), path


def _operations(path: str, item: Table, where: str) -> Iterator[Operation]:
    for method in _METHODS:
        if isinstance(operation := item.get(method), Table):
            controllers = (text(operation.get(key)) for key in _CONTROLLERS)
            controller = next((c for c in controllers if c), "")
            line = item.at(method)
            yield Operation(method.upper(), path, text(operation.get("operationId")), controller, Location(where, line, line))


def _base(root: Table) -> str:
    """The path before all paths: that of the first server, its variables at their defaults, or `basePath`."""
    server = next(tables(root.get("servers")), None)
    if server is None:
        return text(root.get("basePath")).rstrip("/")
    url = text(server.get("url"))
    for name, variable in table(server.get("variables")).entries.items():
        url = url.replace(f"{{{name}}}", text(table(variable).get("default")))
    return re.sub(r"^(?:[A-Za-z][\w+.-]*:)?//[^/]*", "", url).partition("?")[0].rstrip("/")


READER = DescriptorReader("openapi", _matches, _read)
