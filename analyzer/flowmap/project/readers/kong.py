"""Kong's declarative configuration: services with the paths that lead to them, cut off unless it says otherwise."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from flowmap.descriptor_api import MOST_ROUTES, Declarations, DeclaredGateway, DeclaredRoute, DescriptorReader
from flowmap.project.route_paths import address, fixed_start
from flowmap.project.yaml_nodes import Table, YamlError, documents, table, tables, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile
    from flowmap.project.yaml_nodes import Node

_FORMAT = re.compile(rb"^[\"'{]*_format_version", re.MULTILINE)


def _matches(path: str) -> bool:
    return path.endswith((".yml", ".yaml"))


def _read(file: DescriptorFile) -> Declarations:
    if b"_format_version" not in file.content or not _FORMAT.search(file.content):
        return Declarations()
    try:
        roots = documents(file.content)
    except YamlError:
        return Declarations()
    found = tuple(islice((r for root in roots for r in _routes(file, table(root))), MOST_ROUTES))
    return Declarations(gateways=(DeclaredGateway("kong", found, file.at(1)),) if found else ())


def _routes(file: DescriptorFile, root: Table) -> Iterator[DeclaredRoute]:
    targets = {
        text(u.get("name")): [text(t.get("target")) for t in tables(u.get("targets"))] for u in tables(root.get("upstreams"))
    }
    for service in tables(root.get("services")):
        host, path = address(text(service.get("url")))
        if not host:
            host, port = text(service.get("host")), text(service.get("port"))
            path = text(service.get("path"))
            host = f"{host}:{port}" if port and host not in targets else host
        for route in tables(service.get("routes")):
            hosts = tuple(h.lower() for h in texts(route.get("hosts")))
            cut = text(route.get("strip_path")) != "false"
            where = file.at(route.at("paths"))
            for start in _starts(route.get("paths")) or (["/"] if hosts else []):
                instead = (path or "/") if cut else path.rstrip("/") + start if path.strip("/") else None
                for upstream in targets.get(host, [host]):
                    yield DeclaredRoute(start, upstream, where, instead, hosts=hosts)


def _starts(paths: Node) -> list[str]:
    """The beginnings of the paths; those behind a tilde are regular expressions."""
    written = [fixed_start(p[1:]) if p.startswith("~") else p for p in texts(paths)]
    return [p for p in written if p]


READER = DescriptorReader("kong", _matches, _read)
