"""OpenAPI 2 and 3 documents: their operations, the functions that these name as their answers, and where they are asked for. Path
items may lie in files of their own.

Who serves what a document describes is not decided here; schemas, parameters and security are not looked at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Address, Declarations, DescriptorReader, Document, Operation
from flowmap.project.bounds import cut
from flowmap.project.local_hosts import LOCAL_HOSTS
from flowmap.project.paths import base, parent
from flowmap.project.references import References, opened
from flowmap.project.yaml_nodes import Table, table, tables, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile
    from flowmap.project.references import Part

_OURS = re.compile(rb"""^(?:\xef\xbb\xbf)?[ \t{]*["']?(?:openapi|swagger)["']?[ \t]*:""", re.MULTILINE)
_NAMED = re.compile(r"(?i)api|spec|swagger")
_FOLDER = re.compile(r"(?i)openapi|open[-_]api|spec|swagger")
_HOST = re.compile(r"(?:[A-Za-z][\w+.-]*:)?//(?:[^/@\s]*@)?([A-Za-z0-9][\w.-]*)(?::(\d{1,5}))?(?:/|$)")
_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_CONTROLLERS = ("x-openapi-router-controller", "x-swagger-router-controller")
_MOST_OPERATIONS = 5_000
_LONGEST_URL = 2_000


def _matches(path: str) -> bool:
    named = _NAMED.search(base(path)) or _FOLDER.search(base(parent(path)))
    return path.endswith((".yml", ".yaml")) or (path.endswith(".json") and named is not None)


def _read(file: DescriptorFile) -> Declarations:
    named = b"openapi" in file.content or b"swagger" in file.content
    if not named or b"paths" not in file.content or not _OURS.search(file.content):
        return Declarations()
    root, faults = opened(file, "OpenAPI document")
    if root is None or not {"openapi", "swagger"} & root.entries.keys():
        return Declarations(diagnostics=faults)
    references = References(file.path, root, file.look)
    found: list[Operation] = []
    for path, node in table(root.get("paths")).entries.items():
        found += _operations(path, references.part(node, file.path))
        if len(found) > _MOST_OPERATIONS:
            faults = (cut(_MOST_OPERATIONS, "operations", found[_MOST_OPERATIONS].location),)
            break
    info = table(root.get("info"))
    document = Document(
        file.path,
        _base(root),
        tuple(found[:_MOST_OPERATIONS]),
        text(info.get("title")),
        info.at("title"),
        tuple(_hosts(file, root)),
    )
    return Declarations(documents=(document,) if found else (), diagnostics=(*faults, *references.faults))


def _operations(path: str, item: Part) -> Iterator[Operation]:
    for method in _METHODS:
        if isinstance(operation := item.table.get(method), Table):
            controllers = (text(operation.get(key)) for key in _CONTROLLERS)
            controller = next((c for c in controllers if c), "")
            yield Operation(method.upper(), path, text(operation.get("operationId")), controller, item.at(method))


def _base(root: Table) -> str:
    """The path before all paths: that of the first server, its variables at their defaults, or `basePath`."""
    server = next(tables(root.get("servers")), None)
    if server is None:
        return text(root.get("basePath")).rstrip("/")
    url = text(server.get("url"))
    for name, variable in table(server.get("variables")).entries.items():
        value = text(table(variable).get("default"))
        if len(url) + url.count(f"{{{name}}}") * len(value) > _LONGEST_URL:
            return ""
        url = url.replace(f"{{{name}}}", value)
    return re.sub(r"^(?:[A-Za-z][\w+.-]*:)?//[^/]*", "", url).partition("?")[0].rstrip("/")


def _hosts(file: DescriptorFile, root: Table) -> Iterator[Address]:
    """Where the API is asked for, except on the machine of whoever runs it."""
    urls = [(text(server.get("url")), server.at("url")) for server in tables(root.get("servers"))]
    urls += [(f"//{host}", root.at("host"))] if (host := text(root.get("host"))) else []
    for url, line in urls:
        found = _HOST.match(url)
        if found is not None and found[1].lower() not in LOCAL_HOSTS:
            yield Address(found[1].lower(), int(found[2]) if found[2] else None, file.at(line))


READER = DescriptorReader("openapi", _matches, _read, facts=True)
